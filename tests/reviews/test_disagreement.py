"""A third reading is asked for when it should be, and drift is told from chance."""

import random
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.reviews.rules.disagreement import Gap, Marks, disagreement, limit
from apps.reviews.rules.drift import drifts
from apps.reviews.rules.scoring import Measure
from apps.reviews.rules.two_way import Reading

MEASURES = [Measure(7, Decimal(60), 5), Measure(8, Decimal(40), 10)]


def marks(first: int, second: int, score: str = "50") -> Marks:
    return Marks({7: first, 8: second}, Decimal(score))


@pytest.mark.parametrize(("highest", "points"), [(2, 1), (3, 1), (4, 2), (5, 2), (6, 3), (7, 3), (10, 5)])
def test_the_limit_is_half_the_range_rounded_up(highest: int, points: int) -> None:
    assert limit(highest) == points


@pytest.mark.parametrize(
    ("one", "other", "gaps"),
    [
        (marks(3, 5), marks(4, 9), ()),
        (marks(3, 5), marks(5, 9), (Gap(7, 3, 5, 2),)),
        (marks(3, 1), marks(4, 6), (Gap(8, 1, 6, 5),)),
        (marks(5, 10), marks(1, 2), (Gap(7, 1, 5, 2), Gap(8, 2, 10, 5))),
    ],
)
def test_criteria_far_apart_are_named_with_their_distance(one: Marks, other: Marks, gaps: tuple) -> None:
    found = disagreement(MEASURES, [one, other])

    assert found.gaps == gaps
    assert [gap.apart for gap in found.gaps] == [gap.highest - gap.lowest for gap in gaps]
    assert found.third_wanted is bool(gaps)


@pytest.mark.parametrize(
    ("score", "wanted"), [("79.999", False), ("80", True), ("20", True), ("20.001", False)]
)
def test_scores_thirty_apart_want_a_third_reading_without_any_gap(score: str, wanted: bool) -> None:
    found = disagreement(MEASURES, [marks(3, 5), marks(3, 5, score)])

    assert found.gaps == ()
    assert found.apart == abs(50 - Decimal(score))
    assert found.third_wanted is wanted


def test_two_of_three_who_differ_are_a_disagreement_and_no_reason_for_a_fourth() -> None:
    found = disagreement(MEASURES, [marks(3, 5), marks(4, 5), marks(5, 5)])

    assert found.gaps == (Gap(7, 3, 5, 2),)
    assert found.found
    assert not found.third_wanted


@pytest.mark.parametrize("readings", [[], [marks(1, 1)], [marks(1, 1), Marks({}, Decimal(50))]])
def test_what_only_one_person_judged_is_not_disputed(readings: list[Marks]) -> None:
    assert not disagreement(MEASURES, readings).found


points = st.builds(marks, st.integers(1, 5), st.integers(1, 10), st.integers(0, 100).map(str))


@given(st.lists(points, max_size=4))
def test_it_is_a_disagreement_exactly_when_some_pair_is_one(readings: list[Marks]) -> None:
    pairwise = any(disagreement(MEASURES, [one, other]).found for one in readings for other in readings)

    assert disagreement(MEASURES, readings).found is pairwise
    assert disagreement(MEASURES, readings[::-1]).gaps == disagreement(MEASURES, readings).gaps


def simulated(
    leaning: Callable[[int, float], float], *, applications: int = 200, noise: float = 6, seed: int = 4
) -> list[Reading]:
    """Eight reviewers read in one order; `leaning` of a reviewer when so much of the round is over.

    Applications become 20 points stronger on the way, which is nobody's drift.
    """
    dice = random.Random(seed)
    found = []
    for application in range(applications):
        over = application / applications
        quality = 45 + 20 * over + dice.gauss(0, 6)
        for reviewer in dice.sample(range(8), 3):
            score = quality + leaning(reviewer, over) + dice.gauss(0, noise)
            found.append(Reading(application, reviewer, Decimal(min(100.0, max(0.0, score)))))
    return found


def test_who_becomes_severe_half_way_is_the_only_one_alerted() -> None:
    readings = simulated(lambda reviewer, over: -22.0 if reviewer == 2 and over > 0.5 else 0.0)

    found = drifts(readings)

    assert [reviewer for reviewer, drift in found.items() if drift.alert] == [2]
    assert found[2].change == pytest.approx(-22, abs=5)


def test_steady_severity_is_no_drift() -> None:
    found = drifts(simulated(lambda reviewer, over: 6.0 * (reviewer - 3.5)))

    assert not any(drift.alert for drift in found.values())
    assert all(abs(drift.change) < 8 for drift in found.values())
    assert found[0].earlier < -15 < 15 < found[7].later


def test_a_small_change_is_seen_and_not_alerted_until_the_limit_says_so() -> None:
    readings = simulated(lambda reviewer, over: 9.0 if reviewer == 5 and over > 0.5 else 0.0)

    assert not drifts(readings)[5].alert
    assert drifts(readings, limit=Decimal(5))[5].alert


def test_a_large_change_within_twice_its_error_is_chance() -> None:
    """Five and five, thrown about by 30 points: the halves differ by 16 and their error is greater than 8."""
    mine = [80, 20, 70, 30, 50, 100, 40, 90, 36, 64]
    readings = [Reading(number, 1, Decimal(score)) for number, score in enumerate(mine)]
    readings += [Reading(number, 2, Decimal(50)) for number in range(10)]

    found = drifts(readings)[1]

    assert found.change == pytest.approx(16)
    assert found.error > 8
    assert not found.alert


def test_drift_needs_five_shared_readings_in_each_half() -> None:
    pair = [Reading(number, reviewer, Decimal(50)) for number in range(9) for reviewer in (1, 2)]
    unshared = [Reading(100 + number, 1, Decimal(90)) for number in range(30)]

    found = drifts([*pair, *unshared])

    assert (found[1].readings, found[1].change, found[1].alert) == (9, None, False)
    assert drifts([*pair, *unshared, Reading(9, 1, Decimal(50)), Reading(9, 2, Decimal(50))])[1].change == 0
