"""What a release tells: every figure of a cube told as it is, as it was told before, or not at all.

Order of the steps: what moved too little since the last release stays as it was; what is small is hidden;
a split in which everyone gave one answer is hidden; then whatever would give one of these away.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Set
from dataclasses import dataclass

from apps.inclusion.rules.cube import ALL, COUNTRY, INTAKE, KIND, PROGRAM, Cube, Key, threshold_of
from apps.inclusion.rules.disclosure import Figure, System, protect, rounded
from apps.inclusion.rules.disclosure.movement import Movement, movement
from apps.inclusion.rules.groups import DIMENSIONS, is_detail
from apps.inclusion.rules.splits import hidden_for_itself

#: Up to so many cells all figures are one system; above, programs are a system for each kind and dimension.
ONE_SYSTEM = 1000
ROUNDING = 5
#: What the loss of a figure of each level costs.
LEVELS = {INTAKE: 0, PROGRAM: 1, COUNTRY: 1, KIND: 2, ALL: 3}


@dataclass(frozen=True, slots=True)
class Held:
    """What a figure exactly stood for when it was last told or first hidden; `told` is None when hidden."""

    count: int
    told: int | None


@dataclass(frozen=True, slots=True)
class Telling:
    """One figure of a release: the rounded value or None, and what the next release is compared with."""

    value: int | None
    is_kept: bool
    held: Held


def tell(cube: Cube, earlier: Mapping[Key, Held], known: Set[Key] = frozenset()) -> dict[Key, Telling]:
    """Every figure of the cube as it may be told beside what the last release told.

    `known` are figures that some readers have exactly from elsewhere: hiding them protects nothing.
    """
    values = cube.values()
    moves = {key: _moved(key, value, earlier) for key, value in values.items()}
    must_hide = {key for key, move in moves.items() if move is not Movement.FREE}
    must_hide |= hidden_for_itself(values)
    hidden = _protected(cube, values, must_hide, earlier, known)
    return {key: _telling(key, value, key in hidden, earlier.get(key)) for key, value in values.items()}


def tell_apart(counts: Mapping[tuple[str, str, str], int], earlier: Mapping[Key, Held]) -> dict[Key, Telling]:
    """Counts of the whole that are linked with no other figure but by their order within a dimension.

    Cut-offs lie within each other (SS4 in SS3 in SS2 in SS1), so a small step from one to the next is a small
    figure too: then all of them are hidden.
    """
    found: dict[Key, Telling] = {}
    for (stage, dimension, group), value in counts.items():
        key = (ALL, "", stage, dimension, group)
        steps = _steps(counts, stage, dimension)
        is_small = any(0 < step < threshold_of(key) for step in steps)
        is_hidden = is_small or _moved(key, value, earlier) is not Movement.FREE
        found[key] = _telling(key, value, is_hidden, earlier.get(key))
    return found


def _steps(counts: Mapping[tuple[str, str, str], int], stage: str, dimension: str) -> list[int]:
    values = sorted(n for (each, name, _group), n in counts.items() if (each, name) == (stage, dimension))
    return [after - before for before, after in zip([0, *values], values, strict=False)]


def _moved(key: Key, value: int, earlier: Mapping[Key, Held]) -> Movement:
    held = earlier.get(key)
    if held is None:
        return Movement.FREE
    return movement(then=held.count, was_told=held.told is not None, now=value, threshold=threshold_of(key))


def _telling(key: Key, value: int, is_hidden: bool, held: Held | None) -> Telling:
    """What was told once stays told: as it is now, or as it was."""
    if not is_hidden:
        return Telling(rounded(value, ROUNDING), False, Held(value, rounded(value, ROUNDING)))
    if held is not None and held.told is not None:
        return Telling(held.told, True, held)
    return Telling(None, False, held or Held(value, None))


def _cost(key: Key, earlier: Mapping[Key, Held]) -> tuple[int, ...]:
    """Parts are lost before the whole, details before what they detail, and what was told before last."""
    scope, _scope_key, _stage, dimension, group = key
    was_told = key in earlier and earlier[key].told is not None
    is_main = not dimension or (dimension in DIMENSIONS and not is_detail(dimension, group))
    return (LEVELS[scope] + is_main + was_told,)


def _block(key: Hashable) -> Hashable:
    """A share needs all groups of a split: one that lost a group loses the next first."""
    return key[:4] if isinstance(key, tuple) else key


def _protected(
    cube: Cube,
    values: Mapping[Key, int],
    must_hide: Set[Key],
    earlier: Mapping[Key, Held],
    known: Set[Key],
) -> set[Key]:
    """System by system from the top. What is hidden of a kind is hidden of its programs and intakes too, so
    that their figures say nothing more about it than its totals do.
    """
    hidden: set[Key] = set()
    for ways in systems_of(cube):
        above = {key[2:] for key in hidden & ways.keys() if key[0] == KIND}
        below = {key for key in ways if key[0] in (PROGRAM, INTAKE) and key[2:] in above}
        must = (must_hide | hidden | below) & ways.keys()
        hidden |= _of_system(ways, values, must, earlier, known)
    return hidden


Ways = dict[Key, list[tuple[int, ...]]]


def systems_of(cube: Cube) -> Iterator[Ways]:
    """All figures at once where they are few; else the kinds and countries, then each kind's programs and
    intakes one dimension at a time.
    """
    if len(cube.cells) <= ONE_SYSTEM:
        yield {key: [way.cells for way in ways] for key, ways in cube.ways.items()}
        return
    parts: dict[tuple[str, str], Ways] = defaultdict(lambda: defaultdict(list))
    for key, ways in cube.ways.items():
        for way in ways:
            parts[way.branch if way.level == INTAKE else ("", "")][key].append(way.cells)
    yield from (dict(parts[branch]) for branch in sorted(parts))


def _of_system(
    ways: Ways, values: Mapping[Key, int], must_hide: Set[Key], earlier: Mapping[Key, Held], known: Set[Key]
) -> set[Key]:
    used = sorted({cell for found in ways.values() for way in found for cell in way})
    numbers = {cell: place for place, cell in enumerate(used)}
    far_above = 2 * max(values.values(), default=0) + 100
    figures: list[Figure] = []
    links: list[Figure] = []
    for key, found in ways.items():
        own, *others = (tuple(numbers[cell] for cell in way) for way in found)
        figures.append(Figure(key, own, values[key], threshold_of(key), _cost(key, earlier)))
        for other in others:
            links += _link(key, own, other, far_above, slack=len(numbers) + len(links) // 2)
    system = System(
        [*figures, *links],
        len(numbers) + len(links) // 2,
        known=frozenset(known & ways.keys()),
        links=frozenset(link.key for link in links),
    )
    hidden = protect(system, must_hide=must_hide, block=_block).hidden
    return {figure.key for figure in figures if figure.key in hidden}  # type: ignore[misc]


def _link(
    key: Key, own: tuple[int, ...], other: tuple[int, ...], far_above: int, *, slack: int
) -> tuple[Figure, Figure]:
    """Everyone knows that two sums are one figure: with what lacks to a number far above it, each makes that
    number. So the figure may be hidden, and its being the same in both ways is told all the same.
    """
    ways = enumerate((own, other))
    one, two = (Figure(("link", slack, side, *key), (*way, slack), far_above, 1) for side, way in ways)
    return one, two
