"""Someone who solves all told figures in exact fractions, written on its own, works no hidden figure out."""

from collections.abc import Hashable
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from apps.inclusion.rules.disclosure import Figure, System, protect
from tests.inclusion.test_disclosure import table
from tests.inclusion.worlds import primary

Line = list[Fraction]


def attack(system: System, hidden: set[Any] | frozenset[Any]) -> dict[Any, Fraction]:
    """The hidden figures that the told ones fix to one value. A line is the cells of a figure, then its value."""
    solved: list[tuple[int, Line]] = []
    for figure in system.figures:
        if figure.key not in hidden:
            _solve(solved, _line(system, figure))
    found = {}
    for figure in system.figures:
        if figure.key in hidden:
            *cells, rest = _reduced(solved, _line(system, figure))
            if not any(cells):
                found[figure.key] = figure.value - rest
    return found


def _line(system: System, figure: Figure) -> Line:
    return [*(Fraction(cell in figure.cells) for cell in range(system.cells)), Fraction(figure.value)]


def _solve(solved: list[tuple[int, Line]], line: Line) -> None:
    line = _reduced(solved, line)
    pivot = next((place for place, value in enumerate(line[:-1]) if value), None)
    if pivot is not None:
        solved.append((pivot, [value / line[pivot] for value in line]))


def _reduced(solved: list[tuple[int, Line]], line: Line) -> Line:
    for pivot, other in solved:
        times = line[pivot]
        if times:
            line = [a - times * b for a, b in zip(line, other, strict=True)]
    return line


def test_hiding_only_the_small_figure_is_broken_by_the_attacker_and_ours_is_not() -> None:
    system = table([[3, 57], [22, 118]])

    naive = {("cell", 0, 0)}
    assert attack(system, naive) == {("cell", 0, 0): 3}

    protection = protect(system, must_hide=naive)
    assert ("cell", 0, 0) in protection.hidden
    assert attack(system, protection.hidden) == {}


numbers = st.one_of(st.integers(0, 12), st.integers(0, 300))
cells = st.integers(2, 4).flatmap(
    lambda width: st.lists(st.lists(numbers, min_size=width, max_size=width), min_size=2, max_size=4)
)


@settings(max_examples=100, deadline=None)
@given(cells, st.booleans())
def test_no_attacker_works_out_a_hidden_figure(counts: list[list[int]], is_read_by_row: bool) -> None:
    system = table(counts)

    def block(key: Any) -> Hashable:
        return key[:2] if is_read_by_row and key[0] == "cell" else key

    protection = protect(system, must_hide=primary(system.figures), block=block)

    assert primary(system.figures) <= protection.hidden
    assert not protection.exposed
    assert attack(system, protection.hidden) == {}


def test_what_is_lost_already_is_lost_first_so_that_a_whole_row_can_still_be_read() -> None:
    system = table([[3, 40, 0], [500, 200, 0], [900, 800, 0]])

    protection = protect(
        system,
        must_hide=primary(system.figures),
        block=lambda key: ("row", key[1]) if key[0] == "cell" else key,
    )

    assert {key[1] for key in protection.hidden if key[0] == "cell"} == {0, 1}
    assert attack(system, protection.hidden) == {}


def test_nothing_small_hides_nothing() -> None:
    system = table([[30, 57], [22, 0]])

    assert protect(system, must_hide=primary(system.figures)).hidden == set()


def test_what_readers_have_from_elsewhere_protects_nothing_and_what_is_worth_keeping_goes_last() -> None:
    def split(women: int = 0, known: frozenset[Any] = frozenset()) -> System:
        """`women` is the tier of that figure."""
        return System(
            [
                Figure("all", (0, 1, 2), 183, 10, (9, 183)),
                Figure("women", (0,), 60, 10, (women, 60)),
                Figure("men", (1,), 120, 10, (0, 120)),
                Figure("silent", (2,), 3, 10, (0, 3)),
            ],
            3,
            known=known,
        )

    def lost(system: System) -> frozenset[Hashable]:
        return protect(system, must_hide={"silent"}).hidden

    assert lost(split()) == {"silent", "women"}
    assert lost(split(known=frozenset({"women"}))) == {"silent", "men"}
    assert lost(split(women=1)) == {"silent", "men"}
    assert lost(split(known=frozenset({"women", "men"}))) == {"silent", "all"}
