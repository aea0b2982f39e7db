"""The parts of a cube, protected one after the other, and again with what was learned meanwhile."""

from collections.abc import Hashable, Mapping, Set
from dataclasses import dataclass
from math import ceil, floor, isinf

from apps.inclusion.rules.cube import ALL, COUNTRY, INTAKE, KIND, PROGRAM, WHOLE, Cube, Key
from apps.inclusion.rules.disclosure import System, intervals, narrow_in, protect
from apps.inclusion.rules.groups import DIMENSIONS, is_detail
from apps.inclusion.rules.moments import Moments
from apps.inclusion.rules.splits import with_its_splits
from apps.inclusion.rules.systems import Part, Then, all_at_once, parts_of, system_of

#: What the loss of a figure of each level costs.
LEVELS = {INTAKE: 0, PROGRAM: 1, COUNTRY: 1, KIND: 2, ALL: 3}
#: What rounding in the solver may do to a number of people.
ROUNDING = 1e-6
#: Up to so many cells all parts are attacked together before they are told.
MANY = 3000


#: Of hidden figures: the least and the most that a part leaves of each.
Ranges = Mapping[Hashable, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Found:
    """What a part hides, and what of it can be worked out all the same: now, or as the last release hid it."""

    hidden: Set[Key]
    exposed: Set[Key]
    exposed_then: Set[Key]
    #: Of what other parts look at too.
    ranges: Ranges


class Hiding:
    """What is known so far: `harmless` figures are told, and `ranges` are left where parts meet."""

    def __init__(self, cube: Cube, values: Mapping[Key, int], moments: Moments, known: Set[Key]) -> None:
        self.cube = cube
        self.parts = list(parts_of(cube))
        self.keys = {key for part in self.parts for key in part.ways}
        self.values, self.moments, self.known = values, moments, known
        self.harmless: set[Key] = set()
        self.ranges: Ranges = {}
        self.done: dict[Hashable, Found] = {}

    def look(self, must: Set[Key]) -> tuple[set[Key], set[Key], list[tuple[Part, Set[Key]]], Ranges]:
        """What is hidden, what of it harms nobody and is known all the same, what else of each part can be
        worked out, and the ranges that are left where parts meet.
        """
        hidden: set[Key] = set()
        implied: set[Key] = set()
        bare: list[tuple[Part, Set[Key]]] = []
        ranges = dict(self.ranges)
        for part in self.parts:
            found = self._found(part, (must | hidden) - self.harmless, hidden, ranges)
            hidden = with_its_splits(hidden | found.hidden, self.values) - self.harmless
            ranges |= found.ranges
            quiet = {key for key in found.exposed if self._is_harmless(key)}
            implied |= quiet
            # Nothing is settled above the whole: what the last release gave away, hiding more cannot take back.
            lost = found.exposed_then if part.branch == WHOLE else set()
            bare.append((part, (found.exposed_then - lost) | (found.exposed - quiet - self.known)))
        return hidden, implied & hidden, bare, ranges

    def look_at_all(self, hidden: Set[Key]) -> tuple[set[Key], list[tuple[Part, Set[Key]]]]:
        """What the parts leave wide and all of them together do not, apart from what harms nobody. Where figures
        are very many, that would take too long: then parts know of each other by the ranges alone.
        """
        part = all_at_once(self.cube)
        if len(self.cube.cells) > MANY:
            return set(), []
        system = system_of(part, self.values, self._cost, self.moments, self.known)
        before = {key: then for key in part.ways if (then := self.moments.before(key))}
        hidden_then = {Then(key) for key, then in before.items() if not then.is_told}
        narrow = narrow_in(system, hidden | hidden_then)
        if narrow & hidden_then:
            narrow -= narrow_in(system, part.ways.keys() | hidden_then) & hidden_then
        quiet = {key for key in hidden if key in narrow and self._is_harmless(key)}
        bare = {key for key in hidden - quiet if key in narrow} | {
            key for key in before if Then(key) in narrow
        }
        return quiet, [(part, bare - self.known)]

    def _is_harmless(self, key: Key) -> bool:
        return not self.values[key] or self.moments.is_as_told(key, self.values[key])

    def _found(self, part: Part, must_hide: Set[Key], hidden_above: Set[Key], ranges: Ranges) -> Found:
        """Asked again with the same, a part answers as before."""
        keys = part.ways.keys()
        must, told = _given(part, must_hide, hidden_above)
        must, told = must - self.harmless, told | (self.harmless & keys)
        inside: Ranges = {each: ranges[each] for key in keys for each in (key, Then(key)) if each in ranges}
        asked = part.branch, frozenset(must), frozenset(told), frozenset(inside.items())
        if asked not in self.done:
            system = system_of(part, self.values, self._cost, self.moments, self.known, inside)
            self.done[asked] = self._protected(part, system, must, told)
        return self.done[asked]

    def _protected(self, part: Part, system: System, must: Set[Key], told: Set[Key]) -> Found:
        keys = part.ways.keys()
        before = {key: then for key in keys if (then := self.moments.before(key))}
        told_then = {Then(key) for key, then in before.items() if then.is_told}
        hidden_then = {Then(key) for key, then in before.items() if not then.is_told}
        while True:
            found = protect(system, must_hide=must | hidden_then, cannot_hide=told | told_then, block=_block)
            hidden = {key for key in keys if key in found.hidden}
            closed = (with_its_splits(hidden, self.values) & keys) - self.harmless
            if closed == hidden:
                break
            must = closed
        exposed = {key for key in keys if key in found.exposed}
        exposed_then = {key for key in keys if Then(key) in found.exposed}
        return Found(hidden, exposed, exposed_then, _left_by(part, system, found.hidden))

    def _cost(self, key: Key) -> tuple[int, ...]:
        """Parts are lost before the whole, details before what they detail, and what was told before last."""
        scope, _scope_key, _stage, dimension, group = key
        is_main = not dimension or (dimension in DIMENSIONS and not is_detail(dimension, group))
        held = self.moments.held.get(key)
        return (LEVELS[scope] + is_main + (held is not None and held.told is not None),)


def _left_by(part: Part, system: System, secret: Set[Hashable]) -> Ranges:
    """The ranges of what is hidden of kinds, which other parts look at too, taken inwards: people are whole."""
    shared = {key for key in part.ways if key[0] == KIND}
    asked = (shared | {Then(key) for key in shared}) & secret
    if not asked:
        return {}
    return {
        key: (ceil(low - ROUNDING), high if isinf(high) else floor(high + ROUNDING))
        for key, (low, high) in intervals(system, secret, asked).items()
    }


def _given(part: Part, must_hide: Set[Key], hidden_above: Set[Key]) -> tuple[set[Key], set[Key]]:
    """What of a part must be hidden, and what stays told, as the parts above it have settled."""
    keys = part.ways.keys()
    of_kind = {key for key in keys if key[0] == KIND}
    kind, dimension = part.branch
    below = {key[2:] for key in hidden_above & of_kind} if kind else set()
    must = (must_hide | {key for key in keys if key[0] in (PROGRAM, INTAKE) and key[2:] in below}) & keys
    settled = {key for key in keys if not key[3]} | of_kind if dimension else of_kind
    return must, settled - must if kind else set()


def _block(key: Hashable) -> Hashable:
    """A share needs all groups of a split: one that lost a group loses the next first."""
    return key[:4] if isinstance(key, tuple) else key
