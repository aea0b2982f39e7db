"""No hidden figure can be worked out from the sums it belongs to, and small ones are always hidden."""

from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from apps.inclusion.rules.disclosure import THRESHOLD, Sum, derivable, hide


def table(cells: list[list[int]]) -> tuple[dict[Any, int], list[Sum]]:
    """A two-way table with its row, column and grand totals."""
    height, width = len(cells), len(cells[0])
    figures: dict[Any, int] = {}
    for row in range(height):
        for column in range(width):
            figures[("cell", row, column)] = cells[row][column]
    for row in range(height):
        figures[("row", row)] = sum(cells[row])
    for column in range(width):
        figures[("column", column)] = sum(line[column] for line in cells)
    figures["all"] = sum(map(sum, cells))
    sums = [
        Sum(("row", row), tuple(("cell", row, column) for column in range(width))) for row in range(height)
    ]
    sums += [Sum(("column", c), tuple(("cell", row, c) for row in range(height))) for c in range(width)]
    sums += [Sum("all", tuple(("row", row) for row in range(height)))]
    sums += [Sum("all", tuple(("column", column) for column in range(width)))]
    return figures, sums


def attack(figures: dict[Any, int], sums: list[Sum], hidden: set[Any]) -> dict[Any, Fraction]:
    """Someone who sees everything shown and solves all sums, in exact fractions, written on its own."""
    unknown = sorted(hidden, key=str)
    rows = []
    for each in sums:
        line = [Fraction(0)] * (len(unknown) + 1)
        for key, sign in [*((part, 1) for part in each.parts), (each.total, -1)]:
            if key in hidden:
                line[unknown.index(key)] += sign
            else:
                line[-1] -= sign * figures[key]
        rows.append(line)
    pivot = 0
    for column in range(len(unknown)):
        found = next((row for row in range(pivot, len(rows)) if rows[row][column]), None)
        if found is None:
            continue
        rows[pivot], rows[found] = rows[found], rows[pivot]
        rows[pivot] = [value / rows[pivot][column] for value in rows[pivot]]
        for row in range(len(rows)):
            if row != pivot and rows[row][column]:
                rows[row] = [a - rows[row][column] * b for a, b in zip(rows[row], rows[pivot], strict=True)]
        pivot += 1
    solved = {}
    for line in rows:
        places = [number for number, value in enumerate(line[:-1]) if value]
        if len(places) == 1:
            solved[unknown[places[0]]] = line[-1]
    return solved


def test_hiding_only_the_small_figure_is_broken_by_the_attacker_and_ours_is_not() -> None:
    figures, sums = table([[3, 57], [22, 118]])

    naive = {("cell", 0, 0)}
    assert attack(figures, sums, naive) == {("cell", 0, 0): 3}

    hidden = hide(figures, sums)
    assert ("cell", 0, 0) in hidden
    assert attack(figures, sums, hidden) == {}


numbers = st.one_of(st.integers(0, 12), st.integers(0, 300))
cells = st.integers(2, 4).flatmap(
    lambda width: st.lists(st.lists(numbers, min_size=width, max_size=width), min_size=2, max_size=4)
)


@settings(max_examples=300, deadline=None)
@given(cells)
def test_no_attacker_works_out_a_hidden_figure(counts: list[list[int]]) -> None:
    figures, sums = table(counts)

    hidden = hide(figures, sums)

    assert all(key in hidden for key, value in figures.items() if 0 < value < THRESHOLD)
    assert attack(figures, sums, hidden) == {} or hidden >= {key for each in sums for key in each.members}


@settings(max_examples=100, deadline=None)
@given(cells, st.randoms())
def test_our_own_check_finds_what_the_attacker_finds(counts: list[list[int]], chance: Any) -> None:
    figures, sums = table(counts)
    hidden = {key for key in figures if chance.random() < 0.4}

    assert derivable(hidden, sums) == set(attack(figures, sums, hidden))


def test_what_is_lost_already_is_lost_first_so_that_a_whole_row_can_still_be_read() -> None:
    figures, sums = table([[3, 40, 0], [500, 200, 0], [900, 800, 0]])
    rows = {("row", number): number for number in range(3)}

    hidden = hide(figures, sums, block=lambda key: key[1] if key[0] == "cell" else rows.get(key, key))

    assert {key[1] for key in hidden if key[0] == "cell"} == {0, 1}
    assert attack(figures, sums, hidden) == {}


@settings(max_examples=300, deadline=None)
@given(cells)
def test_no_attacker_works_out_a_figure_when_rows_are_read_together(counts: list[list[int]]) -> None:
    figures, sums = table(counts)

    hidden = hide(figures, sums, block=lambda key: key[:2] if key[0] == "cell" else key)

    assert all(key in hidden for key, value in figures.items() if 0 < value < THRESHOLD)
    assert attack(figures, sums, hidden) == {} or hidden >= {key for each in sums for key in each.members}


def test_nothing_small_hides_nothing() -> None:
    figures, sums = table([[30, 57], [22, 0]])

    assert hide(figures, sums) == set()


def test_what_readers_have_from_elsewhere_protects_nothing_and_what_is_worth_keeping_goes_last() -> None:
    figures = {"all": 183, "women": 60, "men": 120, "silent": 3}
    sums = [Sum("all", ("women", "men", "silent"))]

    assert hide(figures, sums) == {"silent", "women"}
    assert hide(figures, sums, known=frozenset({"women"})) == {"silent", "men"}
    assert hide(figures, sums, keep=lambda key: key == "women") == {"silent", "men"}
    assert hide(figures, sums, known=frozenset({"women", "men"})) == {"silent", "all"}
