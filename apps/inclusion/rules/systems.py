"""The figures of a cube as systems of sums that are protected one after the other.

Where they are few, all figures are one system, which is what a reader has. Where they are many that would be
a program too large: then the whole, the kinds and the countries are one system; the totals of each kind's
programs and intakes are one; and their splits by each question are one each. What a system above told, those
below take as told; what it hid of a kind is hidden of the kind's programs and intakes too, so that these say
no more about it than their totals do.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Set
from dataclasses import dataclass

from apps.inclusion.rules.cube import INTAKE, WHOLE, Cube, Key, threshold_of
from apps.inclusion.rules.disclosure import Figure, System

#: Each figure as one or several sums of cells.
Ways = Mapping[Key, list[tuple[int, ...]]]
TOTALS = ""
#: Up to so many cells all figures are one system.
ONE_SYSTEM = 0


@dataclass(frozen=True, slots=True)
class Part:
    """`branch` is the kind and the dimension it is about; the whole has neither, totals have no dimension."""

    branch: tuple[str, str]
    ways: Ways


def parts_of(cube: Cube) -> Iterator[Part]:
    """All at once where they are few; else the whole first, then kind by kind, totals before splits."""
    if len(cube.cells) <= ONE_SYSTEM:
        yield _part(WHOLE, {key: [way.cells for way in ways] for key, ways in cube.ways.items()})
        return
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


def system_of(
    ways: Ways, values: Mapping[Key, int], cost: Callable[[Key], tuple[int, ...]], known: Set[Key]
) -> System:
    used = sorted({cell for found in ways.values() for way in found for cell in way})
    numbers = {cell: place for place, cell in enumerate(used)}
    far_above = 2 * max((values[key] for key in ways), default=0) + 100
    figures: list[Figure] = []
    links: list[Figure] = []
    for key, found in ways.items():
        own, *others = (tuple(numbers[cell] for cell in way) for way in found)
        figures.append(Figure(key, own, values[key], threshold_of(key), cost(key)))
        for other in others:
            links += link(key, own, other, far_above, slack=len(numbers) + len(links) // 2)
    return System(
        [*figures, *links],
        len(numbers) + len(links) // 2,
        known=frozenset(known & ways.keys()),
        links=frozenset(link.key for link in links),
    )


def link(
    key: Hashable, own: tuple[int, ...], other: tuple[int, ...], far_above: int, *, slack: int
) -> tuple[Figure, Figure]:
    """Everyone knows that two sums are one figure: with what lacks to a number far above it, each makes that
    number. So the figure may be hidden, and its being the same in both ways is told all the same.
    """
    ways = enumerate((own, other))
    one, two = (Figure(("link", slack, side, key), (*way, slack), far_above, 1) for side, way in ways)
    return one, two
