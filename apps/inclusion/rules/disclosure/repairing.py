"""Hiding more until no hidden figure can be worked out: complementary suppression.

It ends: each round hides a figure, proves one safe, or goes on to the next worth, and at the last worth what
is narrow is known exactly. Hiding more never narrows a range, so what is safe is not asked about again.
"""

from collections.abc import Mapping, Sequence, Set
from typing import TYPE_CHECKING

from apps.core.lazy import LazyModule
from apps.inclusion.rules.disclosure.attack import Attack
from apps.inclusion.rules.disclosure.claims import Range
from apps.inclusion.rules.disclosure.losses import Losses

if TYPE_CHECKING:
    from apps.inclusion.rules.disclosure import nearest
else:
    nearest = LazyModule("apps.inclusion.rules.disclosure.nearest")

#: What one more person of range may cost, in the smallest losses: as long as cheap losses help, no
#: dear one is made. For the last, everything but what is closed.
WORTHS = (5.0, 20.0, 80.0, 320.0, 1e5)
#: A worth is used up when it hides so little for the figures that are left.
LITTLE = 0.05
#: So many figures are asked about exactly before anything is hidden for them: a quick look may not see that
#: they are wide enough, and then nothing need be hidden.
ASKED_EXACTLY = 30
#: At least so many figures, or half of them, are dealt with at once at the last worth: each by itself would cost less
#: and last longer.
FEW = 10


def repair(losses: Losses, known: Set[int], exposed: Set[int]) -> tuple[set[int], Attack]:
    """Hide until all but the `exposed` is safe; the result is what could not be made so all the same, and the reader
    of what is told in the end.
    """
    repairing = Repairing(losses, known, exposed)
    while repairing.looks():
        repairing.hides()
    return repairing.lost, repairing.attack


class Repairing:
    """`settled` is safe or given up, `seen` is what may be narrow, and between what it was seen so far."""

    def __init__(self, losses: Losses, known: Set[int], exposed: Set[int]) -> None:
        self.losses, self.known = losses, known
        self.worlds = nearest.Worlds(losses)
        self.settled: Set[int] = exposed
        self.lost: set[int] = set()
        self.seen: Mapping[int, Range] = {}
        self.every = frozenset(range(len(losses.layout.figures)))
        self.rung = 0

    def looks(self) -> bool:
        """Whether anything may still be narrow."""
        self.told = (self.every - self.losses.hidden) | self.known
        self.attack = Attack(self.losses.layout, self.told)
        self.narrow: set[int] = set()
        self.seen = self.attack.unproven(sorted(self.losses.hidden - self.settled), self.seen)
        self.settled = self.losses.hidden - self.seen.keys()
        return bool(self.seen)

    def hides(self) -> None:
        """More than before, if anything is still narrow: of ever greater worth."""
        hidden = len(self.losses.hidden)
        while self.seen and len(self.losses.hidden) == hidden:
            is_last = self.rung == len(WORTHS) - 1
            some = sorted(self.seen, key=self.losses.cost)[
                : max(FEW, len(self.seen) // 2) if is_last else None
            ]
            if is_last or len(some) <= ASKED_EXACTLY:
                some = self._ask(some)
            if not some:
                continue
            reached = self._widen(some)
            if reached is None and is_last:
                reached = _hide_beside(self.losses, self.attack.holding(some))
                self.lost |= reached
            self._settle(reached or set())
            self.rung += not is_last and len(self.losses.hidden) - hidden <= LITTLE * len(some)

    def _ask(self, some: Sequence[int]) -> list[int]:
        """Those that are narrow; the others are settled."""
        asked = {place: self.seen[place] for place in some if place not in self.narrow}
        self.narrow |= self.attack.narrow(asked)
        self._settle(asked.keys() - self.narrow)
        return [place for place in some if place in self.narrow]

    def _widen(self, some: Sequence[int]) -> Set[int] | None:
        """Hide what a world within this worth says; the result is what is safe by it, None if it says nothing."""
        fixed, seen = self.told - self.losses.open, {place: self.seen[place] for place in some}
        world = self.worlds.nearest(fixed, seen, WORTHS[self.rung])
        for place in sorted(world.moved):
            self.losses.hide(place)
        return world.reached if world.moved else None

    def _settle(self, places: Set[int]) -> None:
        self.settled |= places
        self.seen = {place: each for place, each in self.seen.items() if place not in places}


def _hide_beside(losses: Losses, narrow: Mapping[int, Set[int]]) -> set[int]:
    """Hide one of the figures that hold each narrow one; one that holds several serves them all.

    The result is what nothing open holds, which only rounding in the solver could bring about.
    """
    chosen: set[int] = set()
    lost: set[int] = set()
    for place in sorted(narrow, key=losses.cost):
        if narrow[place] & chosen:
            continue
        beside = losses.least(narrow[place])
        if beside is None:
            lost.add(place)
        else:
            losses.hide(beside)
            chosen.add(beside)
    return lost
