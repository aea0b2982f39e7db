"""One world that shows what to hide: as near to all that is told as it can be, with narrow figures far off.

For every figure that must become wide the program looks for a world where it lies its whole width from
where it was seen, and pays for each told figure that has another value there, by what its loss costs and
by how far it moves. What has moved is hidden, and then this world and the old one prove the range. (The
usual heuristic for complementary suppression: Kelly, Golden and Assad 1992; J. P. Kelly, "Confidentiality
protection in two- and three-dimensional tables", University of Maryland 1990. Theirs takes one small
figure at a time, this one all at once.)
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np
from scipy.sparse import block_array, csr_array, eye_array

from apps.inclusion.rules.disclosure.claims import Range
from apps.inclusion.rules.disclosure.layout import Layout, Split, bits
from apps.inclusion.rules.disclosure.losses import Losses
from apps.inclusion.rules.disclosure.solving import Numbers, Unsolved, solve

ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class World:
    moved: frozenset[int]  # told figures that have another value in it
    reached: frozenset[int]  # wanted figures that it proves to be wide once those are hidden


class Worlds:
    """The program for one system, whatever is hidden of it."""

    def __init__(self, losses: Losses) -> None:
        self.losses = losses
        self.between, self.inside = _definitions(losses.layout)

    def nearest(self, fixed: Set[int], seen: Mapping[int, Range], worth: float) -> World:
        """`seen` has the figures that must become wide, and between what each was seen. Those at `fixed` keep
        their values. `worth` is what a person's more of range may cost.

        Where the solver ends without an answer this says nothing: it is a way to hide little, and no proof.
        """
        try:
            return self._nearest(fixed, seen, worth)
        except Unsolved:
            return World(frozenset(), frozenset())

    def _nearest(self, fixed: Set[int], seen: Mapping[int, Range], worth: float) -> World:
        layout, between = self.losses.layout, self.between
        told, wanted = sorted(self.losses.open), sorted(seen)
        free = self.losses.open | fixed
        hidden = [place for place in range(len(layout.figures)) if place not in free]
        values = np.array([each.value for each in layout.figures], dtype=float)
        values[hidden] = 0
        limits, room, width = _far_off(layout, wanted, hidden, seen)
        count, cells = len(told), self.inside.shape[1]
        weights = self.losses.weights(told)
        unlimited = np.full(len(hidden) + cells, np.inf)
        nothing = _nothing(len(layout.figures), len(wanted))
        # The columns: told figures upwards, told figures downwards, hidden figures, cells, widths gained.
        solution, _marginals = solve(
            np.concatenate([weights, weights, np.zeros(len(unlimited)), np.full(len(wanted), -worth)]),
            _beside(between[:, told], -between[:, told], between[:, hidden], self.inside, nothing),
            -(between @ values),
            (
                _beside(
                    _nothing(len(wanted), 2 * count),
                    limits,
                    _nothing(len(wanted), cells),
                    eye_array(len(wanted)),
                ),
                room,
            ),
            np.concatenate([np.full(count, np.inf), values[told], unlimited, width]),
        )
        change = solution[:count] - solution[count : 2 * count]
        gained = solution[len(solution) - len(wanted) :]
        return World(
            frozenset(told[number] for number in np.flatnonzero(np.abs(change) > ROUNDING)),
            frozenset(wanted[number] for number in np.flatnonzero(gained > width - ROUNDING)),
        )


def _far_off(
    layout: Layout, wanted: Sequence[int], hidden: Sequence[int], seen: Mapping[int, Range]
) -> tuple[csr_array, Numbers, Numbers]:
    """Each wanted figure lies above where it was seen by what it gains, or below if it can: then what one
    gains another gives. With the widths, which are the most to gain.
    """
    width = np.array([layout.figures[place].threshold - 1 for place in wanted], dtype=float)
    low = np.array([seen[place].low for place in wanted])
    high = np.array([seen[place].high for place in wanted])
    up = high < 2 * width
    column = {place: number for number, place in enumerate(hidden)}
    entries = [(row, column[place], -1.0 if up[row] else 1.0) for row, place in enumerate(wanted)]
    return _matrix(entries, len(wanted), len(hidden)), np.where(up, -low, high), width


def _beside(*blocks: csr_array) -> csr_array:
    return block_array([list(blocks)], format="csr")


def _nothing(rows: int, columns: int) -> csr_array:
    return csr_array((rows, columns))


def _definitions(layout: Layout) -> tuple[csr_array, csr_array]:
    """Each figure less its parts and the cells beside them is nothing: the coefficients of figures, of cells."""
    count = len(layout.figures)
    cells = max((mask.bit_length() for mask in layout.masks), default=0)
    between: list[tuple[int, int, float]] = [(place, place, 1.0) for place in range(count)]
    inside: list[tuple[int, int, float]] = []
    for place, splits in enumerate(layout.splits):
        best = min(
            splits,
            key=lambda each: len(each.parts) + each.rest.bit_count(),
            default=Split((), layout.masks[place]),
        )
        between.extend((place, part, -1.0) for part in best.parts)
        inside.extend((place, cell, -1.0) for cell in bits(best.rest))
    return _matrix(between, count, count), _matrix(inside, count, cells)


def _matrix(entries: list[tuple[int, int, float]], rows: int, columns: int) -> csr_array:
    table: Numbers = np.array(entries, dtype=float).reshape(-1, 3)
    return csr_array((table[:, 2], (table[:, 0].astype(int), table[:, 1].astype(int))), shape=(rows, columns))
