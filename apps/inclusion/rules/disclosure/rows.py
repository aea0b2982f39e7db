"""The parts of the equations: rows, what they fix, and pieces that hang together."""

from dataclasses import dataclass


class Contradiction(ValueError):
    """No numbers of people give the told figures."""


@dataclass(slots=True)
class Row:
    """The told figure at `place`, less the told ones at `less`: its cells, and what of it is still open."""

    place: int
    less: tuple[int, ...]
    cells: int
    open_cells: int
    open_value: int


@dataclass(frozen=True, slots=True)
class Fixing:
    """`row` fixes `cells`: all are zero together, or there is just one."""

    row: int
    cells: int
    is_zero: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """Open cells and rows that are linked with each other, and with no others."""

    cells: tuple[int, ...]
    rows: tuple[int, ...]
