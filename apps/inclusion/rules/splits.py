"""What is hidden for its own sake, and what is hidden with it because it is read together.

A split is one total parted by one question (or a pair of them). Where its focus or its others are few, all of
it goes: nothing that is left could be read. Where only the silent are few, the focus stays: it is told as
a part of everyone then, and how many of the rest answered is not told.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Set

from apps.inclusion.rules.cube import Key, threshold_of
from apps.inclusion.rules.disclosure import is_small
from apps.inclusion.rules.groups import DIMENSIONS, FOCUS, NOT_STATED, OTHERS, is_detail

#: (scope, scope key, stage, dimension) → group → count.
Splits = Mapping[tuple[str, str, str, str], Mapping[str, int]]


def splits_of(values: Mapping[Key, int]) -> Splits:
    found: dict[tuple[str, str, str, str], dict[str, int]] = defaultdict(dict)
    for (scope, scope_key, stage, dimension, group), value in values.items():
        found[scope, scope_key, stage, dimension][group] = value
    return found


def hidden_for_itself(values: Mapping[Key, int]) -> set[Key]:
    """Small figures, splits in which everyone gave one answer, and what goes with them."""
    splits = splits_of(values)
    hidden: set[Key] = set()
    for split, groups in splits.items():
        hidden |= {(*split, group) for group in _hidden_in(split, groups)}
    return with_its_splits(hidden, values)


def with_its_splits(hidden: Set[Key], values: Mapping[Key, int]) -> set[Key]:
    """A hidden total takes its splits along: their parts would add up to it."""
    gone = {key[:3] for key in hidden if not key[3]}
    return {key for key in values if key in hidden or key[:3] in gone}


def _hidden_in(split: tuple[str, str, str, str], groups: Mapping[str, int]) -> Iterator[str]:
    dimension = split[3]
    small = {group for group, count in groups.items() if is_small(count, threshold_of((*split, group)))}
    if dimension not in DIMENSIONS:
        yield from groups if small else ()
    elif FOCUS[dimension] in small or OTHERS[dimension] in small or tells_all(groups):
        yield from groups
    elif NOT_STATED in small:
        yield from groups.keys() - {FOCUS[dimension]}
    elif small:
        yield from (group for group in groups if is_detail(dimension, group))


def tells_all(groups: Mapping[str, int]) -> bool:
    """Whether everyone gave one answer, so that the split would tell the answer of each of them. Everyone
    silent tells nothing.
    """
    everyone = sum(count for group, count in groups.items() if group in _PARTS)
    return everyone > 0 and any(
        count == everyone for group, count in groups.items() if group in _PARTS - {NOT_STATED}
    )


_PARTS = frozenset({NOT_STATED, *FOCUS.values(), *OTHERS.values()})
