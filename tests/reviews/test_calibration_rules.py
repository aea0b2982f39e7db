"""The calibration set tells a reviewer how near they are, and passes those who are near enough."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.reviews.rules.calibration import Nearness, compare, nearness, panel_points

FIVE = {1: 5, 2: 5}
ITEMS = [(application, criterion) for application in (10, 11, 12) for criterion in (1, 2)]


def test_the_panels_points_are_the_median_of_those_who_gave_any() -> None:
    panel = [{(10, 1): 2, (10, 2): 4}, {(10, 1): 3, (10, 2): 4}, {(10, 1): 5}]

    assert panel_points(panel) == {(10, 1): Decimal(3), (10, 2): Decimal(4)}
    assert panel_points(panel[:2])[10, 1] == Decimal("2.5")


@pytest.mark.parametrize(
    ("distance", "highest", "word"),
    [
        ("0", 5, Nearness.SAME),
        ("0.5", 5, Nearness.SAME),
        ("1", 5, Nearness.ONE_OFF),
        ("1.5", 5, Nearness.ONE_OFF),
        ("2", 5, Nearness.FAR),
        ("4", 10, Nearness.ONE_OFF),
        ("5", 10, Nearness.FAR),
        ("1", 3, Nearness.ONE_OFF),
        ("2", 3, Nearness.FAR),
        ("0", 1, Nearness.SAME),
    ],
)
def test_nearness_in_words(distance: str, highest: int, word: Nearness) -> None:
    assert nearness(Decimal(distance), highest) is word


def test_a_comparison_shows_each_item_and_each_criterion() -> None:
    reference = {(10, 1): Decimal(3), (10, 2): Decimal("2.5"), (11, 1): Decimal(4), (11, 2): Decimal(2)}

    found = compare({(10, 1): 2, (10, 2): 3, (11, 1): 4, (11, 2): 4, (99, 1): 5}, reference, FIVE)

    assert [
        (each.application, each.criterion, each.difference, each.nearness) for each in found.compared
    ] == [
        (10, 1, -1, Nearness.ONE_OFF),
        (10, 2, Decimal("0.5"), Nearness.SAME),
        (11, 1, 0, Nearness.SAME),
        (11, 2, 2, Nearness.FAR),
    ]
    assert found.criteria[1].mean_difference == Decimal("-0.500")
    assert (found.criteria[2].mean_distance, found.criteria[2].furthest) == (Decimal("1.250"), 2)
    assert [result.passes for result in found.criteria.values()] == [True, False]
    assert found.passes is False


@pytest.mark.parametrize(
    ("differences", "passes"),
    [
        ((1, 1, 1), True),
        ((-1, 1, 1), True),
        ((2, 1, 0), True),
        ((2, 1, 1), False),
        ((3, 0, 0), False),
        ((-2, -1, -1), False),
    ],
)
def test_a_mean_of_one_point_passes_and_three_points_anywhere_do_not(
    differences: tuple, passes: bool
) -> None:
    reference = {(application, 1): Decimal(3 if min(differences) < 0 else 2) for application in range(3)}
    mine = {item: int(reference[item]) + differences[item[0]] for item in reference}

    assert compare(mine, reference, FIVE).passes is passes


def test_other_scales_pass_at_the_same_share_of_their_range() -> None:
    """A quarter of 1 to 9 is 2 points, three quarters are 6."""
    reference = {(application, 1): Decimal(3) for application in range(3)}

    def passes(*mine: int) -> bool | None:
        given = {(application, 1): point for application, point in enumerate(mine)}
        return compare(given, reference, {1: 9}).passes

    assert passes(5, 1, 5) is True
    assert passes(5, 6, 5) is False
    assert passes(9, 3, 3) is False


def test_nobody_passes_before_everything_is_scored() -> None:
    reference = dict.fromkeys(ITEMS, Decimal(3))
    mine = dict.fromkeys(ITEMS[1:], 3)

    found = compare(mine, reference, FIVE)

    assert found.missing == (ITEMS[0],)
    assert found.passes is False
    assert compare({**mine, ITEMS[0]: 3}, reference, FIVE).passes is True


def test_without_a_reference_there_is_no_verdict() -> None:
    assert compare({(10, 1): 3}, {}, FIVE).passes is None


@given(st.fixed_dictionaries(dict.fromkeys(ITEMS, st.integers(1, 5))))
def test_who_scores_as_the_panel_does_passes(points: dict) -> None:
    found = compare(points, panel_points([points, points]), FIVE)

    assert found.passes is True
    assert {each.nearness for each in found.compared} == {Nearness.SAME}


@given(*[st.fixed_dictionaries(dict.fromkeys(ITEMS, st.integers(1, 5)))] * 2)
def test_two_who_are_held_against_each_other_differ_by_opposite_signs(one: dict, other: dict) -> None:
    first, second = (
        compare(mine, panel_points([panel]), FIVE) for mine, panel in ((one, other), (other, one))
    )

    assert first.passes == second.passes
    for criterion in FIVE:
        assert first.criteria[criterion].mean_difference == -second.criteria[criterion].mean_difference
