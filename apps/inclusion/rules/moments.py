"""Two releases side by side: what was told then and what is told now, over the same people.

A reader has both, and people mostly go forward: whoever applied has applied for good. So each group of people
who are alike is parted by how far they had come at one moment and how far at the later one. What was told then
and what may be told now are both plain sums of these cells, and protecting them as one system protects
what one release would say about the other. The later moment is now, or then: a quarter may be told after a
running view. In a group that neither grew nor shrank throughout (a record was corrected, somebody took their
consent back) the two moments have cells of their own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from apps.inclusion.rules.cube import STAGES, Cube, Key

LAST = len(STAGES)
#: Last stage at the earlier moment (−1: not there yet) and at the later one, of those who only go forward.
PAIRS = tuple((first, last) for last in range(LAST) for first in range(-1, last + 1))
#: Stage → the places of those who were there at the earlier moment, and at the later one.
EARLIER = tuple(tuple(PAIRS.index((stage, last)) for last in range(stage, LAST)) for stage in range(LAST))
LATER = tuple(tuple(PAIRS.index((first, stage)) for first in range(-1, stage + 1)) for stage in range(LAST))
#: Where nothing is known of how people moved: places for each moment by itself.
APART = tuple((stage,) for stage in range(LAST)), tuple((LAST + stage,) for stage in range(LAST))


@dataclass(frozen=True, slots=True)
class Held:
    """What a figure exactly stood for when it was last told or first hidden; `told` is None when hidden.

    `is_kept`: the last release told it as it had been, so that what it was by then is hidden.
    """

    count: int
    told: int | None
    is_kept: bool = False


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the last release told, and exactly how many of each group had come to each stage and no further."""

    held: Mapping[Key, Held] = field(default_factory=dict)
    groups: Mapping[tuple[str, ...], Sequence[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Before:
    """A figure of the last release: told then, or hidden and at least `least` (as an older release told)."""

    value: int
    is_told: bool
    least: int


class Moments:
    """The cells of a cube, parted by where people were at the last release."""

    def __init__(self, cube: Cube, earlier: Earlier) -> None:
        self.cube = cube
        self.held = earlier.held
        self.groups = earlier.groups
        nobody = (0,) * LAST
        before = [earlier.groups.get(group, nobody) for group in cube.groups]
        self.then = [count for counts in before for count in counts]
        places = [
            _places(counts, cube.cells[number * LAST : (number + 1) * LAST])
            for number, counts in enumerate(before)
        ]
        #: Of each cell of the cube, the cells it is parted into.
        self.then_in, self.now_in = (
            [
                tuple(number * len(PAIRS) + place for place in found)
                for number, both in enumerate(places)
                for found in both[moment]
            ]
            for moment in (0, 1)
        )

    def cells_now(self, way: Sequence[int]) -> tuple[int, ...]:
        return tuple(chain.from_iterable(self.now_in[cell] for cell in way)) if self.held else tuple(way)

    def cells_then(self, way: Sequence[int]) -> tuple[int, ...]:
        return tuple(chain.from_iterable(self.then_in[cell] for cell in way))

    def before(self, key: Key) -> Before | None:
        """What the last release said of this figure. None where it said nothing, and where it was then made of
        other units than now (a program that moved): then nothing links it with what is told now. What had no cells
        then was nought, as everybody knew.
        """
        held = self.held.get(key)
        if held is None:
            return None
        cells = self.cube.ways[key][0].cells
        value = sum(self.then[cell] for cell in cells)
        had_cells = any(self.cube.groups[cell // LAST] in self.groups for cell in cells)
        is_told = (held.told is not None and not held.is_kept) or not had_cells
        if is_told and held.count != value:
            return None
        was_told = held.told is not None and held.count <= value
        return Before(value, is_told, held.count if was_told else 0)

    def is_as_told(self, key: Key, value: int) -> bool:
        """Whether a figure is still what it was last told as: that it did not move may be known."""
        held = self.held.get(key)
        return held is not None and held.told is not None and held.count == value


#: Stage → places in the cells of a group: then, and now.
Places = tuple[tuple[tuple[int, ...], ...], tuple[tuple[int, ...], ...]]


def _places(then: Sequence[int], now: Sequence[int]) -> Places:
    if _grows(then, now):
        return EARLIER, LATER
    return (LATER, EARLIER) if _grows(now, then) else APART


def _grows(before: Sequence[int], after: Sequence[int]) -> bool:
    """Whether at least as many had come to every stage at the later moment."""
    return all(sum(before[stage:]) <= sum(after[stage:]) for stage in range(LAST))
