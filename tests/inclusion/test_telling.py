"""Whoever knows every person of every stage, and how we decide what to tell, works out no small figure."""

from collections.abc import Callable, Iterator, Mapping
from itertools import product

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from apps.inclusion.rules.cube import THRESHOLD
from apps.inclusion.rules.telling import (
    Class,
    Range,
    Table,
    beside,
    classes,
    exactly,
    fold,
    largest_alone,
    mask,
    says_more_than_released,
    tell,
    tell_onwards,
)

WOMAN, MAN, SILENT = ("woman",), ("man",), ("missing",)
GENDER = (("woman",), ("man", "another"))
QUIET = ("missing", "not_said")


def splits(pools: tuple[int, ...], total: int) -> Iterator[tuple[int, ...]]:
    """Every way in which `total` people can be of these pools."""
    for counts in product(*(range(pool + 1) for pool in pools[:-1])):
        last = total - sum(counts)
        if 0 <= last <= pools[-1]:
            yield (*counts, last)


def by_class(counts: tuple[int, ...]) -> dict[Class, int]:
    return dict(zip((WOMAN, MAN, SILENT), counts, strict=False))


def seen(pools: tuple[int, ...], counts: tuple[int, ...]) -> str:
    return str(mask(by_class(pools), by_class(counts)))


def is_safe(worlds: list[tuple[int, ...]], everything: list[tuple[int, ...]], pools: tuple[int, ...]) -> bool:
    """In worlds that look alike every small figure has several values, unless it had one to begin with."""
    for place, pool in enumerate(pools):
        values = {world[place] for world in worlds}
        known = {world[place] for world in everything}
        small = {value for value in values if value < THRESHOLD or pool - value < THRESHOLD}
        if small and len(values) == 1 and len(known) > 1:
            return False
    return True


pools = st.lists(st.integers(10, 34), min_size=2, max_size=3).map(tuple)


@settings(max_examples=150, deadline=None)
@given(pools, st.data())
def test_no_small_figure_of_a_stage_follows_from_what_is_told(
    sizes: tuple[int, ...], data: st.DataObject
) -> None:
    total = data.draw(st.integers(0, sum(sizes)))
    worlds = list(splits(sizes, total))
    alike: dict[str, list[tuple[int, ...]]] = {}
    for world in worlds:
        alike.setdefault(seen(sizes, world), []).append(world)

    assert all(is_safe(group, worlds, sizes) for group in alike.values())


@given(st.lists(st.integers(10, 300), min_size=2, max_size=6), st.data())
def test_what_is_told_is_exact_and_large_or_a_range_of_ten_values_that_holds_it(
    sizes: list[int], data: st.DataObject
) -> None:
    pool = {(f"g{n}",): size for n, size in enumerate(sizes)}
    counts = {each[0]: data.draw(st.integers(0, size)) for each, size in pool.items()}

    told = mask(pool, fold(counts, list(pool)))

    assert not told or sorted(part for each in told for part in each) == sorted(counts)
    for each, found in told.items():
        count, size = fold(counts, [each])[each], sum(pool[(part,)] for part in each)
        assert found.low <= count <= found.high
        assert found.width == THRESHOLD or (found.is_exact and THRESHOLD <= count <= size - THRESHOLD)
    assert len([each for each in told.values() if not each.is_exact]) in (0, 2)


def test_nobody_of_a_group_is_not_told_as_nobody() -> None:
    two = mask({WOMAN: 60, MAN: 60}, {WOMAN: 0, MAN: 40})
    three = mask({WOMAN: 60, MAN: 60, SILENT: 60}, {WOMAN: 30, MAN: 30, SILENT: 0})

    assert two == {WOMAN: Range(0, 9), MAN: Range(31, 40)}
    assert three == {WOMAN: exactly(30), MAN: Range(21, 30), SILENT: Range(0, 9)}


def test_what_comes_after_a_range_is_told_together() -> None:
    found = mask({WOMAN: 60, MAN: 60, SILENT: 60}, {WOMAN: 3, MAN: 30, SILENT: 20})

    assert found == {WOMAN: Range(0, 9), (*MAN, *SILENT): Range(44, 53)}


def test_too_few_chosen_and_nothing_is_told() -> None:
    assert mask({WOMAN: 60, MAN: 60}, {WOMAN: 8, MAN: 4}) == {}


def test_answers_are_told_each_alone_when_all_are_large_and_with_their_group_when_not() -> None:
    large = {"woman": 40, "man": 60, "another": 12, "missing": 20, "not_said": 11}

    assert classes(large, GENDER, QUIET) == (("woman",), ("man",), ("another",), ("missing",), ("not_said",))
    assert classes(large | {"another": 3}, GENDER, QUIET)[1] == ("man", "another")
    assert classes(large | {"not_said": 0}, GENDER, QUIET)[-1] == QUIET
    assert classes(large | {"missing": 2, "not_said": 3}, GENDER, QUIET) == (
        ("woman",),
        ("man", "another", *QUIET),
    )
    assert classes(large | {"woman": 9}, GENDER, QUIET) == ()


