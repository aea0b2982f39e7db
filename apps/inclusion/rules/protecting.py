"""What a release hides beside the small figures, so that nothing gives them away."""

from collections.abc import Iterator, Mapping, Sequence, Set
from os import cpu_count

from apps.core.copies import copies_of
from apps.inclusion.rules.cube import KIND, Cube, Key
from apps.inclusion.rules.ground import Ground
from apps.inclusion.rules.hiding import Hiding
from apps.inclusion.rules.moments import Earlier, Moments
from apps.inclusion.rules.systems import Part, all_at_once, parts_of

#: Up to so many cells all parts are attacked together before they are told, and protected one after the other. Where
#: figures are more, that would take too long: then parts know of each other by the ranges alone, and are protected
#: side by side.
MANY = 3000


def hidden_with(
    cube: Cube, values: Mapping[Key, int], must_hide: Set[Key], earlier: Earlier, known: Set[Key]
) -> Set[Key]:
    """`must_hide` and what has to go with it.

    Where a part cannot be protected because those above it have told too much, more is hidden (`_further`) and
    everything is looked at again, as it is when one part narrows what another has hidden. What can be guessed too
    closely all the same and harms nobody is told, and what that tells is looked at as well: a nought, and what
    is still as it was last told. It ends: each time more must be hidden, is told for good, or is known closer.
    A figure without cells needs no protection, and is hidden all the same where it must be.
    """
    ground = Ground({part.branch: part for part in parts_of(cube)}, values, Moments(cube, earlier), known)
    keys = {key for part in ground.parts.values() for key in part.ways}
    if len(cube.cells) <= MANY:
        hiding = Hiding(ground, lambda asked: [ground.protected(each) for each in asked])
        return _hidden(hiding, must_hide, all_at_once(cube)) | (must_hide - keys)
    with copies_of(ground, min(cpu_count() or 1, len(ground.parts))) as copies:
        hiding = Hiding(ground, lambda asked: copies.ask("protected", asked))
        return _hidden(hiding, must_hide, None) | (must_hide - keys)


def _hidden(hiding: Hiding, must_hide: Set[Key], everything: Part | None) -> Set[Key]:
    must = set(must_hide)
    while True:
        look = hiding.look(must)
        implied, bare = look.implied & look.hidden, look.bare
        is_settled = not any(keys for _part, keys in bare) and not implied and look.ranges == hiding.ranges
        if is_settled and everything is not None:
            implied, bare = hiding.look_at_all(everything, look.hidden)
        further = next(_further(hiding, bare, must | implied), set())
        if not further and not implied and look.ranges == hiding.ranges:
            return look.hidden
        must |= further or look.hidden
        hiding.harmless |= implied
        hiding.ranges = look.ranges


def _further(hiding: Hiding, bare: Sequence[tuple[Part, Set[Key]]], must: Set[Key]) -> Iterator[Set[Key]]:
    """What more to hide for figures that can be worked out of their parts, the least first: what would give them room;
    all of their units at their stage; what their kinds tell of the same question; all that their parts tell.
    """
    units = {key[:3] for _part, keys in bare for key in keys}
    if units:
        yield from (more for each in hiding.openings(bare) if (more := each - must))
    values = hiding.ground.values
    splits = {part.branch for part, keys in bare if keys}
    for found in (
        {key for key in values if key[:3] in units},
        {key for key in values if key[0] == KIND and (key[1], key[3]) in splits},
        {key for part, keys in bare if keys for key in part.ways},
    ):
        if more := found - must:
            yield more
