"""No attacker brings a hidden figure into a range narrower than its threshold."""

from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from apps.inclusion.rules.disclosure import Figure, System, intervals, protect, rounded
from apps.inclusion.rules.splits import tells_all
from tests.inclusion.worlds import primary


def table(counts: list[list[int]], threshold: int = 10) -> System:
    """A two-way table with its row, column and grand totals; cells are lost before totals."""
    height, width = len(counts), len(counts[0])
    rows = {("row", row): [row * width + column for column in range(width)] for row in range(height)}
    columns = {("column", column): [row * width + column for row in range(height)] for column in range(width)}
    inner = {
        ("cell", row, column): [row * width + column] for row in range(height) for column in range(width)
    }
    flat = [number for row in counts for number in row]
    figures = []
    for tier, group in enumerate((inner, rows | columns, {"all": list(range(len(flat)))})):
        for key, cells in group.items():
            value = sum(flat[cell] for cell in cells)
            figures.append(Figure(key, tuple(cells), value, threshold, (tier, value)))
    return System(figures, len(flat))


def too_narrow(system: System, hidden: frozenset[Any]) -> set[Any]:
    thresholds = {figure.key: figure.threshold for figure in system.figures}
    ranges = intervals(system, hidden)
    return {key for key, (low, high) in ranges.items() if high - low < thresholds[key] - 1 - 1e-6}


def test_hiding_only_the_small_figure_is_broken_and_ours_is_not_and_the_grand_total_is_told() -> None:
    system = table([[3, 57], [22, 118]])

    naive = primary(system.figures)
    assert intervals(system, naive) == {("cell", 0, 0): (3, 3)}

    protection = protect(system, must_hide=naive)
    assert not protection.exposed
    assert too_narrow(system, protection.hidden) == set()
    assert "all" not in protection.hidden


numbers = st.one_of(st.integers(0, 12), st.integers(0, 100))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(numbers, min_size=3, max_size=3), min_size=2, max_size=3))
def test_no_hidden_figure_of_a_table_is_in_a_narrow_range(counts: list[list[int]]) -> None:
    system = table(counts)

    protection = protect(system, must_hide=primary(system.figures))

    assert primary(system.figures) <= protection.hidden
    assert not protection.exposed
    assert too_narrow(system, protection.hidden) == set()


@st.composite
def tiny_systems(draw: st.DrawFn) -> tuple[System, set[int], list[int]]:
    """Up to four cells of up to four people, any figures, any of them hidden."""
    values = draw(st.lists(st.integers(0, 4), min_size=2, max_size=4))
    subsets = st.lists(st.integers(0, len(values) - 1), min_size=1, unique=True).map(
        lambda each: tuple(sorted(each))
    )
    sets = draw(st.lists(subsets, min_size=2, max_size=7))
    figures = [Figure(key, cells, sum(values[cell] for cell in cells), 3) for key, cells in enumerate(sets)]
    return System(figures, len(values)), draw(st.sets(st.integers(0, len(sets) - 1))), values


@settings(max_examples=150, deadline=None)
@given(tiny_systems())
def test_the_range_holds_every_world_that_an_attacker_can_imagine(
    case: tuple[System, set[int], list[int]],
) -> None:
    system, hidden, values = case
    told = [figure for figure in system.figures if figure.key not in hidden]
    worlds = [
        world
        for world in product(range(sum(values) + 1), repeat=len(values))
        if all(sum(world[cell] for cell in figure.cells) == figure.value for figure in told)
    ]

    for key, (low, high) in intervals(system, hidden).items():
        seen = [sum(world[cell] for cell in system.figures[key].cells) for world in worlds]
        assert low - 1e-6 <= min(seen)
        assert max(seen) <= high + 1e-6


def test_what_cannot_be_protected_is_reported_and_costs_nothing_else() -> None:
    system = table([[3, 57], [22, 118]])
    others = {figure.key for figure in system.figures} - {("cell", 0, 0)}

    protection = protect(system, must_hide={("cell", 0, 0)}, cannot_hide=others)

    assert protection.exposed == {("cell", 0, 0)}
    assert protection.hidden == {("cell", 0, 0)}


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(numbers, min_size=3, max_size=3), min_size=3, max_size=3), st.randoms())
def test_the_order_of_the_figures_does_not_matter(counts: list[list[int]], chance: Any) -> None:
    system = table(counts)
    figures = list(system.figures)
    chance.shuffle(figures)

    mixed = protect(System(figures, system.cells), must_hide=primary(figures))

    assert mixed == protect(system, must_hide=primary(system.figures))


def test_everyone_in_one_group_tells_all_unless_they_said_nothing() -> None:
    assert tells_all({"yes": 0, "no": 40, "not_stated": 0})
    assert not tells_all({"yes": 0, "no": 0, "not_stated": 40})
    assert not tells_all({"yes": 1, "no": 39})
    assert not tells_all({"yes": 0, "no": 0})


def test_published_numbers_are_rounded_to_the_nearest_five() -> None:
    assert [rounded(number) for number in (0, 2, 3, 7, 8, 12, 13)] == [0, 0, 5, 5, 10, 10, 15]
