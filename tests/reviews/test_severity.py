"""Known biases are found again, corrections stay within their cap, and nobody's order turns round."""

import random
from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise
from statistics import fmean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.reviews.rules.severity import CAP, Method, Severity, adjusted, severities
from apps.reviews.rules.two_way import Reading, leanings
from tests.reviews.independent import adjusted_by_definition, differences_by_lstsq

whole_scores = st.integers(0, 100_000).map(lambda thousandths: Decimal(thousandths) / 1000)
pairs = st.dictionaries(st.tuples(st.integers(1, 20), st.integers(1, 6)), whole_scores, max_size=60)
rounds = pairs.map(lambda found: [Reading(*pair, score) for pair, score in found.items()])


def simulated(
    bias: Mapping[int, float], *, applications: int, each: int = 3, noise: float = 6, seed: int = 11
) -> list[Reading]:
    dice = random.Random(seed)
    found = []
    for application in range(applications):
        quality = dice.gauss(50, 8)
        for reviewer in dice.sample(sorted(bias), each):
            score = quality + bias[reviewer] + dice.gauss(0, noise)
            found.append(Reading(application, reviewer, as_score(score)))
    return found


def as_score(score: float) -> Decimal:
    return Decimal(min(100.0, max(0.0, score))).quantize(Decimal("0.001"))


BIAS = {1: -20.0, 2: -9.0, 3: -4.0, 4: 0.0, 5: 0.0, 6: 3.0, 7: 10.0, 8: 20.0}


def test_simulated_biases_are_recovered_to_two_points() -> None:
    readings = simulated(BIAS, applications=240)

    found = severities(readings)

    for reviewer, bias in BIAS.items():
        assert found[reviewer].difference == pytest.approx(Decimal(bias), abs=2)


def test_a_full_round_is_recovered_to_three_points() -> None:
    """Ten thousand applications, three readings each, two hundred reviewers."""
    dice = random.Random(8)
    bias = {reviewer: dice.gauss(0, 7) for reviewer in range(200)}

    found = severities(simulated(bias, applications=10_000))

    middle = fmean(bias.values())
    assert max(abs(float(found[each].difference) - bias[each] + middle) for each in bias) < 3


def test_a_correction_is_the_difference_within_an_eighth_of_the_scale() -> None:
    found = severities(simulated(BIAS, applications=240))

    assert found[1].correction == -CAP
    assert found[8].correction == CAP
    assert all(found[reviewer].correction == found[reviewer].difference for reviewer in (2, 3, 4, 5, 6, 7))


def test_severe_companions_do_not_make_anybody_look_mild() -> None:
    """1 to 3 are severe and nearly always together; the plain difference of 4 would be some 12 points off."""
    bias = {1: -16.0, 2: -16.0, 3: -16.0, 4: 0.0, 5: 0.0, 6: 0.0, 7: 0.0}
    dice = random.Random(5)
    readings = []
    for application in range(210):
        among = [1, 2, 3, 4] if application % 7 else sorted(bias)
        quality = dice.gauss(55, 6)
        readings += [
            Reading(application, reviewer, as_score(quality + bias[reviewer] + dice.gauss(0, 4)))
            for reviewer in dice.sample(among, 3)
        ]

    found = severities(readings)

    assert abs(plain_difference(readings, 4)) > 10
    assert found[4].difference - found[1].difference == pytest.approx(16, abs=2)
    assert found[4].difference - found[6].difference == pytest.approx(0, abs=3)


def plain_difference(readings: list[Reading], reviewer: int) -> float:
    """Own mean less the pooled mean of the others on the shared applications."""
    mine = {each.application: each.score for each in readings if each.reviewer == reviewer}
    others = [each.score for each in readings if each.application in mine and each.reviewer != reviewer]
    return fmean(mine.values()) - fmean(others)


