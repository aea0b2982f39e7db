"""Of all choices that are equally good, the one whose members stand first in the ranking."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from apps.core.lazy import LazyModule
from apps.selection.rules.program import Column, Program

if TYPE_CHECKING:
    from apps.selection.rules import solving
    from apps.selection.rules.solving import Clock, Optimum
else:
    solving = LazyModule("apps.selection.rules.solving")

#: So many people are settled by one program: their worths are powers of two, which must stay exact.
AT_ONCE = 24


@dataclass(frozen=True, slots=True)
class Settled:
    ids: frozenset[int]
    is_proven: bool


def settle(program: Program, best: "Optimum", clock: "Clock") -> Settled:
    """Going down the ranking, everybody is chosen with whom the choice can still be one of the best.

    So of two best lists wins the one that has the first person in whom they differ: one list only can be
    the result, on every machine. When time runs out the list is a best one, but perhaps not that one.
    """
    sure = _sure(program, best)
    open_ = _opened(program, best)
    values = _values(open_, best, program)
    for batch in _batches(open_):
        if all(values[number] for number in batch):
            open_ = _fixed(open_, values, batch)
            continue
        found = solving.solve(_asking(open_, batch), clock)
        if found.values is None or not found.is_proven:
            return Settled(sure | _members(open_, values), is_proven=False)
        values = list(found.values)
        open_ = _fixed(open_, values, batch)
    return Settled(sure | _members(open_, values), is_proven=True)


def _sure(program: Program, best: "Optimum") -> frozenset[int]:
    ends = zip(program.columns, best.low, strict=True)
    return frozenset(each.id for column, low in ends for each in column.members[:low])


def _opened(program: Program, best: "Optimum") -> Program:
    """One column for each person who may be chosen or not, and a row that keeps the worth as it is."""
    limits = [*program.limits, -solving.worth(program, best.values or ())]
    columns = []
    for column, low, high in zip(program.columns, best.low, best.high, strict=True):
        uses = (*column.uses, (len(program.limits), -column.worth))
        for row, n in uses:
            limits[row] -= n * low
        if column.members:
            columns.extend(Column(uses, 0, 0, 1, (each,)) for each in column.members[low:high])
        elif low < high:
            columns.append(Column(uses, 0, 0, high - low))
    return Program(tuple(columns), tuple(limits))


def _values(open_: Program, best: "Optimum", program: Program) -> list[int]:
    """The solution there is, in the columns of the opened program."""
    values: list[int] = []
    for column, low, high, value in zip(program.columns, best.low, best.high, best.values or (), strict=True):
        if column.members:
            values.extend(int(number < value) for number in range(low, high))
        elif low < high:
            values.append(value - low)
    return values


def _batches(open_: Program) -> Iterator[list[int]]:
    people = [number for number, column in enumerate(open_.columns) if column.members]
    people.sort(key=lambda number: open_.columns[number].members[0].order)
    for start in range(0, len(people), AT_ONCE):
        yield people[start : start + AT_ONCE]


def _asking(open_: Program, batch: Sequence[int]) -> Program:
    columns = list(open_.columns)
    for place, number in enumerate(reversed(batch)):
        columns[number] = replace(columns[number], worth=2**place)
    return Program(tuple(columns), open_.limits)


def _fixed(open_: Program, values: Sequence[int], batch: Sequence[int]) -> Program:
    columns = list(open_.columns)
    for number in batch:
        columns[number] = replace(columns[number], low=values[number], high=values[number])
    return Program(tuple(columns), open_.limits)


def _members(open_: Program, values: Sequence[int]) -> frozenset[int]:
    chosen = zip(open_.columns, values, strict=True)
    return frozenset(column.members[0].id for column, value in chosen if value and column.members)
