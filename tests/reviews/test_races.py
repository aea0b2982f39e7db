"""Two clicks, two windows, two coordinators at the same moment: one outcome, nothing lost."""

from collections.abc import Callable
from functools import partial

import pytest

from apps.accounts.enums import Role
from apps.accounts.models import User
from apps.applications.enums import ApplicationStatus
from apps.core.actors import SYSTEM
from apps.core.errors import Conflict
from apps.events.models import EventRecord
from apps.programs.models import Intake
from apps.reviews.enums import AssignmentStatus
from apps.reviews.models import Criterion, Review, ReviewAssignment, Rubric
from apps.reviews.services import (
    assign_reviewers,
    declare_conflict,
    save_review,
    set_reviewers,
    set_rubric,
    submit_review,
)
from tests.factories.applications import ApplicationFactory
from tests.racing import race

pytestmark = pytest.mark.django_db(transaction=True)
Staff = Callable[..., User]


def save(assignment: ReviewAssignment, points: dict[int, int], version: int = 0) -> Review:
    return save_review(
        assignment=assignment,
        points=points,
        comments={},
        comment="",
        version=0,
        versions=dict.fromkeys(points, version),
        actor=SYSTEM,
    )


def test_a_double_click_submits_once(assignment: ReviewAssignment, criteria: list[Criterion]) -> None:
    points = {each.pk: 4 for each in criteria}

    def click() -> None:
        save(assignment, points)
        submit_review(assignment=assignment, actor=SYSTEM)

    results = race(*[click] * 4)

    assert results == [None] * 4
    assert ReviewAssignment.objects.get().status == AssignmentStatus.SUBMITTED
    assert EventRecord.objects.filter(name="ReviewSubmitted").count() == 1


def test_of_two_windows_one_is_kept_and_the_other_is_told(
    assignment: ReviewAssignment, criteria: list[Criterion]
) -> None:
    save(assignment, {criteria[0].pk: 3})
    windows = [partial(save, assignment, {criteria[0].pk: points}, 1) for points in (1, 5)]

    results = race(*windows)

    assert sorted(isinstance(each, Conflict) for each in results) == [False, True]
    kept = next(number for number, each in enumerate(results) if isinstance(each, Review))
    assert Review.objects.get().scores.get().points == (1, 5)[kept]


def test_two_coordinators_assign_at_once_and_nobody_reads_more_than_they_may(
    intake: Intake, staff: Staff
) -> None:
    ApplicationFactory.create_batch(6, intake=intake, status=ApplicationStatus.ELIGIBLE)
    set_reviewers(intake=intake, limits={staff(Role.REVIEWER): 4 for _each in range(3)}, actor=SYSTEM)

    race(*[partial(assign_reviewers, intake=intake, each=2, actor=SYSTEM)] * 3)

    readers = list(ReviewAssignment.objects.values_list("reviewer", flat=True))
    assert len(readers) == 12
    assert all(readers.count(each) == 4 for each in set(readers))


def test_the_rubric_changes_before_the_first_score_or_not_at_all(
    assignment: ReviewAssignment, criteria: list[Criterion], intake: Intake
) -> None:
    new = [{"title": {"en": "New"}, "weight": 1, "highest": 5}]
    change = partial(set_rubric, intake=intake, criteria=new, version=1, actor=SYSTEM)

    saved, changed = race(partial(save, assignment, {criteria[0].pk: 5}), change)

    assert isinstance(saved, Conflict) != isinstance(changed, Conflict)
    assert {type(saved), type(changed)} <= {Review, Rubric, Conflict}


def test_who_declares_a_tie_while_submitting_in_another_window_reads_no_more(
    assignment: ReviewAssignment, criteria: list[Criterion]
) -> None:
    save(assignment, {each.pk: 4 for each in criteria})
    assignment.refresh_from_db()
    submit = partial(submit_review, assignment=assignment, actor=SYSTEM)

    race(submit, partial(declare_conflict, assignment=assignment, explanation="", actor=SYSTEM))

    status = ReviewAssignment.objects.get().status
    submitted = EventRecord.objects.filter(name="ReviewSubmitted").exists()
    tied = EventRecord.objects.filter(name="ConflictDeclared").exists()
    assert status == (AssignmentStatus.CONFLICTED if tied else AssignmentStatus.SUBMITTED)
    assert submitted != tied
