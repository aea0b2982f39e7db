"""Exact optima of integer programs with HiGHS, which computes in floating point; so nothing is believed.

Every solution is rounded and checked in whole numbers. The prices of the relaxed program (its dual values)
are rounded too, and by weak duality *any* prices give a bound that holds: so the bound and everything
fixed by it are exact. Imports scipy: import this module through apps.core.lazy.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csc_array

from apps.selection.rules.program import Program, Uses

#: Prices are whole numbers of this part of a unit of worth.
FINE = 2**40
#: How far from a whole number a value may be and still be meant as one.
NEARLY = 1e-4
#: So many columns of uncertain value are left open at first; the others go where the prices send them.
OPEN = 150
OPTIMAL, STOPPED, IMPOSSIBLE = 0, 1, 2


class Unsolved(RuntimeError):
    """The solver gave an answer that does not hold in whole numbers, or none without running out of time."""


class NoSolution(Unsolved):
    """The limits contradict each other."""


@dataclass(frozen=True, slots=True)
class Optimum:
    """`values` per column, None when time ran out before any was found.

    `low` and `high` per column hold for every solution as good as this one. `bound` is what no solution exceeds.
    """

    values: tuple[int, ...] | None
    is_proven: bool
    bound: float
    low: tuple[int, ...]
    high: tuple[int, ...]


class Clock:
    """The time that is left."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        return self._end - time.monotonic()


def optimum(program: Program, clock: Clock) -> Optimum:
    """The best solution by way of a small core: the columns whose value the prices leave open.

    A column that its price sends to one end could move, in a solution as good as the one found, only by
    as many units as the gap to the bound pays for; all that can move are solved together.
    """
    low, high = _box(program)
    if not program.columns:
        return Optimum((), True, 0, low, high)
    margins, bound = _priced(program, clock)
    if margins is None:
        return solve(program, clock)
    near = sorted(range(len(margins)), key=lambda number: (abs(margins[number]), number))
    size = OPEN
    while True:
        core = narrowed(program, *_ends(program, margins, set(near[:size])))
        found = solve(core, clock)
        if found.values is not None or size >= len(near):
            break
        if not found.is_proven:
            return Optimum(None, False, float(bound) / FINE, low, high)
        size *= 4
    while True:
        if found.values is None:
            raise NoSolution("No whole numbers keep all limits.")
        low, high = _reach(program, margins, bound - FINE * worth(program, found.values))
        if not found.is_proven:
            return Optimum(found.values, False, float(bound) / FINE, low, high)
        if all(c.low <= a and b <= c.high for c, a, b in zip(core.columns, low, high, strict=True)):
            return Optimum(found.values, True, worth(program, found.values), low, high)
        core, before = narrowed(program, low, high), found
        found = solve(core, clock)
        if found.values is None and not found.is_proven:
            found = replace(before, is_proven=False)


def most(program: Program, clock: Clock) -> int | None:
    """A worth that no solution exceeds; None when time ran out."""
    margins, bound = _priced(program, clock)
    return None if margins is None else bound // FINE


def _box(program: Program) -> tuple[tuple[int, ...], tuple[int, ...]]:
    return tuple(each.low for each in program.columns), tuple(each.high for each in program.columns)


def worth(program: Program, values: Sequence[int]) -> int:
    return sum(each.worth * value for each, value in zip(program.columns, values, strict=True))


def narrowed(program: Program, low: Sequence[int], high: Sequence[int]) -> Program:
    ends = zip(program.columns, low, high, strict=True)
    columns = tuple(
        each if (each.low, each.high) == (a, b) else replace(each, low=a, high=b) for each, a, b in ends
    )
    return Program(columns, program.limits)


def _priced(program: Program, clock: Clock) -> tuple[list[int] | None, int]:
    """What each column is worth beyond the price of what it uses, and the bound; both in FINE parts."""
    prices = _prices(program, clock)
    if prices is None:
        return None, 0
    margins = []
    cost_of: dict[Uses, int] = {}  # many people have the same traits
    for column in program.columns:
        if column.uses not in cost_of:
            cost_of[column.uses] = sum(prices[row] * n for row, n in column.uses)
        margins.append(FINE * column.worth - cost_of[column.uses])
    bound = sum(price * limit for price, limit in zip(prices, program.limits, strict=True))
    for column, margin in zip(program.columns, margins, strict=True):
        bound += margin * (column.high if margin > 0 else column.low)
    return margins, bound


