"""What disclosure control works on: cells nobody is shown, and figures that are sums of them."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Figure:
    """A count that could be told: the sum of `cells`.

    A hidden figure is safe when what is told leaves it a range of at least `threshold` − 1.
    `cost` says what its loss costs. The first number is its tier: a figure of a lower tier is always lost
    before one of a higher tier. Within a tier a zero is lost last, and the other numbers decide the rest.
    """

    key: Hashable
    cells: tuple[int, ...]
    value: int
    threshold: int
    cost: tuple[int, ...] = (0,)


@dataclass(frozen=True, slots=True)
class System:
    """All figures that one reader may lay side by side, over the cells 0 to `cells` − 1.

    `known` are keys of figures that readers have from elsewhere: they count as told, hidden or not. `links`
    are keys of what is no figure but a fact about cells, known to all, such as two sums being the same; by
    themselves they must leave every figure all the room it could need.
    Raises ValueError for a key that comes twice and for a cell that is not there.
    """

    figures: Sequence[Figure]
    cells: int
    known: frozenset[Hashable] = frozenset()
    links: frozenset[Hashable] = frozenset()

    def __post_init__(self) -> None:
        if len({figure.key for figure in self.figures}) < len(self.figures):
            raise ValueError("A key comes twice")
        for figure in self.figures:
            if any(not 0 <= cell < self.cells for cell in figure.cells):
                raise ValueError(f"{figure.key!r} has a cell that is not there")
            if len(set(figure.cells)) < len(figure.cells):
                raise ValueError(f"{figure.key!r} has a cell twice")


@dataclass(frozen=True, slots=True)
class Protection:
    """What to hide, and which of the hidden figures can be worked out all the same: their owner should
    merge groups or withhold what could not be hidden. `ranges`: the least and most of what was asked.
    """

    hidden: frozenset[Hashable]
    exposed: frozenset[Hashable] = frozenset()
    ranges: Mapping[Hashable, tuple[float, float]] = field(default_factory=dict)


def is_small(value: int, threshold: int) -> bool:
    return 0 < value < threshold


def rounded(value: int, base: int = 5) -> int:
    """To the nearest multiple of `base`, a half up, as published counts are: 0–2 → 0, 3–7 → 5."""
    return (2 * value + base) // (2 * base) * base
