"""A decision explained over HTTP; feedback, a human look and its answer."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from rest_framework.test import APIClient

from apps.accounts.enums import Role
from apps.accounts.models import Organisation, User
from apps.applications.models import Application
from apps.applications.services import decide_eligibility
from apps.core.actors import SYSTEM, Actor
from apps.reviews.models import Review
from apps.selection.models import HumanLook
from apps.selection.services import hold_decisions, prepare_batch, release_batch
from tests.factories.applications import ApplicationFactory
from tests.factories.programs import EligibilityRuleFactory, IntakeFactory, ProgramFactory
from tests.factories.reviews import ReviewAssignmentFactory

pytestmark = pytest.mark.django_db
Caller = Callable[[User], APIClient]


@pytest.fixture
def one(organisation: Organisation, actor: Actor) -> Application:
    """Held and not told: not selected, though the rule proposed an offer."""
    intake = IntakeFactory(program=ProgramFactory(organisation=organisation))
    application = ApplicationFactory(intake=intake, status="in_review")
    assignment = ReviewAssignmentFactory(
        application=application, status="submitted", submitted_at=datetime.now(UTC)
    )
    Review.objects.create(assignment=assignment, weighted_score=70)
    hold_decisions(intake=intake, outcomes={application.pk: "not_selected"}, reason="No laptop", actor=actor)
    return application


@pytest.fixture
def mine(one: Application, caller: Caller) -> APIClient:
    return caller(one.person.user)


@pytest.fixture
def desk(staff: Callable[..., User], caller: Caller) -> APIClient:
    return caller(staff(Role.COORDINATOR))


def release(one: Application, actor: Actor) -> None:
    release_batch(batch=prepare_batch(intake=one.intake, actor=actor), actor=actor)


def test_a_decision_is_told_with_its_facts_and_feedback_and_no_comment(
    one: Application, mine: APIClient, desk: APIClient, actor: Actor
) -> None:
    here = f"/api/applications/{one.public_id}/decision/"
    feedback = f"/api/applications/run/{one.public_id}/feedback/"
    assert mine.get(here).status_code == 404
    assert desk.put(feedback, {"text": "Borrow one and come back."}).json()["status"] == "held"
    release(one, actor)

    told = mine.get(here).json()

    assert (told["feedback"], told["reason"]) == ("Borrow one and come back.", "No laptop")
    assert [fact["kind"] for fact in told["facts"]] == ["score", "place", "cut_off", "by_a_person"]
    assert told["facts"][0]["points"] == "70.000"
    assert told["looks"] == []
    assert desk.put(feedback, {"text": "Too late"}).status_code == 409


def test_a_look_is_asked_answered_and_told_when_the_correction_is(
    one: Application, mine: APIClient, desk: APIClient, actor: Actor
) -> None:
    release(one, actor)
    here = f"/api/applications/{one.public_id}/decision/"
    assert mine.post(f"{here}look/", {"words": ""}).status_code in (400, 422)
    asked = mine.post(f"{here}look/", {"words": "I have a laptop"}).json()
    look = desk.get("/api/looks/").json()["results"][0]
    answer = f"/api/looks/{look['public_id']}/answer/"

    wrong = desk.post(answer, {"verdict": "corrected", "answer": "True"})
    right = {"verdict": "corrected", "answer": "True", "outcome": "offer", "reason": "Missed"}
    done = desk.post(answer, right)

    assert asked["looks"][0]["status"] == "waiting"
    assert (look["words"], look["application"]) == ("I have a laptop", str(one.public_id))
    assert (wrong.status_code, list(wrong.json()["fields"])) == (422, ["outcome"])
    assert done.json()["status"] == "corrected"
    assert mine.get(here).json()["looks"][0]["status"] == "waiting"
    release(one, actor)
    told = mine.get(here).json()
    assert (told["outcome"], told["version"], told["looks"][0]["answer"]) == ("offer", 2, "True")


@pytest.fixture
def refused(organisation: Organisation) -> Application:
    intake = IntakeFactory(program=ProgramFactory(organisation=organisation))
    EligibilityRuleFactory(intake=intake, key="english")
    application = ApplicationFactory(intake=intake, eligibility_answers={"english": False})
    return decide_eligibility(application=application, actor=SYSTEM)


def test_who_is_not_eligible_reads_the_rule_asks_and_goes_on(
    refused: Application, caller: Caller, desk: APIClient
) -> None:
    mine, here = caller(refused.person.user), f"/api/applications/{refused.public_id}/eligibility/"
    asked = mine.post(f"{here}look/", {"words": "I passed an exam"}).json()
    look = desk.get("/api/looks/").json()["results"][0]
    answer = f"/api/looks/{look['public_id']}/answer/"

    wrong = desk.post(answer, {"verdict": "corrected", "answer": "True", "outcome": "offer", "reason": "x"})
    done = desk.post(answer, {"verdict": "corrected", "answer": "True", "reason": "Exam seen"})

    assert [(rule["key"], rule["answer"]) for rule in asked["rules"]] == [("english", "No")]
    assert (asked["in_force"], asked["by_a_person"], asked["looks"][0]["status"]) == (True, False, "waiting")
    assert (look["about"], look["outcome"], look["decided_by"]) == ("eligibility", None, None)
    assert (wrong.status_code, list(wrong.json()["fields"])) == (422, ["outcome"])
    assert done.json()["status"] == "corrected"
    told = mine.get(here).json()
    assert (told["in_force"], told["looks"][0]["answer"]) == (False, "True")
    refused.refresh_from_db()
    assert refused.status == "eligible"


def test_a_request_about_eligibility_is_taken_back_and_is_nobody_elses(
    refused: Application, one: Application, caller: Caller, mine: APIClient
) -> None:
    here = f"/api/applications/{refused.public_id}/eligibility/"
    owner = caller(refused.person.user)
    owner.post(f"{here}look/", {"words": "Look"})

    assert owner.post(f"{here}look/withdraw/").json()["looks"][0]["status"] == "withdrawn"
    assert mine.get(here).status_code == 404
    assert mine.get(f"/api/applications/{one.public_id}/eligibility/").status_code == 404


def test_a_request_is_taken_back(one: Application, mine: APIClient, actor: Actor) -> None:
    release(one, actor)
    here = f"/api/applications/{one.public_id}/decision/look/"
    mine.post(here, {"words": "Look"})

    answer = mine.post(f"{here}withdraw/")

    assert answer.json()["looks"][0]["status"] == "withdrawn"
    assert HumanLook.objects.get().status == "withdrawn"
