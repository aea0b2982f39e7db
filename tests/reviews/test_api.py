"""The desk without pages: one criterion at a time, each with its version."""

from collections.abc import Callable

import pytest
from rest_framework.authtoken.models import Token
from rest_framework.test import APIClient

from apps.reviews.enums import Purpose
from apps.reviews.models import AnswerTranslation, Criterion, Redaction, ReviewAssignment, Score
from apps.reviews.rules.redaction import BAR
from tests.factories.applications import ApplicationFactory, FormVersionFactory, SectionAnswersFactory
from tests.factories.reviews import CriterionFactory, ReviewAssignmentFactory

pytestmark = pytest.mark.django_db
Call = Callable[..., tuple[int, dict]]


@pytest.fixture
def call(assignment: ReviewAssignment) -> Call:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {Token.objects.create(user=assignment.reviewer).key}")

    def ask(method: str, path: str = "", body: object = None) -> tuple[int, dict]:
        address = f"/api/reviews/{assignment.public_id}/{path}"
        answer = getattr(client, method)(address, body, format="json")
        return answer.status_code, answer.json() if answer.content else {}

    return ask


def test_one_criterion_is_saved_in_versions(call: Call, criteria: list[Criterion]) -> None:
    path = f"scores/{criteria[0].pk}/"

    assert call("put", path, {"points": 4}) == (200, {"version": 1})
    assert call("put", path, {"points": 4}) == (200, {"version": 1})
    assert call("put", path, {"points": 2, "comment": "Slow", "version": 1}) == (200, {"version": 2})
    status, told = call("put", path, {"points": 5, "version": 1})

    assert status == 409
    assert list(told["fields"]) == [f"criterion-{criteria[0].pk}"]
    assert Score.objects.get().points == 2


def test_the_whole_review_keeps_what_fits(call: Call, criteria: list[Criterion]) -> None:
    first, second = criteria
    call("put", f"scores/{first.pk}/", {"points": 4})

    scores = [{"criterion": first.pk, "points": 1}, {"criterion": second.pk, "comment": "Half"}]
    status, told = call("put", "scores/", {"scores": scores, "version": 0})
    shown = {each["id"]: each for each in call("get")[1]["criteria"]}

    assert (status, list(told["fields"])) == (409, [f"criterion-{first.pk}"])
    assert [(shown[pk]["points"], shown[pk]["comment"], shown[pk]["version"]) for pk in shown] == [
        (4, "", 1),
        (None, "Half", 1),
    ]


@pytest.mark.parametrize("body", [{"points": 6}, {"points": 0}, {"points": 3, "status": "submitted"}])
def test_what_the_rubric_does_not_know_is_refused(
    call: Call, criteria: list[Criterion], body: dict[str, object]
) -> None:
    assert call("put", f"scores/{criteria[0].pk}/", body)[0] == 400
    assert call("put", f"scores/{CriterionFactory().pk}/", {"points": 3})[0] == 400
    assert not Score.objects.exists()


def test_the_copy_has_bars_and_translations(call: Call, assignment: ReviewAssignment) -> None:
    application = assignment.application
    questions = [{"key": "why", "kind": "text", "label": {"en": "Why?"}}]
    definition = {"sections": [{"key": "you", "title": {"en": "You"}, "questions": questions}]}
    application.form_version = FormVersionFactory(intake=application.intake, definition=definition)
    application.save()
    SectionAnswersFactory(application=application, section="you", answers={"why": "I am Noy"})
    made = {"application": application, "question": "why"}
    Redaction.objects.create(words="Noy", marked_by=assignment.reviewer, **made)
    AnswerTranslation.objects.create(
        language="en", text="Noy I am", is_machine=True, made_by=assignment.reviewer, **made
    )

    ((answer,),) = [section["answers"] for section in call("get")[1]["sections"]]

    assert answer["text"] == f"I am {BAR}"
    assert answer["translation"] == {"language": "en", "text": f"{BAR} I am", "is_machine": True}


def test_a_reading_that_waits_for_the_calibration_is_listed_and_shut(
    call: Call, assignment: ReviewAssignment, criteria: list[Criterion]
) -> None:
    ReviewAssignmentFactory(
        application=ApplicationFactory(intake=assignment.application.intake, status="in_review"),
        reviewer=assignment.reviewer,
        purpose=Purpose.CALIBRATION,
    )

    assert [call("get")[0], call("put", f"scores/{criteria[0].pk}/", {"points": 3})[0]] == [409, 409]


def test_giving_one_back_ends_access_in_the_same_call(call: Call, assignment: ReviewAssignment) -> None:
    assert call("post", "recuse/")[0] == 204

    assert call("get")[0] == 404
    assert ReviewAssignment.objects.get().status == "recused"
