"""What reviewers see and type: in order of need, never lost, never the person."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.accounts.roles import viewer_for
from apps.applications.enums import DocumentStatus
from apps.applications.models import Application, Document
from apps.core.actors import SYSTEM
from apps.programs.models import Intake
from apps.reviews.enums import AssignmentStatus
from apps.reviews.models import Conflict, Criterion, Review, ReviewAssignment, Rubric
from apps.reviews.selectors import to_do_of
from apps.reviews.services import reopen_review
from tests.factories.applications import ApplicationFactory, FormVersionFactory
from tests.factories.people import PersonFactory
from tests.factories.reviews import CriterionFactory, ReviewAssignmentFactory, RubricFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


@pytest.fixture
def as_reviewer(assignment: ReviewAssignment, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(assignment.reviewer)


@pytest.fixture
def review_page(assignment: ReviewAssignment) -> str:
    return reverse("reviews:review", args=[assignment.public_id])


def typed(criteria: list[Criterion], *points: int, version: int = 0, **more: str) -> dict[str, str]:
    given = {f"criterion-{each.pk}": str(value) for each, value in zip(criteria, points, strict=False)}
    return {"version": str(version), **given, **more}


def test_the_queue_goes_by_what_needs_doing(assignment: ReviewAssignment) -> None:
    def another(status: str, days: int | None) -> ReviewAssignment:
        return ReviewAssignmentFactory(
            application=ApplicationFactory(intake=assignment.application.intake, status="in_review"),
            reviewer=assignment.reviewer,
            status=status,
            due_on=TODAY + timedelta(days=days) if days is not None else None,
        )

    started = another(AssignmentStatus.IN_PROGRESS, 30)
    soon, late = another(AssignmentStatus.ASSIGNED, 3), another(AssignmentStatus.IN_PROGRESS, -1)
    reopened = another(AssignmentStatus.REOPENED, 30)

    to_do = to_do_of(viewer_for(assignment.reviewer), TODAY)

    assert [[row.pk for row in group.rows] for group in to_do.groups] == [
        [reopened.pk],
        [late.pk, soon.pk],
        [started.pk],
        [assignment.pk],
    ]
    assert (to_do.count, to_do.late, to_do.next) == (5, 1, reopened)


def test_the_same_button_twice_submits_once_and_complains_never(
    as_reviewer: Client, review_page: str, criteria: list[Criterion]
) -> None:
    answers = [as_reviewer.post(review_page, typed(criteria, 4, 2, submit="1")) for _click in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert ReviewAssignment.objects.get().status == AssignmentStatus.SUBMITTED


def test_the_second_window_sees_both_and_decides(
    as_reviewer: Client, review_page: str, criteria: list[Criterion]
) -> None:
    first, second = criteria
    as_reviewer.post(review_page, typed(criteria, 5, **{f"comment-{first.pk}": "From the first window"}))
    mine = {f"comment-{second.pk}": "From the second window"}

    told = as_reviewer.post(review_page, typed(criteria, 1, **mine))

    text = told.content.decode()
    assert told.status_code == 409
    assert "From the first window" in text
    assert "From the second window" in text
    seen = {f"version-{pk}": str(version) for pk, version in told.context["sheet"].versions.items()}
    again = typed(criteria, 1, **mine, **seen)
    assert as_reviewer.post(review_page, again).status_code == 302
    assert Review.objects.get().scores.get(criterion=second).comment == "From the second window"


def test_an_incomplete_review_keeps_what_was_typed_and_marks_the_field(
    as_reviewer: Client, review_page: str, criteria: list[Criterion]
) -> None:
    answer = as_reviewer.post(review_page, typed(criteria, 4, comment="Half way", submit="1"))

    assert answer.status_code == 422
    assert f'href="#id_criterion-{criteria[1].pk}' in answer.content.decode()
    assert Review.objects.get().comment == "Half way"


@pytest.mark.parametrize(
    "nonsense",
    [{"version": "x"}, {"version": "9" * 400}, {"comment": "x" * 4000}, {"comment": "a\x00b"}],
)
def test_nonsense_gets_an_answer_of_our_own(
    as_reviewer: Client, review_page: str, criteria: list[Criterion], nonsense: dict[str, str]
) -> None:
    assert as_reviewer.post(review_page, {**typed(criteria, 4), **nonsense}).status_code in (302, 422)
    wrong = {f"criterion-{criteria[0].pk}": "99"}
    assert as_reviewer.post(review_page, {"version": "0", **wrong}).status_code == 422


def test_an_application_opens_only_after_the_question_about_ties(
    as_reviewer: Client, review_page: str, assignment: ReviewAssignment
) -> None:
    ReviewAssignment.objects.update(no_conflict_declared_at=None)
    question = reverse("reviews:conflict", args=[assignment.public_id])

    assert as_reviewer.get(review_page).headers["Location"] == question
    assert as_reviewer.post(question, {}).status_code == 422
    as_reviewer.post(question, {"answer": "no"})

    assert as_reviewer.get(review_page).status_code == 200


def test_a_reviewer_reads_why_the_review_is_open_again(
    as_reviewer: Client, review_page: str, criteria: list[Criterion]
) -> None:
    as_reviewer.post(review_page, typed(criteria, 4, 4, submit="1"))

    reopen_review(assignment=ReviewAssignment.objects.get(), reason="Please read part two", actor=SYSTEM)

    assert "Please read part two" in as_reviewer.get(review_page).content.decode()


def test_the_rubric_says_what_share_each_criterion_has(as_reviewer: Client, review_page: str) -> None:
    text = as_reviewer.get(review_page).content.decode()

    assert "(60% of the score)" in text
    assert "(40% of the score)" in text


def test_a_document_says_nothing_of_its_owner(
    as_reviewer: Client, assignment: ReviewAssignment, review_page: str, settings: object, tmp_path: object
) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    questions = [
        {"key": "plan", "kind": "document", "label": {"en": "Plan"}},
        {"key": "photo", "kind": "document", "label": {"en": "Photo"}},
    ]
    definition = {"sections": [{"key": "files", "title": {"en": "Files"}, "questions": questions}]}
    version = FormVersionFactory(intake=assignment.application.intake, definition=definition)
    person = PersonFactory(full_name="Kanarinya Vogel")
    Application.objects.update(form_version=version, person=person)

    def stored(question: str, status: str = DocumentStatus.CLEAN) -> Document:
        return Document.objects.create(
            application=assignment.application,
            question=question,
            name="kanarinya-vogel",
            content_type="application/pdf",
            size=4,
            sha256="0" * 64,
            stored_as=default_storage.save("plan", ContentFile(b"%PDF")),
            status=status,
        )

    def opened(document: Document) -> object:
        address = reverse("reviews:document", args=[assignment.public_id, document.public_id])
        return as_reviewer.get(address)

    plan, photo, refused = stored("plan"), stored("photo"), stored("plan", DocumentStatus.REJECTED)

    download = opened(plan)
    assert download.status_code == 200  # type: ignore[attr-defined]
    assert "kanarinya" not in str(download.headers).lower()  # type: ignore[attr-defined]
    assert b"".join(download.streaming_content) == b"%PDF"  # type: ignore[attr-defined]
    assert ".pdf" in download.headers["Content-Disposition"]  # type: ignore[attr-defined]
    assert "kanarinya" not in as_reviewer.get(review_page).content.decode().lower()
    assert [opened(each).status_code for each in (photo, refused)] == [404, 404]  # type: ignore[attr-defined]


def test_done_shows_ones_own_score(
    as_reviewer: Client, review_page: str, criteria: list[Criterion], assignment: ReviewAssignment
) -> None:
    ReviewAssignment.objects.update(due_on=datetime.now(UTC).date())
    as_reviewer.post(review_page, typed(criteria, 5, 1, submit="1"))

    assert "1 review you have submitted" in as_reviewer.get(reverse("reviews:queue")).content.decode()
    assert "60.0" in as_reviewer.get(reverse("reviews:done")).content.decode()


def rubric_typed(*criteria: dict[str, str], version: int = 1) -> dict[str, str]:
    forms = {
        f"form-{number}-{name}": value for number, each in enumerate(criteria) for name, value in each.items()
    }
    count = str(len(criteria))
    return {"form-TOTAL_FORMS": count, "form-INITIAL_FORMS": count, "version": str(version), **forms}


def test_saving_the_rubric_keeps_what_the_form_does_not_ask(intake: Intake, as_coordinator: Client) -> None:
    rubric = RubricFactory(intake=intake)
    anchors = {"1": {"en": "Weak"}, "2": {"en": "Fair"}, "5": {"en": "Strong", "th": "ดีมาก"}}
    title = {"en": "Reason", "th": "เหตุผล"}
    CriterionFactory(rubric=rubric, title=title, anchors=anchors, number=1)
    CriterionFactory(rubric=rubric, title={"en": "Readiness"}, number=2)
    form = {"title": "Reason", "weight": "70", "highest": "5"}
    form |= {"anchor_1": "Weaker", "anchor_2": "Fair", "anchor_5": "Strong"}

    address = reverse("reviews:rubric", args=[intake.public_id])
    gone = {"title": "Readiness", "weight": "1", "highest": "5", "DELETE": "on"}
    as_coordinator.post(address, rubric_typed(form, gone))

    kept = Criterion.objects.get()
    assert kept.title == title
    assert kept.weight == 70
    assert kept.anchors == {**anchors, "1": {"en": "Weaker"}}


def test_the_rubric_form_asks_for_every_point_and_what_counts(intake: Intake, as_coordinator: Client) -> None:
    rubric = RubricFactory(intake=intake)
    CriterionFactory(rubric=rubric, title={"en": "Reason"}, number=1, highest=4)
    options = [{"value": "food", "label": {"en": "Food"}}]
    question = {"key": "topic", "kind": "one_choice", "label": {"en": "Your topic"}, "options": options}
    section = {"key": "you", "title": {"en": "You"}, "questions": [question]}
    FormVersionFactory(intake=intake, definition={"sections": [section]})
    address = reverse("reviews:rubric", args=[intake.public_id])
    form = {"title": "Reason", "weight": "70", "highest": "4", "anchor_3": "Good", "comment_below": "2"}
    beside = {"title": "Potential", "weight": "1", "highest": "3", "is_independent": "on", "anchor_3": "High"}

    text = as_coordinator.get(address).content.decode()
    assert "What 4 means" in text
    assert "Your topic" in text
    too_high = rubric_typed({**form, "comment_below": "5"})
    assert as_coordinator.post(address, too_high).status_code == 422
    none_counts = rubric_typed(beside)
    assert as_coordinator.post(address, none_counts).status_code == 422
    as_coordinator.post(address, {**rubric_typed(form, beside), "topic_question": "topic"})

    first, second = Criterion.objects.all()
    assert (first.comment_below, first.anchors) == (2, {"3": {"en": "Good"}})
    assert (second.is_independent, second.anchors) == (True, {"3": {"en": "High"}})
    assert Rubric.objects.get().topic_question == "topic"


def test_a_fixed_rubric_shows_no_form(
    assignment: ReviewAssignment, criteria: list[Criterion], intake: Intake, as_coordinator: Client
) -> None:
    address = reverse("reviews:rubric", args=[intake.public_id])
    assert "Save rubric" in as_coordinator.get(address).content.decode()

    Review.objects.create(assignment=assignment)

    assert "Save rubric" not in as_coordinator.get(address).content.decode()


def scored(intake: Intake, *scores: int) -> Application:
    application = ApplicationFactory(intake=intake, status="in_review")
    for score in scores:
        row = ReviewAssignmentFactory(
            application=application, status=AssignmentStatus.SUBMITTED, submitted_at=datetime.now(UTC)
        )
        Review.objects.create(assignment=row, weighted_score=score)
    return application


def test_progress_finds_who_lacks_readers_and_where_readers_disagree(
    intake: Intake, as_coordinator: Client
) -> None:
    agreed, apart, short = scored(intake, 60, 70), scored(intake, 20, 90), scored(intake, 50)
    address = reverse("reviews:progress", args=[intake.public_id])

    def shown(show: str) -> set[int]:
        rows = as_coordinator.get(address, {"show": show}).context["rows"]
        return {row.application.pk for row in rows}

    assert shown("") == shown("nonsense") == {agreed.pk, apart.pk, short.pk}
    assert shown("short") == {short.pk}
    assert shown("apart") == {apart.pk}
    assert as_coordinator.get(address).content.decode().count("Far apart") == 1


def test_who_cannot_read_one_gives_it_back_without_a_tie(
    as_reviewer: Client, assignment: ReviewAssignment, review_page: str
) -> None:
    question = reverse("reviews:conflict", args=[assignment.public_id])

    as_reviewer.post(question, {"answer": "cannot"})

    assert ReviewAssignment.objects.get().status == AssignmentStatus.RECUSED
    assert not Conflict.objects.exists()
    assert as_reviewer.get(review_page).status_code == 404
