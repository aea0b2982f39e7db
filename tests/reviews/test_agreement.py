"""Agreement equals what was published, what brute force finds, and what must hold of any such figure."""

import json
import random
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from apps.reviews.rules.agreement import Level, Unknown, Verdict, alpha, verdict
from apps.reviews.rules.icc import icc_complete, icc_one_way
from tests.reviews.independent import alpha_by_pairs, icc_by_anova, icc_one_way_by_variances

PUBLISHED = json.loads((Path(__file__).parent / "vectors" / "agreement.json").read_text())
KRIPPENDORFF, SHROUT_FLEISS = PUBLISHED["krippendorff"], PUBLISHED["shrout_fleiss"]
FORMS = ("one_single", "two_single", "three_single", "one_mean", "two_mean", "three_mean")

levels = st.sampled_from(Level)
units = st.lists(st.lists(st.none() | st.integers(1, 5), max_size=5), max_size=12)
tables = st.integers(2, 5).flatmap(
    lambda k: st.lists(st.lists(st.integers(1, 5), min_size=k, max_size=k), min_size=2, max_size=8)
)


@pytest.mark.parametrize("level", Level)
def test_alpha_equals_krippendorffs_own_example(level: Level) -> None:
    found = alpha(list(zip(*KRIPPENDORFF["data"], strict=True)), level)

    assert found.value == pytest.approx(KRIPPENDORFF[level], abs=1e-6)
    assert (found.units, found.marks) == (11, 40)


@settings(deadline=None)  # numpy's first call takes its time
@given(units, levels)
def test_alpha_equals_the_matrix_of_coincidences(marks: list, level: Level) -> None:
    found = alpha(marks, level)

    expected = alpha_by_pairs(marks, level)
    assert (found.value is None) == (expected is None)
    assert found.value == pytest.approx(expected, abs=1e-9)


@given(units, levels)
def test_there_is_a_figure_of_at_most_one_or_a_reason(marks: list, level: Level) -> None:
    found = alpha(marks, level)

    assert (found.value is None) == (found.unknown is not None) == (found.verdict is None)
    assert found.value is None or found.value <= 1


@given(st.lists(st.integers(1, 5), min_size=2), st.integers(2, 7), levels)
def test_readers_who_always_agree_have_alpha_one(points: list[int], readers: int, level: Level) -> None:
    assume(len(set(points)) > 1)

    found = alpha([[point] * readers for point in points], level)

    assert found.value == 1
    assert found.verdict is Verdict.GOOD


@given(units, levels, st.randoms(use_true_random=False))
def test_neither_the_order_of_readers_nor_of_applications_matters(
    marks: list, level: Level, order: random.Random
) -> None:
    shuffled = [order.sample(unit, len(unit)) for unit in order.sample(marks, len(marks))]

    assert alpha(shuffled, level).value == pytest.approx(alpha(marks, level).value, abs=1e-12)


@given(units)
def test_each_level_looks_at_no_more_than_it_says(marks: list) -> None:
    """Nominal bears any renaming, ordinal any stretching, interval another unit and origin."""
    renamed = [[mark and {1: 4, 2: 1, 3: 5, 4: 2, 5: 3}[mark] for mark in unit] for unit in marks]
    stretched = [[mark and mark**3 for mark in unit] for unit in marks]
    moved = [[mark and Decimal("12.5") * mark - 40 for mark in unit] for unit in marks]

    for level, other in (
        (Level.NOMINAL, renamed),
        (Level.ORDINAL, stretched),
        (Level.INTERVAL, moved),
    ):
        assert alpha(other, level).value == pytest.approx(alpha(marks, level).value, abs=1e-9)


@given(units, st.integers(1, 5), levels)
def test_what_only_one_person_read_says_nothing_of_agreement(marks: list, mark: int, level: Level) -> None:
    assert alpha([*marks, [mark], [None, mark, None], []], level) == alpha(marks, level)


@pytest.mark.parametrize("level", Level)
def test_marks_by_chance_have_alpha_near_nought(level: Level) -> None:
    dice = random.Random(20240)
    marks = [[dice.randint(1, 5) for _ in range(3)] for _ in range(4000)]

    assert alpha(marks, level).value == pytest.approx(0, abs=0.03)


def test_as_many_different_scores_as_readings_are_borne() -> None:
    """A matrix of all pairs of 30,000 different scores would have 900 million cells."""
    dice = random.Random(6)
    scores = iter(dice.sample(range(100_000), 30_000))
    marks = [[Decimal(next(scores)) / 1000 for _ in range(3)] for _ in range(10_000)]

    found = alpha(marks, Level.INTERVAL)

    assert found.value == pytest.approx(0, abs=0.03)
    assert (found.units, found.marks) == (10_000, 30_000)


