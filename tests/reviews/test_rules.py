"""Scores mean the same everywhere, and an address tells of an employer only when it can."""

from decimal import Decimal

import pytest

from apps.reviews.rules.scoring import Measure, weighted_score, what_is_missing
from apps.reviews.rules.ties import shares_mail_domain

MEASURES = [Measure(1, Decimal(60), 5, comment_required=True), Measure(2, Decimal(40), 3)]


@pytest.mark.parametrize(
    ("points", "score"),
    [({1: 5, 2: 3}, "100.000"), ({1: 1, 2: 1}, "0.000"), ({1: 3, 2: 2}, "50.000"), ({1: 4, 2: 1}, "45.000")],
)
def test_a_score_is_the_weighted_share_of_what_was_possible(points: dict[int, int], score: str) -> None:
    assert weighted_score(MEASURES, points) == Decimal(score)


@pytest.mark.parametrize("points", [{}, {1: 5}, {1: 0, 2: 1}, {1: 6, 2: 1}])
def test_points_that_cannot_be_have_no_score(points: dict[int, int]) -> None:
    with pytest.raises(ValueError, match="points"):
        weighted_score(MEASURES, points)


def test_what_is_missing_is_named() -> None:
    assert what_is_missing(MEASURES, {1: 3}, {1: " "}) == {1: "comment", 2: "points"}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("a@chula.ac.th", "b@Chula.ac.th", True),
        ("a@gmail.com", "b@gmail.com", False),
        ("a@chula.ac.th", "b@mahidol.ac.th", False),
        ("", "", False),
    ],
)
def test_one_employers_addresses_are_a_tie_and_public_mail_is_not(one: str, other: str, same: bool) -> None:
    assert shares_mail_domain(one, other) is same
