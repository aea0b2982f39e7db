"""What all parts of a cube stand on, and what protecting one of them brings.

It can be copied into another process: a part is protected without a look at the others.
"""

from collections.abc import Hashable, Mapping, Set
from dataclasses import dataclass
from math import ceil, floor, isinf

from apps.inclusion.rules.cube import ALL, COUNTRY, INTAKE, KIND, PROGRAM, Key
from apps.inclusion.rules.disclosure import System, protect
from apps.inclusion.rules.findings import Asked, Found, Ranges
from apps.inclusion.rules.groups import DIMENSIONS, is_detail
from apps.inclusion.rules.moments import Moments
from apps.inclusion.rules.splits import with_its_splits
from apps.inclusion.rules.systems import Part, Then, system_of

#: What the loss of a figure of each level costs.
LEVELS = {INTAKE: 0, PROGRAM: 1, COUNTRY: 1, KIND: 2, ALL: 3}
#: What rounding in the solver may do to a number of people.
ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class Ground:
    """`parts` by their branch. `known` are figures that some readers have from elsewhere."""

    parts: Mapping[tuple[str, str], Part]
    values: Mapping[Key, int]
    moments: Moments
    known: Set[Key]

    def system(self, part: Part, inside: Ranges) -> System:
        return system_of(part, self.values, self._cost, self.moments, self.known, inside)

    def protected(self, asked: Asked) -> Found:
        """A split that is hidden in part for its total's sake is hidden whole."""
        part = self.parts[asked.branch]
        keys = part.ways.keys()
        before = {key: then for key in keys if (then := self.moments.before(key))}
        told_then = {Then(key) for key, then in before.items() if then.is_told}
        hidden_then = {Then(key) for key, then in before.items() if not then.is_told}
        shared = {each for key in keys if key[0] == KIND for each in (key, Then(key))}
        system, must = self.system(part, asked.inside), asked.must
        while True:
            found = protect(
                system,
                must_hide=must | hidden_then,
                cannot_hide=asked.told | told_then,
                block=_block,
                asked=shared,
            )
            hidden = {key for key in keys if key in found.hidden}
            closed = (with_its_splits(hidden, self.values) & keys) - asked.harmless
            if closed == hidden:
                break
            must = closed
        exposed = {key for key in keys if key in found.exposed}
        exposed_then = {key for key in keys if Then(key) in found.exposed}
        return Found(hidden, exposed, exposed_then, _inwards(found.ranges))

    def _cost(self, key: Key) -> tuple[int, ...]:
        """Parts are lost before the whole, details before what they detail, and what was told before last."""
        scope, _scope_key, _stage, dimension, group = key
        is_main = not dimension or (dimension in DIMENSIONS and not is_detail(dimension, group))
        held = self.moments.held.get(key)
        return (LEVELS[scope] + is_main + (held is not None and held.told is not None),)


def _inwards(ranges: Ranges) -> Ranges:
    """The ranges that are left of what other parts look at too. People are whole."""
    return {
        key: (ceil(low - ROUNDING), high if isinf(high) else floor(high + ROUNDING))
        for key, (low, high) in ranges.items()
    }


def _block(key: Hashable) -> Hashable:
    """A share needs all groups of a split: one that lost a group loses the next first."""
    return key[:4] if isinstance(key, tuple) else key
