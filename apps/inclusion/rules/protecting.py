"""What a release hides beside the small figures, so that nothing gives them away."""

from collections.abc import Hashable, Mapping, Set

from apps.inclusion.rules.cube import ALL, COUNTRY, INTAKE, KIND, PROGRAM, Cube, Key
from apps.inclusion.rules.disclosure import protect
from apps.inclusion.rules.groups import DIMENSIONS, is_detail
from apps.inclusion.rules.splits import with_its_splits
from apps.inclusion.rules.systems import Part, parts_of, system_of

#: What the loss of a figure of each level costs.
LEVELS = {INTAKE: 0, PROGRAM: 1, COUNTRY: 1, KIND: 2, ALL: 3}


def hidden_with(
    cube: Cube, values: Mapping[Key, int], must_hide: Set[Key], told_before: Set[Key], known: Set[Key]
) -> set[Key]:
    """`must_hide` and what has to go with it.

    Where a part cannot be protected because those above it have told too much, the units it is about lose
    all their figures and everything is looked at again. It ends: each time more must be hidden. A nought that
    a told nought above it gives away is told: nobody is in it. A figure
    without cells needs no protection, and is hidden all the same where it must be.
    """
    parts = list(parts_of(cube))
    apart = must_hide - {key for part in parts for key in part.ways}
    must = set(must_hide)
    while True:
        hidden: set[Key] = set()
        exposed: set[Key] = set()
        for part in parts:
            found, bare = _protected(part, values, must | hidden, hidden, told_before, known)
            hidden = with_its_splits(hidden | found, values)
            exposed |= bare
        implied = {key for key in exposed if not values[key]}
        units = {key[:3] for key in exposed - implied - known}
        further = {key for key in values if key[:3] in units} - must
        if not further:
            return (hidden - implied) | apart
        must |= further


def _protected(
    part: Part,
    values: Mapping[Key, int],
    must_hide: Set[Key],
    hidden_above: Set[Key],
    told_before: Set[Key],
    known: Set[Key],
) -> tuple[set[Key], set[Key]]:
    keys = part.ways.keys()
    of_kind = {key for key in keys if key[0] == KIND}
    kind, dimension = part.branch
    below = {key[2:] for key in hidden_above & of_kind} if kind else set()
    must = (must_hide | {key for key in keys if key[0] in (PROGRAM, INTAKE) and key[2:] in below}) & keys
    settled = {key for key in keys if not key[3]} | of_kind if dimension else of_kind
    told = settled - must if kind else set()
    system = system_of(part.ways, values, lambda key: _cost(key, told_before), known)
    while True:
        found = protect(system, must_hide=must, cannot_hide=told, block=_block)
        hidden = {key for key in keys if key in found.hidden}
        closed = with_its_splits(hidden, values) & keys
        if closed == hidden:
            return hidden, {key for key in keys if key in found.exposed}
        must = closed


def _cost(key: Key, told_before: Set[Key]) -> tuple[int, ...]:
    """Parts are lost before the whole, details before what they detail, and what was told before last."""
    scope, _scope_key, _stage, dimension, group = key
    is_main = not dimension or (dimension in DIMENSIONS and not is_detail(dimension, group))
    return (LEVELS[scope] + is_main + (key in told_before),)


def _block(key: Hashable) -> Hashable:
    """A share needs all groups of a split: one that lost a group loses the next first."""
    return key[:4] if isinstance(key, tuple) else key
