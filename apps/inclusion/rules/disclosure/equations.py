"""What is told, as few and short equations over the cells that it leaves open.

From every told figure the told ones inside it are taken away, so that most of a hierarchy becomes empty
equations. Cells that follow one after the other (nobody in a sum; one cell left in it) are fixed, in
whole numbers and without a solver. What remains falls apart into pieces that have nothing to do with each other.
This loses nothing: both sets of equations have the same solutions.
"""

from collections import defaultdict
from collections.abc import Iterable, Set

import numpy as np
import numpy.typing as npt

from apps.inclusion.rules.disclosure.layout import Layout, bits
from apps.inclusion.rules.disclosure.rows import Contradiction, Fixing, Piece, Row

#: Column numbers row after row, where each row ends, and what it adds up to.
Table = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.float64]]


class Equations:
    """Raises Contradiction."""

    def __init__(self, layout: Layout, told: Set[int]) -> None:
        self.layout = layout
        #: Of every figure: the cells that told figures inside it do not cover, and these told figures.
        self.left: list[int] = []
        self.less: list[tuple[int, ...]] = []
        self._take_away(told)
        self.rows: list[Row] = []
        self.rows_of: defaultdict[int, list[int]] = defaultdict(list)
        self._state(told)
        self.value: dict[int, int] = {}
        self.fixings: list[Fixing] = []
        self._fix()
        self.free = ~sum(1 << cell for cell in self.rows_of)
        self.pieces = self._pieces()
        self._tables: dict[int, Table] = {}

    def table(self, piece: Piece) -> Table:
        """The open part of a piece's rows: made once, however often it is asked for."""
        if piece.cells[0] not in self._tables:
            column = {cell: number for number, cell in enumerate(piece.cells)}
            open_rows = [self.rows[number] for number in piece.rows]
            cells = [[column[cell] for cell in bits(row.open_cells)] for row in open_rows]
            ends = np.cumsum([0, *(len(row) for row in cells)])
            values = np.array([row.open_value for row in open_rows], dtype=float)
            self._tables[piece.cells[0]] = np.array([each for row in cells for each in row]), ends, values
        return self._tables[piece.cells[0]]

    def _take_away(self, told: Set[int]) -> None:
        for place, mask in enumerate(self.layout.masks):
            best, fewest, less = mask, mask.bit_count(), tuple[int, ...]()
            for split in self.layout.splits[place]:
                left, taken = split.rest, []
                for part in split.parts:
                    if part in told:
                        taken.append(part)
                    else:
                        left |= self.left[part]
                        taken.extend(self.less[part])
                if (count := left.bit_count()) < fewest:
                    best, fewest, less = left, count, tuple(taken)
            self.left.append(best)
            self.less.append(less)

    def constant(self, place: int) -> int:
        """How many of a figure are in the told figures inside it."""
        return sum(self.layout.figures[other].value for other in self.less[place])

    def fixed_in(self, place: int) -> int:
        """How many of a figure are in fixed cells."""
        return sum(self.value.get(cell, 0) for cell in bits(self.left[place]))

    def _state(self, told: Set[int]) -> None:
        values: dict[int, int] = {}
        for place in sorted(told):
            cells, value = self.left[place], self.layout.figures[place].value - self.constant(place)
            if value < 0 or (value and not cells) or values.get(cells, value) != value:
                raise Contradiction(f"{self.layout.figures[place].key!r} contradicts what is inside it")
            if cells and cells not in values:
                for cell in bits(cells):
                    self.rows_of[cell].append(len(self.rows))
                self.rows.append(Row(place, self.less[place], cells, cells, value))
            values[cells] = value

    def _fix(self) -> None:
        waiting = [number for number in range(len(self.rows)) if self._fixes(number)]
        while waiting:
            number = waiting.pop()
            row = self.rows[number]
            if not row.open_cells:
                continue
            self.fixings.append(Fixing(number, row.open_cells, row.open_value == 0))
            value = row.open_value
            for cell in bits(row.open_cells):
                self.value[cell] = value
                waiting.extend(other for other in self._settle(cell, value) if self._fixes(other))

    def _fixes(self, number: int) -> bool:
        row = self.rows[number]
        return row.open_value == 0 or row.open_cells.bit_count() == 1

    def _settle(self, cell: int, value: int) -> Iterable[int]:
        for number in self.rows_of[cell]:
            row = self.rows[number]
            row.open_cells &= ~(1 << cell)
            row.open_value -= value
            if row.open_value < 0 or (row.open_value and not row.open_cells):
                raise Contradiction(f"{self.layout.figures[row.place].key!r} contradicts other figures")
        return self.rows_of[cell]

    def _pieces(self) -> list[Piece]:
        pieces: list[Piece] = []
        seen = 0
        for start, row in enumerate(self.rows):
            if not row.open_cells or row.open_cells & seen:
                continue
            cells, rows, waiting = 0, {start}, row.open_cells
            while waiting:
                cells |= waiting
                beside = {number for cell in bits(waiting) for number in self.rows_of[cell]} - rows
                rows |= beside
                waiting = 0
                for number in beside:
                    waiting |= self.rows[number].open_cells & ~cells
            seen |= cells
            pieces.append(Piece(tuple(bits(cells)), tuple(sorted(rows))))
        return pieces