def test_adjusted_scores_are_nearer_to_the_quality_than_raw_ones() -> None:
    bias = {reviewer: 3.0 * (reviewer % 7 - 3) for reviewer in range(20)}
    truth = adjusted(simulated(dict.fromkeys(bias, 0.0), applications=300, noise=0), {})
    readings = simulated(bias, applications=300)

    raw, better = adjusted(readings, {}), adjusted(readings, severities(readings))

    def error(scores: Mapping[int, Decimal]) -> float:
        middle = fmean(scores[each] - truth[each] for each in truth)
        return fmean((float(scores[each] - truth[each]) - middle) ** 2 for each in truth)

    assert error(better) < 0.8 * error(raw)


@settings(deadline=None)  # numpy's first call takes its time
@given(rounds)
def test_leanings_are_the_least_squares_of_a_dense_matrix(readings: list[Reading]) -> None:
    found, expected = leanings(readings), differences_by_lstsq(readings)

    assert found.keys() == expected.keys()
    assert found == pytest.approx(expected, abs=1e-6)


@settings(deadline=None)  # numpy's first call takes its time
@given(rounds)
def test_adjusted_scores_follow_their_definition(readings: list[Reading]) -> None:
    expected = adjusted_by_definition(readings, differences_by_lstsq(readings))

    found = adjusted(readings, severities(readings))

    assert {each: float(score) for each, score in found.items()} == pytest.approx(expected, abs=2e-3)


def test_a_long_chain_of_reviewers_is_solved_as_well_as_a_mixed_round() -> None:
    """Each shares one application with the next only: a leaning has to travel from end to end."""
    dice = random.Random(3)
    readings = [
        Reading(link, link + end, Decimal(dice.randint(0, 100))) for link in range(150) for end in (0, 1)
    ]

    found = leanings(readings)

    for link in range(150):
        first, second = readings[2 * link : 2 * link + 2]
        assert found[link + 1] - found[link] == pytest.approx(float(second.score - first.score), abs=1e-6)


@given(rounds, st.randoms(use_true_random=False))
def test_the_order_of_readings_changes_nothing(readings: list[Reading], order: random.Random) -> None:
    assert severities(order.sample(readings, len(readings))) == severities(readings)


@given(rounds)
def test_no_application_moves_by_more_than_the_cap_or_off_the_scale(readings: list[Reading]) -> None:
    raw, found = adjusted(readings, {}), severities(readings)

    after = adjusted(readings, found)

    assert after.keys() == raw.keys()
    assert all(abs(after[each] - raw[each]) <= CAP for each in raw)
    assert all(0 <= score <= 100 for score in after.values())
    assert all(abs(each.correction) <= CAP for each in found.values())


@given(rounds)
def test_mean_leaning_is_nought_over_the_shared_readings(readings: list[Reading]) -> None:
    shared = defaultdict(list)
    for reading in readings:
        shared[reading.application].append(reading.reviewer)
    found = leanings(readings)

    weights = [reviewer for reviewers in shared.values() if len(reviewers) > 1 for reviewer in reviewers]

    assert sum(found[reviewer] for reviewer in weights) == pytest.approx(0, abs=1e-6)


def alone(count: int, *, width: int, base: int, reviewer: int = 1, first: int = 0) -> list[Reading]:
    """Scores that go round from `base` in steps of 10, each application read by this reviewer alone."""
    return [
        Reading(first + number, reviewer, Decimal(base + 10 * (number % width))) for number in range(count)
    ]


def test_who_shares_nothing_is_corrected_only_by_a_z_score() -> None:
    few = alone(14, width=4, base=10)
    many = alone(16, width=4, base=60, reviewer=2, first=100)

    found = severities([*few, *many])

    assert (found[1].method, found[1].difference, found[1].correction) == (Method.NONE, None, 0)
    assert found[2].method is Method.Z_SCORE
    assert found[2].difference == found[2].mean - 51
    assert found[2].correction == CAP


