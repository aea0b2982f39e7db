"""Shares, conversion, parity and completion from the told figures of a sheet; quarters; criteria of markers."""

import csv
from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.inclusion.rules.comparing import adjusted_parity, difference, is_parity, parity
from apps.inclusion.rules.conversion import conversions
from apps.inclusion.rules.definition_rows import BadRow, read_rows
from apps.inclusion.rules.fairness import Sample
from apps.inclusion.rules.indicators import FROM_A_SHEET, Blank, ended_rate, measures
from apps.inclusion.rules.markers import ASKED, criteria_of, missing
from apps.inclusion.rules.quarters import from_here, in_words, is_last_day, last_day
from apps.inclusion.rules.shares import wilson
from apps.inclusion.selectors.sheets import Place, Sheet, Told
from apps.inclusion.services.definitions import SHIPPED, WORDS
from tests.factories.inclusion import Groups, split

samples = st.integers(1, 400).flatmap(lambda total: st.builds(Sample, st.integers(0, total), st.just(total)))


def sheet(stages: Mapping[str, Groups]) -> Sheet:
    figures: dict[Place, Told] = {
        (stage, *place): Told(value) for stage, groups in stages.items() for place, value in groups.items()
    }
    return Sheet("program", "ai", figures)


def women_and_men(women: int | None, men: int | None, silent: int | None = 0) -> Groups:
    everyone = sum(each or 0 for each in (women, men, silent))
    return {("", ""): everyone, **split("gender", women, men, silent), ("gender", "man"): men}


# Newcombe (1998), table II, method 10: the eight contrasts of the paper.
@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_the_interval_of_a_difference_is_that_of_newcombe(
    one: tuple[int, int], other: tuple[int, int], low: float, high: float
) -> None:
    found = difference(Sample(*one), Sample(*other))

    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)


@given(samples, samples)
def test_a_difference_lies_in_its_interval_and_turns_with_the_groups(one: Sample, other: Sample) -> None:
    found, turned = difference(one, other), difference(other, one)

    assert -1 <= found.low <= found.value + 1e-12
    assert found.value <= found.high + 1e-12 <= 1 + 1e-12
    assert (turned.low, turned.high) == pytest.approx((-found.high, -found.low))


@given(samples)
def test_a_group_does_not_differ_from_itself(group: Sample) -> None:
    assert difference(group, group).may_be_chance


@pytest.mark.parametrize(
    ("count", "total", "interval"),
    [
        (0, 10, (0.0, 0.277533)),
        (1, 10, (0.017876, 0.40415)),
        (10, 10, (0.722467, 1.0)),
        (48, 80, (0.490455, 0.700382)),
        (12, 60, (0.118285, 0.317818)),
    ],
)
def test_wilson_equals_the_vectors(count: int, total: int, interval: tuple[float, float]) -> None:
    assert wilson(count, total) == pytest.approx(interval, abs=1e-6)


@pytest.mark.parametrize(
    ("group", "reference", "index", "adjusted"),
    [(40, 50, 0.8, 0.8), (50, 50, 1, 1), (60, 50, 1.2, 1.166667), (100, 50, 2, 1.5), (49, 50, 0.98, 0.98)],
)
def test_parity_equals_the_vectors(group: int, reference: int, index: float, adjusted: float) -> None:
    found = parity(Sample(group, 100), Sample(reference, 100))

    assert found == pytest.approx(index)
    assert adjusted_parity(found or 0) == pytest.approx(adjusted, abs=1e-6)
    assert is_parity(found or 0) == (0.97 <= index <= 1.03)


@given(samples, samples)
def test_adjusted_parity_lies_from_0_to_2_and_as_far_from_1_whichever_group_is_ahead(
    one: Sample, other: Sample
) -> None:
    found, turned = parity(one, other), parity(other, one)

    assert (found is None) == (other.count == 0)
    if found and turned:
        assert 0 <= adjusted_parity(found) <= 2
        assert adjusted_parity(found) - 1 == pytest.approx(1 - adjusted_parity(turned))


