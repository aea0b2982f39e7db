"""Windows that save at the same moment, with real threads; and what a careless save would lose."""

from collections.abc import Callable
from threading import Barrier, BrokenBarrierError

import pytest

from apps.core.actors import SYSTEM
from apps.reviews.models import Criterion, Review, ReviewAssignment, Score
from apps.reviews.services import Stale, save_comment, save_score
from tests.racing import race

pytestmark = pytest.mark.django_db(transaction=True)
WINDOWS = 6


def window(
    assignment: ReviewAssignment, criterion: Criterion, points: int, version: int
) -> Callable[[], object]:
    def save() -> object:
        return save_score(
            assignment=assignment,
            criterion=criterion.pk,
            points=points,
            comment=f"From window {points}, which saw version {version}",
            version=version,
            actor=SYSTEM,
        )

    return save


def test_of_windows_at_one_criterion_one_saves_and_the_others_are_told(
    assignment: ReviewAssignment, criteria: list[Criterion]
) -> None:
    for version in (0, 1):
        results = race(*[window(assignment, criteria[0], points, version) for points in (1, 2, 3, 4, 5)])

        (winner,) = [number for number, each in enumerate(results) if isinstance(each, Score)]
        assert sum(isinstance(each, Stale) for each in results) == 4
        assert Score.objects.get().points == winner + 1
        assert Score.objects.get().version == version + 1


def test_windows_at_different_criteria_and_the_comment_all_succeed(
    assignment: ReviewAssignment, criteria: list[Criterion]
) -> None:
    def comment() -> object:
        return save_comment(assignment=assignment, comment="In all", version=0, actor=SYSTEM)

    results = race(*[window(assignment, each, 3, 0) for each in criteria], comment)

    assert [type(each) for each in results] == [Score, Score, Review]
    assert Score.objects.filter(points=3, version=1).count() == 2
    assert Review.objects.get().comment == "In all"


def test_careless_windows_lose_what_others_typed(
    assignment: ReviewAssignment, criteria: list[Criterion]
) -> None:
    """The control: versions that are only read and compared let all of them believe they saved."""
    Score.objects.create(review=Review.objects.create(assignment=assignment), criterion=criteria[0], points=1)
    everybody_has_read = Barrier(WINDOWS)

    def careless() -> bool:
        score = Score.objects.get()
        if score.version != 1:
            return False
        try:
            everybody_has_read.wait(timeout=10)
        except BrokenBarrierError:
            return False
        score.version += 1
        score.save()
        return True

    results = race(*[careless] * WINDOWS)

    assert results == [True] * WINDOWS
    assert Score.objects.get().version == 2
