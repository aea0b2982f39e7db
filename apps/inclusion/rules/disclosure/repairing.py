"""Hiding more until no hidden figure can be worked out: complementary suppression.

It ends: each round hides a figure, proves one safe, or goes on to the next worth, and at the last worth what
is narrow is known exactly. Hiding more never narrows a range, so what is safe is not asked about again.
"""

from collections.abc import Mapping, Set
from typing import TYPE_CHECKING

from apps.core.lazy import LazyModule
from apps.inclusion.rules.disclosure.attack import Attack, Range
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
ASKED_EXACTLY = 300
#: So many figures are dealt with at once at the last worth: each by itself would cost less and last longer.
FEW = 10


def repair(losses: Losses, known: Set[int], exposed: Set[int]) -> set[int]:
    """Hide until all but the `exposed` is safe; the result is what could not be made so all the same."""
    settled, lost = set(exposed), set[int]()
    every = frozenset(range(len(losses.layout.figures)))
    rung = 0
    while True:
        told = (every - losses.hidden) | known
        attack = Attack(losses.layout, told)
        seen = attack.unproven(sorted(losses.hidden - settled))
        settled = losses.hidden - seen.keys()
        if 0 < len(seen) <= ASKED_EXACTLY:
            narrow = attack.narrow(sorted(seen))
            settled |= seen.keys() - narrow
            seen = {place: seen[place] for place in narrow}
        if not seen:
            return lost
        if rung < len(WORTHS) - 1:
            hidden = len(losses.hidden)
            settled |= _widen(losses, told, seen, WORTHS[rung]) or set()
            rung += len(losses.hidden) - hidden <= LITTLE * len(seen)
            continue
        few = sorted(seen, key=losses.cost)[:FEW]
        narrow = attack.narrow(few)
        settled |= set(few) - narrow
        if not narrow:
            continue
        reached = _widen(losses, told, {place: seen[place] for place in narrow}, WORTHS[rung])
        if reached is None:
            reached = _hide_beside(losses, attack.holding(narrow))
            lost |= reached
        settled |= reached


def _widen(losses: Losses, told: Set[int], seen: Mapping[int, Range], worth: float) -> Set[int] | None:
    """Hide what a world within this worth says; the result is what is safe by it, None if it says nothing."""
    world = nearest.nearest_world(losses, told - losses.open, seen, worth)
    for place in sorted(world.moved):
        losses.hide(place)
    return world.reached if world.moved else None


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
