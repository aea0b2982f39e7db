"""Criterion by criterion: two windows never lose what either of them typed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.core.actors import SYSTEM
from apps.core.errors import Conflict, Invalid
from apps.reviews.enums import AssignmentStatus, Purpose
from apps.reviews.models import Criterion, Review, ReviewAssignment, Score
from apps.reviews.services import Stale, save_comment, save_review, save_score, submit_review
from tests.factories.applications import ApplicationFactory
from tests.factories.reviews import CriterionFactory, ReviewAssignmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_reviewer(assignment: ReviewAssignment, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(assignment.reviewer)


def save(assignment: ReviewAssignment, criterion: Criterion, points: int | None, **more: Any) -> Score | None:
    given = {"comment": "", "version": 0, **more}
    return save_score(assignment=assignment, criterion=criterion.pk, points=points, **given, actor=SYSTEM)


def kept() -> dict[int, tuple[int | None, str, int]]:
    return {row.criterion_id: (row.points, row.comment, row.version) for row in Score.objects.all()}


def test_two_windows_that_save_different_criteria_both_succeed(
    assignment: ReviewAssignment, criteria: list[Criterion]
) -> None:
    first, second = criteria

    save(assignment, first, 4)
    save(assignment, second, 2, comment="Slow")
    save_comment(assignment=assignment, comment="In all", version=0, actor=SYSTEM)

    assert kept() == {first.pk: (4, "", 1), second.pk: (2, "Slow", 1)}
    assert (Review.objects.get().comment, Review.objects.get().version) == ("In all", 1)


def test_an_old_version_with_other_content_is_told_and_overwrites_nothing(
    assignment: ReviewAssignment, criteria: list[Criterion]
) -> None:
    save(assignment, criteria[0], 4)

    with pytest.raises(Stale) as told:
        save(assignment, criteria[0], 2)

    assert list(told.value.fields) == [f"criterion-{criteria[0].pk}"]
    assert kept() == {criteria[0].pk: (4, "", 1)}


def test_the_same_twice_is_once_whatever_the_version(
    assignment: ReviewAssignment, criteria: list[Criterion]
) -> None:
    versions = [save(assignment, criteria[0], 4) for _time in range(3)]

    assert [each.version for each in versions if each] == [1, 1, 1]


def test_emptied_in_one_window_is_not_filled_by_an_older_one(
    assignment: ReviewAssignment, criteria: list[Criterion]
) -> None:
    save(assignment, criteria[0], 4)
    save(assignment, criteria[0], None, version=1)

    with pytest.raises(Stale):
        save(assignment, criteria[0], 5, version=0)

    assert kept() == {criteria[0].pk: (None, "", 2)}


def test_the_whole_form_keeps_what_fits_and_names_what_does_not(
    assignment: ReviewAssignment, criteria: list[Criterion]
) -> None:
    first, second = criteria
    save(assignment, first, 4)

    with pytest.raises(Stale) as told:
        save_review(
            assignment=assignment,
            points={first.pk: 1, second.pk: 3},
            comments={},
            comment="In all",
            version=0,
            actor=SYSTEM,
        )

    assert list(told.value.fields) == [f"criterion-{first.pk}"]
    assert kept() == {first.pk: (4, "", 1), second.pk: (3, "", 1)}
    assert Review.objects.get().comment == "In all"


def test_a_stale_overall_comment_is_told(assignment: ReviewAssignment) -> None:
    save_comment(assignment=assignment, comment="One", version=0, actor=SYSTEM)

    with pytest.raises(Stale) as told:
        save_comment(assignment=assignment, comment="Two", version=0, actor=SYSTEM)

    assert list(told.value.fields) == ["comment"]
    assert Review.objects.get().comment == "One"


def test_what_is_submitted_is_saved_again_only_as_it_is(
    assignment: ReviewAssignment, criteria: list[Criterion]
) -> None:
    for each in criteria:
        save(assignment, each, 4)
    submit_review(assignment=assignment, actor=SYSTEM)

    assert save(assignment, criteria[0], 4) is not None
    with pytest.raises(Conflict, match="not open"):
        save(assignment, criteria[0], 5, version=1)


def test_low_points_without_a_word_are_refused_at_the_comment(
    assignment: ReviewAssignment, criteria: list[Criterion]
) -> None:
    Criterion.objects.filter(pk=criteria[0].pk).update(comment_below=2)
    save(assignment, criteria[0], 2)
    save(assignment, criteria[1], 2)

    with pytest.raises(Invalid) as refused:
        submit_review(assignment=assignment, actor=SYSTEM)
    save(assignment, criteria[0], 2, comment="No plan", version=1)

    assert refused.value.fields == {
        f"comment-{criteria[0].pk}": ["Write why you gave 2. It is needed to submit."]
    }
    assert submit_review(assignment=assignment, actor=SYSTEM).weighted_score == 25


def test_a_reading_that_waits_for_the_calibration_takes_nothing(
    assignment: ReviewAssignment, criteria: list[Criterion]
) -> None:
    first = ReviewAssignmentFactory(
        application=ApplicationFactory(intake=assignment.application.intake, status="in_review"),
        reviewer=assignment.reviewer,
        purpose=Purpose.CALIBRATION,
    )

    with pytest.raises(Conflict, match="calibration"):
        save(assignment, criteria[0], 4)
    for each in criteria:
        save(first, each, 3)
    submit_review(assignment=first, actor=SYSTEM)

    assert save(assignment, criteria[0], 4) is not None


def address(assignment: ReviewAssignment, criterion: Criterion) -> str:
    return reverse("reviews:criterion", args=[assignment.public_id, criterion.pk])


def typed(criterion: Criterion, points: int | str, version: int = 0, comment: str = "") -> dict[str, str]:
    pk = criterion.pk
    return {f"criterion-{pk}": str(points), f"comment-{pk}": comment, f"version-{pk}": str(version)}


def test_the_page_saves_one_criterion_and_is_told_its_version(
    as_reviewer: Client, assignment: ReviewAssignment, criteria: list[Criterion]
) -> None:
    to = address(assignment, criteria[0])

    answers = [
        as_reviewer.post(to, typed(criteria[0], 4)),
        as_reviewer.post(to, typed(criteria[0], 5, version=1, comment="Strong")),
    ]

    assert [(answer.status_code, answer.json()) for answer in answers] == [
        (200, {"version": 1}),
        (200, {"version": 2}),
    ]
    assert kept() == {criteria[0].pk: (5, "Strong", 2)}
    assert ReviewAssignment.objects.get().status == AssignmentStatus.IN_PROGRESS


def test_a_stale_window_is_shown_the_others_value_beside_its_own(
    as_reviewer: Client, assignment: ReviewAssignment, criteria: list[Criterion]
) -> None:
    save(assignment, criteria[0], 4, comment="<b>From the first</b>")

    told = as_reviewer.post(address(assignment, criteria[0]), typed(criteria[0], 2))

    assert told.status_code == 409
    assert told.json()["version"] == 1
    assert "4 points" in told.json()["other"]
    assert "&lt;b&gt;From the first&lt;/b&gt;" in told.json()["other"]


def test_the_page_saves_the_overall_comment_and_is_told_of_another(
    as_reviewer: Client, assignment: ReviewAssignment
) -> None:
    to = reverse("reviews:comment", args=[assignment.public_id])

    first, second = (as_reviewer.post(to, {"comment": text, "version": "0"}) for text in ("One", "Two"))

    assert (first.status_code, first.json()) == (200, {"version": 1})
    assert (second.status_code, second.json()["version"]) == (409, 1)
    assert "One" in second.json()["other"]


@pytest.mark.parametrize("nonsense", [{"points": 9}, {"points": "x"}, {"points": 3, "comment": "a\x00b"}])
def test_nonsense_is_refused_with_words(
    as_reviewer: Client, assignment: ReviewAssignment, criteria: list[Criterion], nonsense: dict[str, Any]
) -> None:
    answer = as_reviewer.post(address(assignment, criteria[0]), typed(criteria[0], **nonsense))

    assert answer.status_code == 422
    assert answer.json()["message"]
    assert kept() == {}


def test_a_criterion_of_another_rubric_does_not_exist(
    as_reviewer: Client, assignment: ReviewAssignment
) -> None:
    other = CriterionFactory()

    assert as_reviewer.post(address(assignment, other), typed(other, 3)).status_code == 404


def test_a_tie_declared_in_another_window_ends_saving_in_the_same_moment(
    as_reviewer: Client, assignment: ReviewAssignment, criteria: list[Criterion]
) -> None:
    as_reviewer.post(reverse("reviews:conflict", args=[assignment.public_id]), {"answer": "yes"})

    assert as_reviewer.post(address(assignment, criteria[0]), typed(criteria[0], 3)).status_code == 404


def test_after_a_refusal_the_next_save_replaces_only_what_was_shown(
    as_reviewer: Client, assignment: ReviewAssignment, criteria: list[Criterion]
) -> None:
    """The page that comes back goes on from what stands beside the typed: a third window is told again."""
    first, second = criteria
    save(assignment, first, 4)
    page = reverse("reviews:review", args=[assignment.public_id])
    mine = {**typed(first, 2), **typed(second, 3), "version": "0"}

    told = as_reviewer.post(page, mine)
    save(assignment, first, 5, version=1)
    again = {f"version-{pk}": version for pk, version in told.context["sheet"].versions.items()}
    third = as_reviewer.post(page, {**mine, **again})

    assert [told.status_code, third.status_code] == [409, 409]
    assert kept() == {first.pk: (5, "", 2), second.pk: (3, "", 1)}
    assert "5 points" in third.content.decode()
