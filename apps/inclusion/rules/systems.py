"""The figures of a cube as systems of sums that are protected one after the other.

To protect all of them at once would take too long, and hide more than it must. So the whole, the kinds and the
countries are one system; the totals of each kind's programs and intakes are one; and their splits by each
question are one each. What a system above told, those below take as told; what it hid of a kind is hidden of
the kind's programs and intakes too, and what range it left of it is known below.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from types import MappingProxyType

from apps.inclusion.rules.cube import INTAKE, WHOLE, Cube, Key, threshold_of
from apps.inclusion.rules.disclosure import Figure, System
from apps.inclusion.rules.moments import Moments

#: Each figure as one or several sums of cells.
Ways = Mapping[Key, list[tuple[int, ...]]]
TOTALS = ""


@dataclass(frozen=True, slots=True)
class Part:
    """`branch` is the kind and the dimension it is about; the whole has neither, totals have no dimension."""

    branch: tuple[str, str]
    ways: Ways


def parts_of(cube: Cube) -> Iterator[Part]:
    """The whole first, then kind by kind, totals before splits."""
    parts: dict[tuple[str, str], dict[Key, list[tuple[int, ...]]]] = defaultdict(lambda: defaultdict(list))
    for key, ways in cube.ways.items():
        for way in ways:
            branch = way.branch if way.level == INTAKE else WHOLE
            if way.cells not in parts[branch][key]:
                parts[branch][key].append(way.cells)
            if branch != WHOLE and not key[3] and not parts[branch[0], TOTALS].get(key):
                parts[branch[0], TOTALS][key].append(way.cells)
    yield from (_part(branch, parts[branch]) for branch in sorted(parts))


def _part(branch: tuple[str, str], ways: Ways) -> Part:
    """Without the figures that have no cells: everybody knows that they are nought."""
    return Part(branch, {key: found for key, found in ways.items() if any(found)})


def all_at_once(cube: Cube) -> Part:
    """What a reader has."""
    return _part(WHOLE, {key: [way.cells for way in ways] for key, ways in cube.ways.items()})


@dataclass(frozen=True, slots=True)
class Then:
    """The key of a figure of the last release."""

    key: Key


def system_of(
    part: Part,
    values: Mapping[Key, int],
    cost: Callable[[Key], tuple[int, ...]],
    moments: Moments,
    known: Set[Key],
    left: Mapping[Hashable, tuple[float, float]] = MappingProxyType({}),
) -> System:
    """The figures of a part as they are now, and as the last release told them (`Then`).

    `left`: the ranges that other parts leave of figures they hide. What is still as it was last told needs no
    room of its own, should it be hidden for another's sake.
    """
    assembly = Assembly(far_above=2 * max((values[key] for key in part.ways), default=0) + 100)
    for key, ways in part.ways.items():
        now = [moments.cells_now(way) for way in ways]
        room = 1 if moments.is_as_told(key, values[key]) else threshold_of(key)
        assembly.add(key, now, values[key], room, cost(key))
        assembly.limit(key, now[0], left.get(key))
        if before := moments.before(key):
            then = [moments.cells_then(way) for way in ways]
            assembly.add(Then(key), then, before.value, threshold_of(key), (0,))
            assembly.limit(Then(key), then[0], left.get(Then(key)))
            if before.least and not before.is_told:
                assembly.add_least(key, then[0], before.least)
    return assembly.system(frozenset(known & part.ways.keys()))


class Assembly:
    """A system in the making. Cells are numbered as they come."""

    def __init__(self, far_above: int) -> None:
        """`far_above` is a number that no figure comes near."""
        self.far_above = far_above
        self.figures: list[Figure] = []
        self.links: list[Figure] = []
        self.numbers: dict[int, int] = {}
        self.slacks = 0

    def add(
        self, key: Hashable, ways: Sequence[Sequence[int]], value: int, threshold: int, cost: tuple[int, ...]
    ) -> None:
        own, *others = (tuple(self._number(cell) for cell in way) for way in ways)
        self.figures.append(Figure(key, own, value, threshold, cost))
        for other in others:
            self._link("same", key, own, other)

    def limit(self, key: Hashable, way: Sequence[int], ends: tuple[float, float] | None) -> None:
        """Everyone knows the range of a figure, whose ends are whole numbers or inf."""
        if ends is None:
            return
        least, most = ends
        if least > 0:
            self.add_least(("limit", key), way, int(least))
        if most < self.far_above:
            self._add_link(("most", key), (*(self._number(cell) for cell in way), self._slack()), int(most))

    def add_least(self, key: Hashable, way: Sequence[int], least: int) -> None:
        """Everyone knows that a figure is not less than it was: the figure and what lacks to a number far above
        it make that number, and what lacks is limited by another slack.
        """
        one, two = self._slack(), self._slack()
        cells = (*(self._number(cell) for cell in way), one)
        self._add_link(("least", key), cells, self.far_above)
        self._add_link(("lacks", key), (one, two), self.far_above - least)

    def system(self, known: frozenset[Hashable]) -> System:
        links = frozenset(link.key for link in self.links)
        return System([*self.figures, *self.links], len(self.numbers), known=known, links=links)

    def _link(self, name: str, key: Hashable, own: tuple[int, ...], other: tuple[int, ...]) -> None:
        """Everyone knows that two sums are one figure: with what lacks to a number far above it, each makes
        that number. So the figure may be hidden, and its being the same in both ways is told all the same.
        """
        slack = self._slack()
        for side, way in enumerate((own, other)):
            self._add_link((name, slack, side, key), (*way, slack), self.far_above)

    def _add_link(self, key: Hashable, cells: tuple[int, ...], value: int) -> None:
        self.links.append(Figure(("link", key), cells, value, 1))

    def _number(self, cell: int) -> int:
        return self.numbers.setdefault(cell, len(self.numbers))

    def _slack(self) -> int:
        self.slacks += 1
        return self._number(-self.slacks)