def _prices(program: Program, clock: Clock) -> list[int] | None:
    if clock.left <= 0:
        return None
    found = linprog(
        [-each.worth for each in program.columns],
        A_ub=_matrix(program),
        b_ub=program.limits,
        bounds=numpy.array(_box(program)).T,
        method="highs",
        options={"time_limit": clock.left},
    )
    if found.status == STOPPED:
        return None
    if found.status == IMPOSSIBLE:
        raise NoSolution("Not even parts of people keep all limits.")
    if found.status != OPTIMAL:
        raise Unsolved(f"The relaxed program has no solution: {found.message}")
    return [max(0, round(-price * FINE)) for price in found.ineqlin.marginals.tolist()]


def _ends(program: Program, margins: Sequence[int], open_: set[int]) -> tuple[list[int], list[int]]:
    """Columns that only count stay open: they cost nothing and keep the core solvable."""
    low, high = [], []
    for number, (column, margin) in enumerate(zip(program.columns, margins, strict=True)):
        free = number in open_ or not column.members
        low.append(column.low if free or margin <= 0 else column.high)
        high.append(column.high if free or margin > 0 else column.low)
    return low, high


def _reach(program: Program, margins: Sequence[int], gap: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    low, high = [], []
    for column, margin in zip(program.columns, margins, strict=True):
        room = gap // abs(margin) if margin else column.high - column.low
        low.append(max(column.low, column.high - room) if margin > 0 else column.low)
        high.append(min(column.high, column.low + room) if margin < 0 else column.high)
    return tuple(low), tuple(high)


def solve(program: Program, clock: Clock) -> Optimum:
    """HiGHS on the columns that are still open. Its answer is checked; `is_proven` False: time ran out."""
    low, high = _box(program)
    free = [number for number, each in enumerate(program.columns) if each.low < each.high]
    rest = _left_over(program)
    values = list(low)
    if not free:
        fits = min(rest, default=0) >= 0
        return Optimum(low if fits else None, True, worth(program, low), low, high)
    if clock.left <= 0:
        return Optimum(None, False, 0, low, high)
    small = Program(tuple(program.columns[number] for number in free), tuple(rest))
    found = milp(
        [-each.worth for each in small.columns],
        integrality=numpy.ones(len(free)),
        bounds=Bounds([0] * len(free), [each.high - each.low for each in small.columns]),
        constraints=LinearConstraint(_matrix(small), ub=rest),
        options={"mip_rel_gap": 0, "time_limit": clock.left},
    )
    if found.status not in {OPTIMAL, STOPPED, IMPOSSIBLE}:
        raise Unsolved(found.message)
    if found.x is None:
        return Optimum(None, found.status == IMPOSSIBLE, 0, low, high)
    for number, value in zip(free, _whole(found.x.tolist()), strict=True):
        values[number] += value
    check(program, values)
    fixed = sum(each.worth * each.low for each in program.columns)
    return Optimum(tuple(values), found.status == OPTIMAL, fixed - (found.mip_dual_bound or 0), low, high)


def _left_over(program: Program) -> list[int]:
    rest = list(program.limits)
    for column in program.columns:
        if column.low:
            for row, n in column.uses:
                rest[row] -= n * column.low
    return rest


def _whole(values: Sequence[float]) -> list[int]:
    if any(abs(value - round(value)) > NEARLY for value in values):
        raise Unsolved("A value of the solution is not a whole number.")
    return [round(value) for value in values]


def check(program: Program, values: Sequence[int]) -> None:
    """Raises Unsolved when a column leaves its ends or a row exceeds its limit."""
    used = [0] * len(program.limits)
    for column, value in zip(program.columns, values, strict=True):
        if not column.low <= value <= column.high:
            raise Unsolved("A value of the solution is out of its bounds.")
        if value:
            for row, n in column.uses:
                used[row] += n * value
    if any(spent > limit for spent, limit in zip(used, program.limits, strict=True)):
        raise Unsolved("The solution exceeds a limit.")


def _matrix(program: Program) -> csc_array:
    rows = [row for column in program.columns for row, _n in column.uses]
    numbers = [n for column in program.columns for _row, n in column.uses]
    starts = numpy.cumsum([0, *(len(column.uses) for column in program.columns)])
    return csc_array((numpy.array(numbers, float), rows, starts), (len(program.limits), len(program.columns)))