@pytest.mark.parametrize(
    ("marks", "unknown"),
    [
        ([], Unknown.TOO_FEW),
        ([[1], [None, 4], []], Unknown.TOO_FEW),
        ([[3, 3], [3, 3, 3], [5]], Unknown.NO_VARIATION),
    ],
)
def test_it_says_why_there_is_no_alpha(marks: list, unknown: Unknown) -> None:
    found = alpha(marks, Level.ORDINAL)

    assert (found.value, found.unknown, found.verdict) == (None, unknown, None)


def test_a_mark_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="finite"):
        alpha([[1, float("nan")]], Level.INTERVAL)


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (1, Verdict.GOOD),
        (0.8, Verdict.GOOD),
        (0.7999, Verdict.TENTATIVE),
        (0.667, Verdict.TENTATIVE),
        (0.6669, Verdict.RECALIBRATE),
        (-0.2, Verdict.RECALIBRATE),
    ],
)
def test_the_verdict_changes_at_the_published_limits(value: float, word: Verdict) -> None:
    assert verdict(value) is word


@pytest.mark.parametrize("form", [form for form in FORMS if form in SHROUT_FLEISS])
def test_icc_equals_shrout_and_fleiss(form: str) -> None:
    found = icc_complete(SHROUT_FLEISS["data"])

    assert getattr(found, form) == pytest.approx(SHROUT_FLEISS[form], abs=1e-6)


@settings(deadline=None)  # numpy's first call takes its time
@given(tables)
def test_icc_equals_an_analysis_of_variance(table: list) -> None:
    found = icc_complete(table)

    forms = {form: getattr(found, form) for form in FORMS if getattr(found, form) is not None}
    assert forms == pytest.approx(icc_by_anova(table), rel=1e-6, abs=1e-9)


@pytest.mark.parametrize(
    ("table", "unknown"),
    [
        ([], Unknown.TOO_FEW),
        ([[1, 2]], Unknown.TOO_FEW),
        ([[1], [2]], Unknown.TOO_FEW),
        ([[3, 3], [3, 3]], Unknown.NO_VARIATION),
    ],
)
def test_it_says_why_there_is_no_icc(table: list, unknown: Unknown) -> None:
    assert icc_complete(table).unknown is unknown
    assert icc_one_way(table).unknown is unknown


def test_a_form_without_denominator_is_none_and_the_others_stay() -> None:
    found = icc_complete([[1, 3], [3, 1], [2, 2]])

    assert found.one_mean is None
    assert found.three_mean is None
    assert found.one_single == -1


def test_a_table_with_gaps_is_refused() -> None:
    with pytest.raises(ValueError, match="gaps"):
        icc_complete([[1, 2], [1]])


@given(tables)
def test_one_way_of_a_full_table_is_shrout_and_fleisss_first_form(table: list) -> None:
    one, full = icc_one_way(table), icc_complete(table)

    assert one.unknown == full.unknown
    assert [one.single is None, one.mean is None] == [full.one_single is None, full.one_mean is None]
    assert (one.single or 0) == pytest.approx(full.one_single or 0, abs=1e-9)
    assert (one.mean or 0) == pytest.approx(full.one_mean or 0, rel=1e-6, abs=1e-9)


@settings(deadline=None)  # numpy's first call takes its time
@given(st.lists(st.lists(st.integers(0, 100), min_size=1, max_size=5), min_size=2, max_size=10))
def test_one_way_with_unequal_readers_equals_the_components_of_variance(marks: list) -> None:
    found = icc_one_way(marks)

    figures = {"single": found.single, "mean": found.mean, "readers": found.readers}
    known = {name: figure for name, figure in figures.items() if figure is not None}
    assert known == pytest.approx(icc_one_way_by_variances(marks), rel=1e-6, abs=1e-9)


def test_one_way_recovers_the_share_that_lies_between_applications() -> None:
    """Applications vary with 12, readings with 9: 144 / (144 + 81) = 0.64 of one reading is the application."""
    dice = random.Random(7)
    marks = [
        [quality + dice.gauss(0, 9) for _ in range(dice.randint(1, 4))]
        for quality in (dice.gauss(60, 12) for _ in range(3000))
    ]

    assert icc_one_way(marks).single == pytest.approx(0.64, abs=0.03)
