"""Choosing what to hide beside the small figures, until no hidden figure can be worked out.

Complementary suppression by repair: while some hidden figure has too narrow a range, a told one of those
that hold its ends (the dual solution of the attacker's program says which) is hidden, the cheapest first.
The exact optimum is NP-hard (J. P. Kelly, B. L. Golden and A. A. Assad, "Cell suppression: disclosure
protection for sensitive tabular data", Networks 22, 1992), so what is hidden is enough, and not always
the least possible.
"""

from collections.abc import Callable, Hashable, Mapping, Set
from typing import TYPE_CHECKING

from apps.core.lazy import LazyModule
from apps.inclusion.rules.disclosure.figures import Protection, System

if TYPE_CHECKING:
    from apps.inclusion.rules.disclosure import attack
    from apps.inclusion.rules.disclosure.attack import Range
else:
    attack = LazyModule("apps.inclusion.rules.disclosure.attack")


def intervals(system: System, hidden: Set[Hashable]) -> dict[Hashable, tuple[float, float]]:
    """The exact least and most of each hidden figure for a reader who sees the rest; inf where no limit is.

    Raises ValueError when the values of the figures contradict each other.
    """
    figures = [figure for figure in system.figures if figure.key in hidden]
    found = attack.Attack(system, hidden).ranges(figures)
    return {key: (each.low, each.high) for key, each in found.items()}


def protect(
    system: System,
    *,
    must_hide: Set[Hashable],
    cannot_hide: Set[Hashable] = frozenset(),
    block: Callable[[Hashable], Hashable] | None = None,
) -> Protection:
    """Hide `must_hide` and as much beside it as gives every hidden figure a range of its threshold − 1.

    Known figures and those of `cannot_hide` stay told, unless they are in `must_hide`. `block` names what a
    figure is read together with: a block that lost one figure loses the next first. The same figures give the
    same answer in whatever order they come. `exposed` are those of `must_hide` that stay narrow even when
    everything else is hidden. It ends, because every round hides one more figure or is the last.
    """
    choice = _Choice(system, must_hide, (cannot_hide | system.known) - must_hide, block or (lambda key: key))
    while narrow := choice.narrow():
        choice.hide_beside(narrow)
    return Protection(frozenset(choice.hidden), frozenset(choice.exposed))


class _Choice:
    """What is hidden so far, and which of it is known to be safe: hiding more never narrows a range."""

    def __init__(
        self,
        system: System,
        must_hide: Set[Hashable],
        fixed: Set[Hashable],
        block: Callable[[Hashable], Hashable],
    ) -> None:
        self.figures = {each.key: each for each in sorted(system.figures, key=lambda each: str(each.key))}
        self.system = System(list(self.figures.values()), system.cells, system.known)
        self.block = block
        self.hidden = {key for key in self.figures if key in must_hide}
        hopeless = _hopeless(self.system, fixed, must_hide)
        self.exposed = self.hidden & hopeless
        self.closed = fixed | hopeless
        self.settled = set(self.exposed)

    def narrow(self) -> dict[Hashable, "Range"]:
        """The hidden figures that are not safe yet, and what holds them."""
        open_ones = [each for key, each in self.figures.items() if key in self.hidden - self.settled]
        ranges = attack.Attack(self.system, self.hidden).ranges(open_ones)
        narrow = {each.key for each in open_ones if not ranges[each.key].is_wide(each.threshold)}
        self.settled |= ranges.keys() - narrow
        return {key: ranges[key] for key in ranges if key in narrow}

    def hide_beside(self, narrow: Mapping[Hashable, "Range"]) -> None:
        """Hide one of the figures that hold each narrow one; one that holds several serves them all."""
        spoilt = {self.block(key) for key in self.hidden}
        chosen: set[Hashable] = set()
        for key in sorted(narrow, key=lambda key: self._loss(key, spoilt)):
            if narrow[key].held_by & chosen:
                continue
            open_ones = narrow[key].held_by - self.closed - self.hidden
            chosen.add(min(open_ones or self._beside(key), key=lambda key: self._loss(key, spoilt)))
        self.hidden |= chosen

    def _beside(self, key: Hashable) -> list[Hashable]:
        """Told figures that share a cell with it: the way out when rounding lost what holds it."""
        cells = set(self.figures[key].cells)
        told = (other for other in self.figures if other not in self.hidden and other not in self.closed)
        return [other for other in told if not cells.isdisjoint(self.figures[other].cells)]

    def _loss(self, key: Hashable, spoilt: Set[Hashable]) -> tuple[int, bool, bool, tuple[int, ...], str]:
        figure = self.figures[key]
        tier, *rest = figure.cost
        return tier, self.block(key) not in spoilt, figure.value == 0, tuple(rest), str(key)


def _hopeless(system: System, fixed: Set[Hashable], must_hide: Set[Hashable]) -> set[Hashable]:
    """The figures that stay narrow even when all but the fixed ones is hidden.

    A hopeless figure that need not be hidden protects nobody, so it stays told, which may make others
    hopeless. When nothing more becomes so, hiding all the rest makes all the rest safe: `protect` gets there.
    """
    told = {each.key for each in system.figures if each.key in fixed}
    hopeless: set[Hashable] = set()
    while True:
        rest = [each for each in system.figures if each.key not in told]
        ranges = attack.Attack(system, {each.key for each in rest}).ranges(rest)
        new = {each.key for each in rest if not ranges[each.key].is_wide(each.threshold)}
        hopeless |= new
        if new <= must_hide:
            return hopeless
        told |= new - must_hide
