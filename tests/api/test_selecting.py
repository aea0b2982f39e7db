"""Coordinators over HTTP: from sent applications to offers, by two people where it takes two."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from rest_framework.test import APIClient

from apps.accounts.enums import Role
from apps.accounts.models import Organisation, User
from apps.applications.models import Application
from apps.programs.models import Intake
from apps.reviews.models import Review, ReviewAssignment
from apps.selection.models import Decision, Offer
from tests.applications.conftest import DEFINITION
from tests.factories.applications import ApplicationFactory, FormVersionFactory, SectionAnswersFactory
from tests.factories.programs import IntakeFactory, ProgramFactory
from tests.factories.reviews import ReviewAssignmentFactory

pytestmark = pytest.mark.django_db
Caller = Callable[[User], APIClient]


@pytest.fixture
def me(coordinator: User, caller: Caller) -> APIClient:
    return caller(coordinator)


@pytest.fixture
def second(staff: Callable[..., User], caller: Caller) -> APIClient:
    return caller(staff(Role.COORDINATOR))


@pytest.fixture
def intake(organisation: Organisation) -> Intake:
    """Closed, so that lots between equal scores can be drawn."""
    now = datetime.now(UTC)
    return IntakeFactory(
        program=ProgramFactory(organisation=organisation),
        seats=1,
        opens_at=now - timedelta(days=9),
        closes_at=now - timedelta(days=1),
    )


@pytest.fixture
def here(intake: Intake) -> str:
    return f"/api/intakes/{intake.public_id}"


def reviewed(intake: Intake, *scores: int) -> list[Application]:
    applications = [ApplicationFactory(intake=intake, status="in_review") for _score in scores]
    for application, score in zip(applications, scores, strict=True):
        assignment = ReviewAssignmentFactory(
            application=application, status="submitted", submitted_at=datetime.now(UTC)
        )
        Review.objects.create(assignment=assignment, weighted_score=score)
    return applications


def test_readers_are_chosen_previewed_and_assigned(
    me: APIClient, here: str, intake: Intake, staff: Callable[..., User]
) -> None:
    readers = [staff(Role.REVIEWER) for _reader in range(2)]
    ApplicationFactory.create_batch(3, intake=intake, status="eligible")
    limits = [{"reviewer": str(each.public_id), "most": 5} for each in readers]
    assert {each["most"] for each in me.get(f"{here}/reviewers/").json()["reviewers"]} == {None}

    chosen = me.put(f"{here}/reviewers/", {"reviewers": limits})
    preview = me.post(f"{here}/assign/preview/", {"each": 2})
    assert not ReviewAssignment.objects.exists()
    done = me.post(f"{here}/assign/", {"each": 2})

    assert [each["most"] for each in chosen.json()["reviewers"]] == [5, 5]
    assert preview.json() == done.json()
    assert done.json()["assignments"] == ReviewAssignment.objects.count() == 6
    assert {row["assigned"] for row in me.get(f"{here}/progress/").json()["results"]} == {2}
    assert me.post(f"{here}/assign/", {"each": 2}).json()["assignments"] == 0
    assert me.post(f"{here}/assign/undo/").json() == {"cancelled": 6, "kept": 0}
    assert me.post(f"{here}/assign/undo/").status_code == 409


def test_what_reviewers_read_is_set_and_kept(me: APIClient, here: str, staff: Callable[..., User]) -> None:
    reader = {"reviewer": str(staff(Role.REVIEWER).public_id), "most": 5}
    reads = {"languages": ["th", "en"], "topics": ["law"], "panel": "university"}

    me.put(f"{here}/reviewers/", {"reviewers": [reader | reads]})
    kept = me.put(f"{here}/reviewers/", {"reviewers": [reader | {"most": 6}]}).json()["reviewers"][0]

    assert {name: kept[name] for name in ("most", *reads)} == {"most": 6, **reads}
    wrong = me.put(f"{here}/reviewers/", {"reviewers": [reader | {"languages": ["tlh"]}]})
    assert wrong.status_code == 400


def test_only_reviewers_of_the_organisation_can_be_chosen(me: APIClient, here: str, applicant: User) -> None:
    wrong = [{"reviewer": str(applicant.public_id), "most": 5}]

    assert me.put(f"{here}/reviewers/", {"reviewers": wrong}).status_code == 422
    assert me.put(f"{here}/reviewers/", {"reviewers": [{"reviewer": "x", "most": 0}]}).status_code == 400
    assert me.post(f"{here}/assign/", {"each": 2}).status_code == 422


def test_decisions_are_held_released_and_become_offers(me: APIClient, here: str, intake: Intake) -> None:
    first, next_one, last = reviewed(intake, 90, 80, 10)
    assert me.put(f"{here}/rule/", {"floor": "50", "waitlist_size": 1}).json()["floor"] == "50.000"
    assert len(me.post(f"{here}/rule/lock/").json()["fingerprint"]) == 64
    assert me.put(f"{here}/rule/", {"floor": "1", "waitlist_size": 1}).status_code == 409
    places = me.get(f"{here}/ranking/").json()["results"]
    assert [place["suggestion"] for place in places] == ["offer", "waitlist", "not_selected"]
    everyone = [str(each.public_id) for each in (first, next_one, last)]

    held = me.post(f"{here}/hold/", {"applications": everyone, "outcome": "suggested"})
    batch = me.post(f"{here}/batches/")
    released = me.post(f"/api/batches/{batch.json()['public_id']}/release/")

    assert [row["status"] for row in held.json()["decisions"]] == ["held"] * 3
    assert (batch.status_code, batch.json()["size"]) == (201, 3)
    assert released.json()["status"] == "released"
    offer = me.get(f"{here}/offers/").json()["results"][0]
    assert offer["application"] == first.reference
    assert me.get(f"{here}/waitlist/").json()["results"][0]["reference"] == next_one.reference
    assert {row["status"] for row in me.get(f"{here}/decisions/").json()["results"]} == {"released"}
    called = me.post(f"/api/offers/run/{offer['public_id']}/called/").json()
    assert (called["status"], bool(called["answer_by"])) == ("delivered", True)
    assert me.post(f"/api/offers/run/{offer['public_id']}/rescind/", {}).status_code == 400
    back = me.post(f"/api/offers/run/{offer['public_id']}/rescind/", {"reason": "Closed"})
    assert back.json()["status"] == "rescinded"
    assert Offer.objects.filter(application=next_one).exists()  # the seat went to who waited


def test_what_differs_from_the_suggestion_needs_a_reason(me: APIClient, here: str, intake: Intake) -> None:
    (only,) = reviewed(intake, 90)
    body = {"applications": [str(only.public_id)], "outcome": "not_selected"}

    refused = me.post(f"{here}/hold/", body)

    assert list(refused.json()["fields"]) == ["reason"]
    assert me.post(f"{here}/hold/", {**body, "reason": "Withdrew by phone"}).status_code == 200


def test_foreign_unread_and_unknown_applications_are_not_decided(
    me: APIClient, here: str, intake: Intake
) -> None:
    unread, foreign = ApplicationFactory(intake=intake, status="in_review"), ApplicationFactory()
    for wrong in ([str(unread.public_id)], [str(foreign.public_id)]):
        answer = me.post(f"{here}/hold/", {"applications": wrong, "outcome": "suggested"})
        assert list(answer.json()["fields"]) == ["applications"]
    for wrong in ([], ["x"], "x", None, [1]):
        body = {"applications": wrong, "outcome": "offer"}
        assert me.post(f"{here}/hold/", body).status_code == 400
    assert me.post(f"{here}/batches/").status_code == 422
    assert not Decision.objects.exists()


def test_above_fifty_people_a_second_coordinator_releases(
    me: APIClient, second: APIClient, here: str, intake: Intake
) -> None:
    applications = reviewed(intake, *([10] * 51))
    everyone = [str(each.public_id) for each in applications]
    me.post(f"{here}/hold/", {"applications": everyone, "outcome": "not_selected", "reason": "Late"})
    batch = f"/api/batches/{me.post(f'{here}/batches/').json()['public_id']}"

    assert me.post(f"{batch}/release/").status_code == 403
    assert len(me.get(f"{batch}/decisions/").json()["results"]) == 50  # a page
    assert second.post(f"{batch}/release/").json()["status"] == "released"
    assert second.post(f"{batch}/cancel/").status_code == 409


def test_one_application_with_all_that_is_known_of_it(me: APIClient, intake: Intake) -> None:
    (application,) = reviewed(intake, 90)
    Application.objects.filter(pk=application.pk).update(
        form_version=FormVersionFactory(intake=intake, definition=DEFINITION)
    )
    SectionAnswersFactory(application=application, answers={"full-name": "Suda"}, is_complete=True)
    ReviewAssignmentFactory(application=application)

    shown = me.get(f"/api/applications/run/{application.public_id}/").json()

    assert shown["application"]["reference"] == application.reference
    assert shown["sections"][0]["answers"][0] == {
        "key": "full-name",
        "label": "Full name",
        "text": "Suda",
        "documents": [],
    }
    assert [each["weighted_score"] for each in shown["reviews"]] == ["90.000", None]
    assert shown["decision"] is None


def test_an_applicant_reads_a_released_decision_only(
    me: APIClient, here: str, intake: Intake, caller: Caller
) -> None:
    (application,) = reviewed(intake, 90)
    mine = caller(application.person.user)
    me.post(f"{here}/hold/", {"applications": [str(application.public_id)], "outcome": "suggested"})
    assert mine.get(f"/api/applications/{application.public_id}/decision/").status_code == 404

    me.post(f"/api/batches/{me.post(f'{here}/batches/').json()['public_id']}/release/")

    assert mine.get(f"/api/applications/{application.public_id}/decision/").json()["outcome"] == "offer"


@pytest.mark.parametrize("cursor", ["x", "-1", "9" * 50, "\u0663", "100"])
def test_any_cursor_of_the_ranking_gets_an_answer(
    me: APIClient, here: str, intake: Intake, cursor: str
) -> None:
    reviewed(intake, *([50] * 3))

    answer = me.get(f"{here}/ranking/", {"cursor": cursor})

    assert (answer.status_code, answer.json()["next"]) == (200, None)
