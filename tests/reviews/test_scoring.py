"""What counts, what is shown apart, and where words are needed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.reviews.rules.scoring import Measure, Total, total_so_far, weighted_score, what_is_missing

COUNTED = [Measure(1, Decimal(60), 5), Measure(2, Decimal(40), 3)]
APART = Measure(3, Decimal(80), 5, is_independent=True)


@given(points=st.none() | st.integers(1, 5))
def test_an_independent_criterion_never_counts(points: int | None) -> None:
    given_points = {1: 4, 2: 1} | ({3: points} if points else {})

    assert weighted_score([*COUNTED, APART], given_points) == weighted_score(COUNTED, {1: 4, 2: 1})


def test_without_a_criterion_that_counts_there_is_no_score() -> None:
    with pytest.raises(ValueError, match="weight"):
        weighted_score([APART], {3: 5})


def test_an_independent_criterion_is_judged_all_the_same() -> None:
    assert what_is_missing([*COUNTED, APART], {1: 4, 2: 1}, {}) == {3: "points"}


@pytest.mark.parametrize(
    ("below", "points", "comment", "missing"),
    [
        (0, 1, "", {}),
        (2, 2, "", {1: "comment"}),
        (2, 2, "  ", {1: "comment"}),
        (2, 2, "Weak plan", {}),
        (2, 3, "", {}),
        (5, 5, "", {1: "comment"}),
    ],
)
def test_low_points_need_words(below: int, points: int, comment: str, missing: dict[int, str]) -> None:
    measure = Measure(1, Decimal(1), 5, comment_below=below)

    assert what_is_missing([measure], {1: points}, {1: comment}) == missing


def test_the_total_so_far_is_of_what_has_points() -> None:
    every = [*COUNTED, APART]

    assert total_so_far(every, {}) == Total(None, 0, 2)
    assert total_so_far(every, {3: 5}) == Total(None, 0, 2)
    assert total_so_far(every, {1: 3, 3: 5}) == Total(Decimal("50.000"), 1, 2)
    assert total_so_far(every, {1: 3, 2: 9}) == Total(Decimal("50.000"), 1, 2)
    assert total_so_far(every, {1: 3, 2: 3}) == Total(weighted_score(COUNTED, {1: 3, 2: 3}), 2, 2)
