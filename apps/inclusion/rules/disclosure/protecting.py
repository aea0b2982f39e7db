"""Choosing what to hide beside the small figures, until no hidden figure can be worked out.

Complementary suppression by repair: while some hidden figure has too narrow a range, a told one of those
that hold its ends (the dual solution of the attacker's program says which) is hidden, the cheapest first.
The exact optimum is NP-hard (J. P. Kelly, B. L. Golden and A. A. Assad, "Cell suppression: disclosure
protection for sensitive tabular data", Networks 22, 1992), so what is hidden is enough, and not always
the least possible.
"""

from collections.abc import Callable, Hashable, Mapping, Set

from apps.inclusion.rules.disclosure.attack import Attack
from apps.inclusion.rules.disclosure.figures import Protection, System
from apps.inclusion.rules.disclosure.layout import Layout


def intervals(system: System, hidden: Set[Hashable]) -> dict[Hashable, tuple[float, float]]:
    """The exact least and most of each hidden figure for a reader who sees the rest; inf where no limit is.

    Known figures are asked about as well, and have no range. Raises Contradiction (a ValueError) when no
    numbers of people give the told figures.
    """
    layout = Layout.of(system)
    places = {place for place, figure in enumerate(layout.figures) if figure.key in hidden}
    told = {
        place
        for place, figure in enumerate(layout.figures)
        if place not in places or figure.key in system.known
    }
    ranges = Attack(layout, told).ranges(places)
    return {layout.figures[place].key: (found.low, found.high) for place, found in ranges.items()}


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
    layout = Layout.of(system)
    choice = Choice(layout, must_hide, cannot_hide, system.known, block or (lambda key: key))
    choice.repair()
    keys = [figure.key for figure in layout.figures]
    return Protection(
        frozenset(keys[place] for place in choice.hidden), frozenset(keys[place] for place in choice.exposed)
    )


class Choice:
    """What is hidden so far, and which of it is known to be safe: hiding more never narrows a range.

    Figures are named by their places in the layout.
    """

    def __init__(
        self,
        layout: Layout,
        must_hide: Set[Hashable],
        cannot_hide: Set[Hashable],
        known: Set[Hashable],
        block: Callable[[Hashable], Hashable],
    ) -> None:
        self.layout = layout
        self.places = frozenset(range(len(layout.figures)))
        self.hidden = self._places_of(must_hide)
        self.known = self._places_of(known)
        self.blocks = [block(figure.key) for figure in layout.figures]
        closed = self._places_of(cannot_hide) | self.known
        hopeless = self._hopeless(closed - self.hidden)
        self.exposed = self.hidden & hopeless
        self.open = self.places - self.hidden - closed - hopeless
        self.settled = set(self.exposed)

    def _places_of(self, keys: Set[Hashable]) -> set[int]:
        return {place for place, figure in enumerate(self.layout.figures) if figure.key in keys}

    def _hopeless(self, closed: Set[int]) -> set[int]:
        """The figures that stay narrow even when all but the closed ones is hidden.

        A hopeless figure that need not be hidden protects nobody, so it stays told, which may make others
        hopeless. When nothing more becomes so, hiding all the rest makes all the rest safe.
        """
        told = closed | self.known
        hopeless: set[int] = set(self.known)
        while True:
            new = set(Attack(self.layout, told).narrow(self.places - told))
            hopeless |= new
            if new <= self.hidden:
                return hopeless
            told = told | (new - self.hidden)

    def repair(self) -> None:
        """Hide more until all is safe. It ends: every round hides a figure, or is the last."""
        while True:
            told = (self.places - self.hidden) | self.known
            asked = self.hidden - self.settled
            narrow = Attack(self.layout, told).narrow(sorted(asked))
            self.settled |= asked - narrow.keys()
            if not narrow:
                return
            self._hide_beside(narrow)

    def _hide_beside(self, narrow: Mapping[int, Set[int]]) -> None:
        """Hide one of the figures that hold each narrow one; one that holds several serves them all."""
        spoilt = {self.blocks[place] for place in self.hidden}
        chosen: set[int] = set()
        for place in sorted(narrow, key=lambda place: self._loss(place, spoilt)):
            if narrow[place] & chosen:
                continue
            if beside := (narrow[place] & self.open) or self._overlapping(place):
                chosen.add(min(beside, key=lambda place: self._loss(place, spoilt)))
            else:
                self.exposed.add(place)
                self.settled.add(place)
        self.hidden |= chosen
        self.open -= chosen

    def _overlapping(self, place: int) -> set[int]:
        """Figures that share a cell with it: the way out when rounding lost what holds it."""
        masks = self.layout.masks
        return {other for other in self.open if masks[other] & masks[place]}

    def _loss(self, place: int, spoilt: Set[Hashable]) -> tuple[int, bool, bool, tuple[int, ...], int]:
        figure = self.layout.figures[place]
        tier, *rest = figure.cost
        return tier, self.blocks[place] not in spoilt, figure.value == 0, tuple(rest), place
