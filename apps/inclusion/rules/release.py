"""What a release tells: every figure of a cube told as it is, as it was told before, or not at all.

Order of the steps: what moved too little since the last release stays as it was; what is small is hidden;
a split in which everyone gave one answer is hidden; then whatever would give one of these away.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace

from apps.inclusion.rules.cube import ALL, Cube, Key, threshold_of
from apps.inclusion.rules.disclosure import rounded
from apps.inclusion.rules.disclosure.movement import Movement, movement
from apps.inclusion.rules.moments import Earlier, Held
from apps.inclusion.rules.protecting import hidden_with
from apps.inclusion.rules.splits import hidden_for_itself

ROUNDING = 5


@dataclass(frozen=True, slots=True)
class Telling:
    """One figure of a release: the rounded value or None, and what the next release is compared with."""

    value: int | None
    is_kept: bool
    held: Held


def tell(cube: Cube, earlier: Earlier, known: Set[Key] = frozenset()) -> dict[Key, Telling]:
    """Every figure of the cube as it may be told beside what the last release told.

    `known` are figures that some readers have exactly from elsewhere: hiding them protects nothing.
    """
    values = cube.values()
    moves = {key: _moved(key, value, earlier.held) for key, value in values.items()}
    must_hide = {key for key, move in moves.items() if move is not Movement.FREE}
    must_hide |= hidden_for_itself(values)
    hidden = hidden_with(cube, values, must_hide, earlier, known)
    return {key: _telling(value, key in hidden, earlier.held.get(key)) for key, value in values.items()}


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
        found[key] = _telling(value, is_hidden, earlier.get(key))
    return found


def _steps(counts: Mapping[tuple[str, str, str], int], stage: str, dimension: str) -> list[int]:
    values = sorted(n for (each, name, _group), n in counts.items() if (each, name) == (stage, dimension))
    return [after - before for before, after in zip([0, *values], values, strict=False)]


def _moved(key: Key, value: int, earlier: Mapping[Key, Held]) -> Movement:
    held = earlier.get(key)
    if held is None:
        return Movement.FREE
    return movement(then=held.count, was_told=held.told is not None, now=value, threshold=threshold_of(key))


def _telling(value: int, is_hidden: bool, held: Held | None) -> Telling:
    """What was told once stays told: as it is now, or as it was."""
    if not is_hidden:
        return Telling(rounded(value, ROUNDING), False, Held(value, rounded(value, ROUNDING)))
    if held is not None and held.told is not None:
        return Telling(held.told, True, replace(held, is_kept=True))
    return Telling(None, False, held or Held(value, None))