def test_a_sheet_tells_shares_rates_and_parity() -> None:
    told = measures(
        sheet(
            {
                "applied": women_and_men(200, 200),
                "offered": women_and_men(80, 120),
                "enrolled": women_and_men(60, 100, 5) | split("age", 90, 60, 15),
                "completed": women_and_men(30, 40),
            }
        )
    )

    assert (told["OUT-APP"].value, told["OUT-ENR"].value, told["OUT-COMP"].value) == (400, 165, 70)
    assert told["OUT-SHARE-W"].value == pytest.approx(37.5)
    assert (told["OUT-SHARE-W"].count, told["OUT-SHARE-W"].base) == (60, 160)
    assert told["OUT-SHARE-Y"].value == pytest.approx(60)
    assert told["OUT-DONE"].value == pytest.approx(100 * 70 / 165)
    assert told["CONV-OFFERED"].value == pytest.approx(50)
    assert told["SDG-4.5.1-W"].value == pytest.approx((30 / 60) / (40 / 100))
    assert told["SDG-4.5.1-adj-W"].value == pytest.approx(2 - 1 / 1.25)
    assert told["OUT-SHARE-R"].blank == Blank.HIDDEN
    assert told["OUT-RATE"].blank == Blank.NOT_COUNTED


def test_parity_compares_women_with_men_and_not_with_everybody_else() -> None:
    enrolled = women_and_men(60, 100) | {("gender", "man"): 90}
    completed = women_and_men(30, 45) | {("gender", "man"): 45}

    told = measures(sheet({"enrolled": enrolled, "completed": completed}))

    assert told["SDG-4.5.1-W"].value == pytest.approx(1)


@pytest.mark.parametrize(
    ("enrolled", "completed", "blank"),
    [
        ((60, None, 0), (30, None, 0), Blank.HIDDEN),
        ((5, 100, 0), (5, 40, 0), Blank.TOO_FEW),
        ((60, 0, 0), (30, 0, 0), Blank.TOO_FEW),
        ((60, 100, 120), (30, 40, 60), Blank.TOO_SILENT),
        ((60, 100, 0), (30, 0, 0), Blank.NO_REFERENCE),
        ((10, 10, 0), (5, 10, 0), ""),
    ],
)
def test_parity_is_blank_rather_than_misleading(
    enrolled: tuple[int | None, int | None, int], completed: tuple[int | None, int | None, int], blank: str
) -> None:
    told = measures(sheet({"enrolled": women_and_men(*enrolled), "completed": women_and_men(*completed)}))

    assert told["SDG-4.5.1-W"].blank == blank
    assert (told["SDG-4.5.1-W"].value is None) == bool(blank)


@pytest.mark.parametrize(
    ("women", "men", "silent", "blank", "needs_care"),
    [
        (5, 10, 0, Blank.TOO_FEW, False),
        (60, 60, 100, Blank.TOO_SILENT, False),
        (60, 60, 40, "", True),
        (60, 60, 10, "", False),
        (None, 60, 0, Blank.HIDDEN, False),
    ],
)
def test_a_share_says_why_there_is_none_or_asks_for_care(
    women: int | None, men: int, silent: int, blank: str, needs_care: bool
) -> None:
    told = measures(sheet({"enrolled": women_and_men(women, men, silent)}))["OUT-SHARE-W"]

    assert (told.blank, told.needs_care) == (blank, needs_care)


def test_conversion_by_group_has_intervals_and_the_gap_to_the_others_in_points() -> None:
    steps = conversions(
        sheet({"applied": women_and_men(80, 70), "offered": women_and_men(48, 56), "enrolled": {}})
    )

    offered = next(each for each in steps if (each.dimension, each.after) == ("gender", "offered"))
    assert offered.group.value == pytest.approx(60)
    assert offered.group.interval == pytest.approx((49.0455, 70.0382), abs=1e-4)
    assert offered.others.value == pytest.approx(80)
    assert offered.gap is not None
    assert (offered.gap.value, offered.gap.low, offered.gap.high) == pytest.approx(
        (-20, -33.39, -5.24), abs=0.01
    )
    enrolled = next(each for each in steps if (each.dimension, each.after) == ("gender", "enrolled"))
    assert (enrolled.group.blank, enrolled.gap) == (Blank.HIDDEN, None)


