"""What a release hides beside the small figures, so that nothing gives them away."""

from collections.abc import Iterator, Mapping, Sequence, Set

from apps.inclusion.rules.cube import KIND, Cube, Key
from apps.inclusion.rules.hiding import Hiding
from apps.inclusion.rules.moments import Earlier, Moments
from apps.inclusion.rules.systems import Part


def hidden_with(
    cube: Cube, values: Mapping[Key, int], must_hide: Set[Key], earlier: Earlier, known: Set[Key]
) -> set[Key]:
    """`must_hide` and what has to go with it.

    Where a part cannot be protected because those above it have told too much, more is hidden (`_further`) and
    everything is looked at again, as it is when one part narrows what another has hidden. What can be guessed too
    closely all the same and harms nobody is told, and what that tells is looked at as well: a nought, and what
    is still as it was last told. It ends: each time more must be hidden, is told for good, or is known closer.
    A figure without cells needs no protection, and is hidden all the same where it must be.
    """
    hiding = Hiding(cube, values, Moments(cube, earlier), known)
    must = set(must_hide)
    while True:
        hidden, implied, bare, ranges = hiding.look(must)
        if not any(keys for _part, keys in bare) and not implied and ranges == hiding.ranges:
            implied, bare = hiding.look_at_all(hidden)
        further = next((more for more in _further(bare, values, must | implied) if more), set())
        if not further and not implied and ranges == hiding.ranges:
            return hidden | (must_hide - hiding.keys)
        must |= further or hidden
        hiding.harmless |= implied
        hiding.ranges = ranges


def _further(
    bare: Sequence[tuple[Part, Set[Key]]], values: Mapping[Key, int], must: Set[Key]
) -> Iterator[set[Key]]:
    """What more to hide for figures that can be worked out of their parts, the least first: all of their units
    at their stage; what their kinds tell of the same question; all that their parts tell.
    """
    units = {key[:3] for _part, keys in bare for key in keys}
    yield {key for key in values if key[:3] in units} - must
    splits = {part.branch for part, keys in bare if keys}
    yield {key for key in values if key[0] == KIND and (key[1], key[3]) in splits} - must
    yield {key for part, keys in bare if keys for key in part.ways} - must
