"""Rates, ratios and tests equal an independent computation; labels follow from them."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import fisher_exact, norm

from apps.inclusion.rules.fairness import (
    Sample,
    adjusted,
    fisher,
    holm,
    impact_ratio,
    needs_exact_test,
    p_of_z,
    p_value,
    z_score,
)
from apps.inclusion.rules.shares import wilson
from apps.inclusion.rules.telling import Class, Range, Table
from apps.inclusion.rules.verdicts import Label, Verdict, judge

VECTORS = json.loads((Path(__file__).parent / "vectors" / "fairness.json").read_text())
PAIRS = VECTORS["impact_ratio"]
samples = st.integers(1, 400).flatmap(lambda n: st.builds(Sample, st.integers(0, n), st.just(n)))


@pytest.mark.parametrize("vector", VECTORS["wilson"], ids=str)
def test_wilson_equals_the_vectors(vector: dict) -> None:
    assert wilson(vector["x"], vector["n"]) == pytest.approx(vector["ci95"], abs=1e-6)


@pytest.mark.parametrize("vector", PAIRS, ids=str)
def test_ratio_interval_and_tests_equal_the_vectors(vector: dict) -> None:
    group, reference = Sample(*vector["group"]), Sample(*vector["reference"])

    ratio = impact_ratio(group, reference)
    z = z_score(group, reference)

    assert (group.rate, reference.rate) == pytest.approx((vector["rate_group"], vector["rate_ref"]))
    assert (ratio.value, ratio.low, ratio.high) == pytest.approx(vector["ratio_katz95"], abs=1e-6)
    assert fisher(group, reference) == pytest.approx(vector["fisher_p_two_sided"], abs=1e-6)
    assert (z, p_of_z(z)) == pytest.approx(vector["z_and_p"], abs=1e-6)


@settings(max_examples=200, deadline=None)
@given(samples, samples)
def test_fisher_in_whole_numbers_equals_scipy(group: Sample, reference: Sample) -> None:
    table = [[each.count, each.total - each.count] for each in (group, reference)]

    assert fisher(group, reference) == pytest.approx(fisher_exact(table).pvalue, rel=1e-9, abs=1e-12)


@given(st.floats(-8, 8))
def test_the_p_of_a_z_equals_scipy(z: float) -> None:
    assert p_of_z(z) == pytest.approx(2 * norm.sf(abs(z)), rel=1e-9, abs=1e-15)


@given(samples, samples)
def test_a_ratio_turned_around_is_its_inverse_and_lies_in_its_interval(a: Sample, b: Sample) -> None:
    there, back = impact_ratio(a, b), impact_ratio(b, a)

    assert 0 < there.low <= there.value * (1 + 1e-9)
    assert there.value <= there.high * (1 + 1e-9)
    assert there.value * back.value == pytest.approx(1)
    assert there.low * back.high == pytest.approx(1)


@given(samples, samples)
def test_a_p_is_a_chance_and_is_the_same_from_both_sides(a: Sample, b: Sample) -> None:
    assert 0 <= p_value(a, b) <= 1 + 1e-9
    assert p_value(a, b) == pytest.approx(p_value(b, a))


@pytest.mark.parametrize(
    ("group", "reference", "is_exact"),
    [((12, 60), (48, 120), False), ((2, 60), (4, 120), True), ((15, 29), (60, 120), True)],
)
def test_small_cells_and_small_groups_get_the_exact_test(
    group: tuple, reference: tuple, is_exact: bool
) -> None:
    a, b = Sample(*group), Sample(*reference)

    assert needs_exact_test(a, b) is is_exact
    assert p_value(a, b) == (fisher(a, b) if is_exact else p_of_z(z_score(a, b)))


def test_a_group_of_nobody_is_no_sample() -> None:
    with pytest.raises(ValueError, match="counts some"):
        Sample(0, 0)
    with pytest.raises(ValueError, match="counts some"):
        Sample(3, 2)


def test_holm_as_in_his_table() -> None:
    # Holm (1979), as worked out by hand: 4·0.01, 3·0.02 and then never less than the one before.
    found = holm({"a": 0.01, "b": 0.04, "c": 0.03, "d": 0.02})

    assert found == pytest.approx({"a": 0.04, "d": 0.06, "c": 0.06, "b": 0.06})


@given(st.dictionaries(st.text(max_size=3), st.floats(0, 1), max_size=9))
def test_adjusting_never_makes_surer_and_keeps_the_order(values: dict[str, float]) -> None:
    found = adjusted(values)

    assert all(values[each] <= found[each] <= 1 for each in values)
    assert (found == values) or len(values) > 5
    for one in values:
        for other in values:
            assert not (values[one] < values[other] and found[one] > found[other])


def told(**counts: tuple[int, int] | tuple[int, int, int]) -> Table:
    """`name=(reached, pool)`, or (least, most, pool) for a range."""
    pool = {(name,): each[-1] for name, each in counts.items()}
    reached = {(name,): Range(each[0], each[-2]) for name, each in counts.items()}
    return Table("offered", "applied", pool, reached)


def verdicts(table: Table, *, silent: frozenset[Class] = frozenset()) -> dict[str, Verdict]:
    everyone = sum(table.pool.values())
    chosen = sum((each.low + each.high) // 2 for each in table.reached.values())
    found = judge(table, chosen=chosen, everyone=everyone, comparable=frozenset(table.pool) - silent)
    return {verdict.group[0]: verdict for verdict in found}


@pytest.mark.parametrize(
    ("woman", "man", "label"),
    [
        ((12, 60), (48, 120), Label.ALERT),
        ((10, 30), (48, 100), Label.WATCH),
        ((45, 100), (50, 100), Label.OK),
        ((10, 12), (10, 800), Label.TOO_FEW),
    ],
)
def test_the_four_words(woman: tuple, man: tuple, label: Label) -> None:
    found = verdicts(told(woman=woman, man=man))

    assert Label.ALERT not in {each.label for each in found.values()} or label == Label.ALERT
    assert found["woman"].label == label


def test_the_reference_is_the_best_of_those_who_are_two_in_a_hundred() -> None:
    found = verdicts(told(tiny=(18, 20), large=(900, 1800), other=(300, 1000)))

    assert found["tiny"].label == Label.OK
    assert found["large"].label == Label.REFERENCE
    assert found["other"].label == Label.ALERT
    assert found["other"].ratio is not None
    assert found["other"].ratio.value == pytest.approx(0.6)


def test_the_silent_are_no_group_and_never_the_reference() -> None:
    table = told(woman=(20, 100), man=(30, 100), missing=(40, 50))

    found = verdicts(table, silent=frozenset({("missing",)}))

    assert found["missing"].label == Label.NO_GROUP
    assert found["man"].label == Label.REFERENCE


def test_more_than_five_groups_are_adjusted() -> None:
    few = verdicts(told(best=(60, 100), **{f"g{n}": (44, 100) for n in range(5)}))
    many = verdicts(told(best=(60, 100), **{f"g{n}": (44, 100) for n in range(6)}))

    assert few["g0"].label == Label.ALERT
    assert many["g0"].label == Label.WATCH
    assert many["g0"].p == pytest.approx(6 * (few["g0"].p or 0))


def test_of_a_range_the_word_is_told_only_when_it_is_the_same_all_along() -> None:
    far = verdicts(told(woman=(0, 9, 60), man=(48, 57, 120)))
    near = verdicts(told(woman=(0, 9, 20), man=(48, 57, 120)))
    fine = verdicts(told(woman=(51, 60, 60), man=(60, 69, 70)))

    assert far["woman"].label == Label.ALERT
    assert far["woman"].most_ratio == pytest.approx((9 / 60) / (48 / 120))
    assert (far["woman"].rate, far["woman"].ratio, far["woman"].p) == (None, None, None)
    assert near["woman"].label == Label.UNTOLD
    assert {each.label for each in fine.values()} == {Label.REFERENCE, Label.OK}


def test_where_perhaps_nobody_was_chosen_there_is_no_reference() -> None:
    found = verdicts(told(woman=(0, 19, 60), man=(0, 19, 60)))

    assert {each.label for each in found.values()} == {Label.TOO_FEW}


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=2, max_size=7))
def test_every_table_gets_a_word_for_each_class(pairs: list[tuple[int, int]]) -> None:
    table = told(**{f"g{n}": (min(pair), max(*pair, 1)) for n, pair in enumerate(pairs)})

    found = verdicts(table)

    assert list(found) == [each[0] for each in table.pool]
    assert [each.label for each in found.values()].count(Label.REFERENCE) <= 1
    for each in found.values():
        assert each.pool >= 10 or each.label == Label.TOO_FEW