def test_groups_are_not_compared_where_many_are_silent_or_few_began() -> None:
    silent = conversions(sheet({"applied": women_and_men(40, 40, 80), "offered": women_and_men(20, 20, 40)}))
    few = conversions(sheet({"applied": women_and_men(15, 40), "offered": women_and_men(10, 20)}))

    assert (silent[0].group.blank, silent[0].gap) == (Blank.TOO_SILENT, None)
    assert (few[0].group.blank, few[0].others.blank, few[0].gap) == (Blank.TOO_FEW, "", None)


def test_the_completion_rate_of_ended_intakes_counts_who_left_and_who_is_late() -> None:
    one = sheet({"enrolled": {("", ""): 40}, "completed": {("", ""): 30}})
    two = sheet({"enrolled": {("", ""): 60}, "completed": {("", ""): 20}})
    hidden = sheet({"enrolled": {("", ""): 10}, "completed": {("", ""): None}})

    assert ended_rate([one, two]).value == pytest.approx(50)
    assert ended_rate([one, hidden]).blank == Blank.HIDDEN
    assert ended_rate([]).blank == Blank.NOT_COUNTED


counts = st.none() | st.integers(0, 60).map(lambda number: 5 * number)


@given(st.lists(counts, min_size=16, max_size=16))
def test_no_figures_break_a_measure(values: list[int | None]) -> None:
    stages = ("applied", "offered", "enrolled", "completed")
    places = [("", ""), ("gender", "woman"), ("gender", "man"), ("gender", "not_stated")]
    told = {
        stage: dict(zip(places, values[4 * number : 4 * number + 4], strict=True))
        | {("gender", "other"): values[4 * number + 2]}
        for number, stage in enumerate(stages)
    }
    found = measures(sheet(told))

    assert set(found) == {*FROM_A_SHEET, "OUT-RATE"}
    for code, each in found.items():
        assert (each.value is None) == bool(each.blank), code
        if each.interval and each.value is not None:
            assert 0 <= each.interval[0] <= each.value + 1e-9 <= each.interval[1] + 2e-9 <= 100 + 2e-9
    assert len(conversions(sheet(told))) == 12


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_a_quarter_ends_once_and_holds_its_days(day: date) -> None:
    last = last_day(day)

    assert day <= last
    assert is_last_day(last)
    assert (last.month - 1) // 3 == (day.month - 1) // 3
    assert last == day or not is_last_day(day)


def test_quarters_before_and_after() -> None:
    found = from_here(date(2026, 11, 26), before=1, after=2)

    assert found == [date(2026, 9, 30), date(2026, 12, 31), date(2027, 3, 31), date(2027, 6, 30)]
    assert in_words(found[0]) == "2026-Q3"


def test_a_higher_score_asks_all_that_a_lower_one_asks() -> None:
    for marker in ASKED:
        everything = criteria_of(marker)
        assert missing(marker, 0, []) == ()
        assert set(missing(marker, 1, [])) < set(missing(marker, 2, [])) == set(everything)
        assert missing(marker, 2, everything) == ()


def test_every_measure_has_a_definition_in_the_shipped_file() -> None:
    texts = [file.read_text(encoding="utf-8").splitlines() for file in SHIPPED]
    rows = [row for lines in texts for row in read_rows(csv.DictReader(lines), WORDS)]
    by_code = {row.code: row.says for row in rows}

    assert {*FROM_A_SHEET, "OUT-RATE"} <= set(by_code)
    assert not any(says["is_confirmed"] for says in by_code.values() if says["standard"] == "US F")


ROW = {
    "code": "X-1",
    "standard": "ours",
    "name": "Something",
    "unit": "percent",
    "direction": "up",
    "level": "output",
    "confirmed": "no",
    "valid_from": "2026-01-01",
}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "row 2: name is empty"),
        ({"unit": "cows"}, "row 2: unit cannot be cows"),
        ({"confirmed": "maybe"}, "row 2: confirmed cannot be maybe"),
        ({"valid_from": "soon"}, "row 2: valid_from is no day"),
        ({"code": "X" * 41}, "row 2: code is longer"),
        ({"direction": None}, "row 2: direction is empty"),
    ],
)
def test_a_row_that_cannot_be_read_says_where(change: dict[str, str | None], words: str) -> None:
    with pytest.raises(BadRow, match=words):
        read_rows([{**ROW, **change}], WORDS)