@given(st.dictionaries(st.sampled_from("ABCDEFGH"), st.integers(0, 40), max_size=8))
def test_countries_are_told_in_classes_of_ten_or_more_that_hold_everyone(counts: dict[str, int]) -> None:
    told = largest_alone(counts)

    assert all(count >= THRESHOLD for count in fold(counts, told).values())
    assert not told or sum(fold(counts, told).values()) == sum(counts.values())
    assert not told or sorted(part for each in told for part in each) == sorted(counts)


STAGES = ("applied", "eligible", "reviewed", "offered", "accepted", "enrolled")
funnels = st.lists(st.integers(0, 120), min_size=6, max_size=6).map(lambda steps: sorted(steps, reverse=True))


@settings(max_examples=300)
@given(st.dictionaries(st.sampled_from([WOMAN, MAN, SILENT]), funnels, min_size=2))
def test_no_difference_between_two_exact_figures_of_a_report_is_small(
    funnel: Mapping[Class, list[int]],
) -> None:
    assume(all(steps[0] >= THRESHOLD for steps in funnel.values()))
    counts = {stage: {each[0]: steps[n] for each, steps in funnel.items()} for n, stage in enumerate(STAGES)}

    tables = told_of(list(funnel), counts)

    for each, steps in funnel.items():
        told = {table.stage: table.reached[each] for table in tables if each in table.reached}
        exact = [steps[0], *(told[stage].low for stage in STAGES if stage in told and told[stage].is_exact)]
        assert all(count >= THRESHOLD for count in exact)
        assert all(a - b >= THRESHOLD for n, a in enumerate(exact) for b in exact[n + 1 :])
        assert all(
            told[stage].low <= steps[n] <= told[stage].high for n, stage in enumerate(STAGES) if stage in told
        )


def told_of(told: list[Class], counts: Mapping[str, Mapping[str, int]]) -> list[Table]:
    """All that reports of one intake ever tell: the second repeats the first and adds to it."""
    tables = tell(told, counts)
    offered = [table for table in tables if table.stage == "offered"]
    return [*tables, *(table for each in offered for table in tell_onwards(each, counts))]


def listed(women: int, men: int) -> dict[str, int]:
    return {"woman": women, "man": men}


def test_the_list_by_merit_is_told_only_when_the_swapped_stay_many() -> None:
    offered = Table("offered", "applied", {WOMAN: 90, MAN: 90}, {WOMAN: exactly(45), MAN: exactly(35)})

    assert beside(offered, "merit", listed(30, 50), (30, 30)) is not None
    assert beside(offered, "merit", listed(30, 50), (15, 15)) is None
    assert beside(offered, "merit", listed(42, 38), (3, 3)) is None
    assert beside(offered, "merit", listed(5, 75), (60, 60)) is None


def groups() -> dict[str, Class]:
    return {"focus": ("woman",), "rest": ("man", "another"), "not_stated": QUIET}


def test_a_release_that_shows_what_a_table_joins_stops_it() -> None:
    reached = {WOMAN: exactly(20), ("man", "another", *QUIET): exactly(40)}
    joined = [Table("offered", "applied", dict.fromkeys(reached, 90), reached)]
    check: Callable[[set[str]], bool] = lambda shown: says_more_than_released(  # noqa: E731
        joined, groups(), {"offered": shown}
    )

    assert check({"rest"})
    assert check({"not_stated"})
    assert not check({"focus"})
    assert not check({"focus", "rest"})
    assert not says_more_than_released(joined, groups(), {})


@settings(max_examples=100, deadline=None)
@given(st.tuples(st.integers(20, 34), st.integers(20, 34)), st.data())
def test_no_small_figure_follows_from_all_stages_together(
    sizes: tuple[int, int], data: st.DataObject
) -> None:
    """Worlds: how many women were eligible, offered a place and accepted; the totals are known."""
    eligible = data.draw(st.integers(0, sum(sizes)))
    offered = data.draw(st.integers(0, eligible))
    accepted = data.draw(st.integers(0, min(offered, 20)))
    alike: dict[str, list[tuple[int, ...]]] = {}
    for first in splits(sizes, eligible):
        for second in splits(first, offered):
            for third in splits(second, accepted):
                counts = dict(zip(STAGES, (sizes, first, first, second, third, third), strict=True))
                by_stage = {stage: {"woman": each[0], "man": each[1]} for stage, each in counts.items()}
                steps = [sizes, first, second, third]
                gaps = [(a[0] - b[0], a[1] - b[1]) for n, a in enumerate(steps) for b in steps[n + 1 :]]
                world = tuple(number for pair in (*steps[1:], *gaps) for number in pair)
                alike.setdefault(str(told_of([WOMAN, MAN], by_stage)), []).append(world)
    everything = [world for worlds in alike.values() for world in worlds]
    known = [set(values) for values in zip(*everything, strict=True)]

    for worlds in alike.values():
        for values, before in zip((set(each) for each in zip(*worlds, strict=True)), known, strict=True):
            assert len(values) > 1 or len(before) == 1 or min(values) >= THRESHOLD


def test_an_answer_changed_since_the_offer_tells_nothing_more() -> None:
    reached = {WOMAN: exactly(30), MAN: exactly(30)}
    offered = Table("offered", "applied", {WOMAN: 60, MAN: 60}, reached)
    counts = {"accepted": {"woman": 31, "man": 12}, "enrolled": {"woman": 31, "man": 12}}

    assert tell_onwards(offered, counts) == []
