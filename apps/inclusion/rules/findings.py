"""What looking at the parts of a cube brings, one by one and together."""

from collections.abc import Hashable, Mapping, Sequence, Set
from dataclasses import dataclass, field

from apps.inclusion.rules.cube import Key
from apps.inclusion.rules.systems import Part

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


@dataclass(frozen=True, slots=True)
class Asked:
    """Of the part of this branch: what it must hide, what of it is told and may not be hidden, what of that is told
    because it harms nobody, and the ranges that other parts leave.
    """

    branch: tuple[str, str]
    must: Set[Key]
    told: Set[Key]
    harmless: Set[Key]
    inside: Ranges


@dataclass(frozen=True, slots=True)
class Answer:
    """What a part was asked last, and what it found."""

    asked: Asked
    found: Found

    def covers(self, other: Asked) -> bool:
        """Whether what was found is an answer to this too: nothing else must be hidden, nothing else is told, and
        the ranges left by others are no closer than those it was asked with or found itself.
        """
        must, own = self.asked.must, {**self.asked.inside, **self.found.ranges}
        is_less = must <= other.must <= self.found.hidden | must
        if not is_less or (other.told, other.harmless) != (self.asked.told, self.asked.harmless):
            return False
        return all(
            each in own and low <= own[each][0] and own[each][1] <= high
            for each, (low, high) in other.inside.items()
        )


@dataclass(frozen=True, slots=True)
class Look:
    """What is hidden, what of it harms nobody and is known all the same (`implied`), what else of each part can be
    worked out (`bare`), and the ranges that are left where parts meet.
    """

    hidden: Set[Key] = frozenset()
    implied: Set[Key] = frozenset()
    bare: Sequence[tuple[Part, Set[Key]]] = ()
    ranges: Ranges = field(default_factory=dict)