def test_fifteen_readings_left_to_chance_have_a_z_score() -> None:
    readings = [*alone(15, width=5, base=40), *alone(15, width=5, base=40, reviewer=2)]

    by_chance = severities(readings)
    by_hand = severities(readings, chosen={(0, 1)})

    assert by_chance[1].method is Method.Z_SCORE
    assert (by_hand[1].method, by_hand[2].method) == (Method.ADDITIVE, Method.Z_SCORE)


def test_a_z_score_widens_who_uses_little_of_the_scale() -> None:
    """The same applications, 20 apart for one and 10 apart for the other, equal on the mean."""
    narrow = [Reading(number, 1, Decimal(40 + 10 * (number % 3))) for number in range(15)]
    wide = [Reading(number, 2, Decimal(30 + 20 * (number % 3))) for number in range(15)]

    found = severities([*narrow, *wide])
    after = adjusted(narrow, found)

    assert found[1].stretch == pytest.approx(Decimal("1.581139"))
    assert found[2].stretch == pytest.approx(Decimal("0.790569"))
    assert [after[0], after[1], after[2]] == [Decimal("34.189"), Decimal("50.000"), Decimal("65.811")]


@given(st.lists(whole_scores, min_size=16, max_size=16), st.lists(whole_scores, min_size=16, max_size=16))
def test_a_z_score_never_turns_a_reviewers_order_round(mine: list[Decimal], other: list[Decimal]) -> None:
    own = [Reading(number, 1, score) for number, score in enumerate(mine)]
    found = severities(own + [Reading(number, 2, score) for number, score in enumerate(other)])

    after = adjusted(own, found)

    ordered = sorted(own, key=lambda each: each.score)
    assert all(after[low.application] <= after[high.application] for low, high in pairwise(ordered))


@pytest.mark.parametrize(("step", "stretch"), [("0.001", "2"), ("60", "0.5")])
def test_a_stretch_is_at_most_double_and_at_least_half(step: str, stretch: str) -> None:
    own = [Reading(number, 1, 20 + Decimal(step) * (number % 2)) for number in range(16)]
    others = [Reading(100 + number, 2 + number % 4, Decimal(50 + number % 16)) for number in range(60)]

    assert severities([*own, *others])[1].stretch == Decimal(stretch)


def test_who_gives_everybody_the_same_has_no_z_score() -> None:
    same = [Reading(number, 1, Decimal("33.333")) for number in range(20)]
    other = [Reading(number, 2, Decimal(number)) for number in range(20)]

    found = severities([*same, *other])[1]

    assert (found.method, found.spread, found.stretch) == (Method.ADDITIVE, Decimal("0.000"), 1)


def test_one_reading_has_a_difference_and_no_spread() -> None:
    found = severities([Reading(1, 1, Decimal(70)), Reading(1, 2, Decimal(60))])

    assert found[1] == Severity(
        1, 1, Decimal("70.000"), None, Decimal("5.000"), Decimal("5.000"), Method.ADDITIVE
    )
    assert found[2].difference == Decimal("-5.000")


def test_groups_that_share_no_application_are_each_put_to_the_middle() -> None:
    low = [Reading(1, 1, Decimal(10)), Reading(1, 2, Decimal(20))]
    high = [Reading(2, 3, Decimal(90)), Reading(2, 4, Decimal(80))]

    found = severities([*low, *high])

    assert [found[each].difference for each in (1, 2, 3, 4)] == [-5, 5, 5, -5]


def test_no_readings_have_no_severity() -> None:
    assert severities([]) == {}
    assert adjusted([], {}) == {}


@pytest.mark.parametrize(
    ("readings", "words"),
    [
        ([Reading(1, 1, Decimal("100.001"))], "outside"),
        ([Reading(1, 1, Decimal(-1))], "outside"),
        ([Reading(1, 1, Decimal(5)), Reading(1, 1, Decimal(6))], "twice"),
    ],
)
def test_impossible_readings_are_refused(readings: list[Reading], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        severities(readings)
