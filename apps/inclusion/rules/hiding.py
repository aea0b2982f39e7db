"""The parts of a cube, protected one after the other, and again with what was learned meanwhile."""

from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import replace
from itertools import groupby

from apps.inclusion.rules.cube import INTAKE, KIND, PROGRAM, WHOLE, Key
from apps.inclusion.rules.disclosure import narrow_in
from apps.inclusion.rules.findings import Answer, Asked, Found, Look, Ranges
from apps.inclusion.rules.ground import Ground
from apps.inclusion.rules.splits import with_its_splits
from apps.inclusion.rules.systems import TOTALS, Part, Then

#: What protecting each of some parts brings, in this order.
Ask = Callable[[Sequence[Asked]], Sequence[Found]]


class Hiding:
    """What is known so far: `harmless` figures are told, and `ranges` are left where parts meet."""

    def __init__(self, ground: Ground, ask: Ask) -> None:
        self.ground, self.ask = ground, ask
        #: The whole, the totals of all kinds, their splits: each knows what the ones before it have settled.
        self.stages = [
            list(parts) for _stage, parts in groupby(sorted(ground.parts.values(), key=_stage), _stage)
        ]
        self.harmless: frozenset[Key] = frozenset()
        self.ranges: Ranges = {}
        self.answers: dict[tuple[str, str], Answer] = {}

    def look(self, must: Set[Key]) -> Look:
        look = Look(ranges=self.ranges)
        for parts in self.stages:
            self._ask_again([self._asked(part, must, look) for part in parts])
            for part in parts:
                look = self._joined(look, part, self.answers[part.branch].found)
        return look

    def openings(self, bare: Sequence[tuple[Part, Set[Key]]]) -> Iterator[Set[Key]]:
        """What to hide of parts that have no room left, if what was settled above them could be hidden too: first the
        totals of units, then the kinds'. Nothing where that leaves something exposed all the same.
        """
        answers = [self.answers[part.branch] for part, keys in bare if keys and part.branch != WHOLE]
        for kept in (frozenset({KIND}), frozenset[str]()):
            anew = [
                replace(
                    answer.asked,
                    told=answer.asked.harmless | {key for key in answer.asked.told if key[0] in kept},
                )
                for answer in answers
            ]
            found = self.ask(anew) if anew else []
            if not any(each.exposed_then or self._unsettled(each.exposed) for each in found):
                yield {key for each in found for key in each.hidden}

    def _unsettled(self, exposed: Set[Key]) -> set[Key]:
        return {key for key in exposed if not self._is_harmless(key)} - self.ground.known

    def _ask_again(self, all_asked: Sequence[Asked]) -> None:
        """Asked again for no more than it answered, a part answers as before; for more, it goes on from there."""
        anew = []
        for asked in all_asked:
            answer = self.answers.get(asked.branch)
            if answer is None:
                anew.append(asked)
            elif not answer.covers(asked):
                anew.append(replace(asked, must=asked.must | (answer.found.hidden - asked.told)))
        anew.sort(key=lambda asked: -len(asked.must))  # side by side, the longest work begins first
        for asked, found in zip(anew, self.ask(anew), strict=True):
            self.answers[asked.branch] = Answer(asked, found)

    def _asked(self, part: Part, must_hide: Set[Key], look: Look) -> Asked:
        keys = part.ways.keys()
        must, told = _given(part, (must_hide | look.hidden) - self.harmless, look.hidden)
        harmless = self.harmless & keys
        inside: Ranges = {
            each: look.ranges[each] for key in keys for each in (key, Then(key)) if each in look.ranges
        }
        return Asked(part.branch, must - harmless, told | harmless, harmless, inside)

    def _joined(self, look: Look, part: Part, found: Found) -> Look:
        quiet = {key for key in found.exposed if self._is_harmless(key)}
        # Nothing is settled above the whole: what the last release gave away, hiding more cannot take back.
        lost = found.exposed_then if part.branch == WHOLE else set()
        bare = (found.exposed_then - lost) | self._unsettled(found.exposed)
        return Look(
            with_its_splits(look.hidden | found.hidden, self.ground.values) - self.harmless,
            look.implied | quiet,
            [*look.bare, (part, bare)],
            _closest(look.ranges, found.ranges),
        )

    def look_at_all(self, everything: Part, hidden: Set[Key]) -> tuple[set[Key], list[tuple[Part, Set[Key]]]]:
        """What the parts leave wide and all of them together do not, apart from what harms nobody."""
        system = self.ground.system(everything, {})
        before = {key: then for key in everything.ways if (then := self.ground.moments.before(key))}
        hidden_then = {Then(key) for key, then in before.items() if not then.is_told}
        narrow = narrow_in(system, hidden | hidden_then)
        if narrow & hidden_then:
            narrow -= narrow_in(system, everything.ways.keys() | hidden_then) & hidden_then
        quiet = {key for key in hidden if key in narrow and self._is_harmless(key)}
        bare = {key for key in hidden - quiet if key in narrow} | {
            key for key in before if Then(key) in narrow
        }
        return quiet, [(everything, bare - self.ground.known)]

    def _is_harmless(self, key: Key) -> bool:
        value = self.ground.values[key]
        return not value or self.ground.moments.is_as_told(key, value)


def _stage(part: Part) -> tuple[bool, bool]:
    kind, dimension = part.branch
    return bool(kind), dimension != TOTALS


def _closest(one: Ranges, other: Ranges) -> Ranges:
    found = dict(one)
    for key, (low, high) in other.items():
        least, most = found.get(key, (low, high))
        found[key] = max(low, least), min(high, most)
    return found


def _given(part: Part, must_hide: Set[Key], hidden_above: Set[Key]) -> tuple[set[Key], set[Key]]:
    """What of a part must be hidden, and what stays told, as the parts above it have settled."""
    keys = part.ways.keys()
    of_kind = {key for key in keys if key[0] == KIND}
    kind, dimension = part.branch
    below = {key[2:] for key in hidden_above & of_kind} if kind else set()
    must = (must_hide | {key for key in keys if key[0] in (PROGRAM, INTAKE) and key[2:] in below}) & keys
    settled = {key for key in keys if not key[3]} | of_kind if dimension else of_kind
    return must, settled - must if kind else set()
