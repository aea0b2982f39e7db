"""How the figures of a system lie in each other: found once, whatever is hidden later.

Sets of cells are whole numbers, one bit for each cell: Python's quickest set.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from apps.core.lazy import LazyModule
from apps.inclusion.rules.disclosure.figures import Figure, System

if TYPE_CHECKING:
    from apps.inclusion.rules.disclosure import nesting
else:
    nesting = LazyModule("apps.inclusion.rules.disclosure.nesting")

#: From so many bits on a text of a mask is read quicker than the mask itself.
MANY = 8


def bits(mask: int) -> Iterator[int]:
    if mask.bit_count() >= MANY:
        text = bin(mask)[:1:-1]
        place = text.find("1")
        while place >= 0:
            yield place
            place = text.find("1", place + 1)
        return
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


@dataclass(frozen=True, slots=True)
class Split:
    """Figures (by their place) that have no cell in common and lie in another, and what is left of it."""

    parts: tuple[int, ...]
    rest: int


@dataclass(frozen=True, slots=True)
class Layout:
    """`figures` are sorted, those with fewer cells first, so that parts come before wholes; `masks` are their
    cells. Cells that no figure tells apart are one cell: any numbers in them that add up alike look alike.
    """

    figures: Sequence[Figure]
    masks: Sequence[int]
    splits: Sequence[Sequence[Split]]

    @classmethod
    def of(cls, system: System) -> "Layout":
        """The same for the same figures in whatever order they come."""
        figures = sorted(system.figures, key=lambda each: str(each.key))
        masks = _merged(figures)
        order = sorted(range(len(figures)), key=lambda place: (masks[place].bit_count(), place))
        sorted_masks = [masks[place] for place in order]
        inside = nesting.inside([list(bits(mask)) for mask in sorted_masks])
        splits = [_splits(place, sorted_masks, inside) for place in range(len(order))]
        return cls([figures[place] for place in order], sorted_masks, splits)


def _merged(figures: Sequence[Figure]) -> list[int]:
    """The masks of the figures over cells that at least one of them tells apart."""
    seen_in: defaultdict[int, list[int]] = defaultdict(list)
    for place, figure in enumerate(figures):
        for cell in figure.cells:
            seen_in[cell].append(place)
    masks = [0] * len(figures)
    for cell, places in enumerate(sorted({tuple(places) for places in seen_in.values()})):
        for place in places:
            masks[place] |= 1 << cell
    return masks


def _splits(whole: int, masks: Sequence[int], inside: Sequence[Sequence[int]]) -> list[Split]:
    """One split for each largest figure inside that no earlier split has: kinds, countries, groups, stages."""
    splits: list[Split] = []
    done: set[int] = set()
    for start in inside[whole]:
        if start in done:
            continue
        rest = masks[whole] & ~masks[start]
        parts = [start]
        for other in inside[whole] if rest else ():
            if masks[other] & ~rest == 0:
                parts.append(other)
                rest &= ~masks[other]
        for part in parts:
            done.add(part)
            done.update(inside[part])
        splits.append(Split(tuple(parts), rest))
    return splits
