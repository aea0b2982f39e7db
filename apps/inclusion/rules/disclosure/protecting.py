"""What may be told: the small figures hidden, and beside them what would give them away.

The cheapest enough pattern is NP-hard to find (Kelly, Golden and Assad 1992, see `nearest`), so what is
hidden is enough, and not always the least possible.
"""

from collections.abc import Callable, Hashable, Set

from apps.inclusion.rules.disclosure.attack import Attack
from apps.inclusion.rules.disclosure.closing import close_splits
from apps.inclusion.rules.disclosure.figures import Protection, System
from apps.inclusion.rules.disclosure.layout import Layout
from apps.inclusion.rules.disclosure.losses import Losses
from apps.inclusion.rules.disclosure.repairing import repair


def intervals(
    system: System, hidden: Set[Hashable], asked: Set[Hashable] | None = None
) -> dict[Hashable, tuple[float, float]]:
    """The exact least and most of each hidden figure, or of those `asked`, for a reader who sees the rest; inf
    where no limit is.

    Known figures are asked about as well, and have no range. Raises Contradiction (a ValueError) when no
    numbers of people give the told figures.
    """
    layout = Layout.of(system)
    places = places_of(layout, hidden)
    told = (set(range(len(layout.figures))) - places) | places_of(layout, system.known | system.links)
    return _ranges(
        layout, Attack(layout, told), places if asked is None else places & places_of(layout, asked)
    )


def narrow_in(system: System, hidden: Set[Hashable]) -> set[Hashable]:
    """Which hidden figures a reader of the rest brings into a range narrower than their threshold − 1. Quicker
    than `intervals`: most are seen to be wide at a glance.
    """
    layout = Layout.of(system)
    places = places_of(layout, hidden)
    told = (set(range(len(layout.figures))) - places) | places_of(layout, system.known | system.links)
    attack = Attack(layout, told)
    found = attack.narrow(attack.unproven(sorted(places - told)))
    return {layout.figures[place].key for place in found}


def protect(
    system: System,
    *,
    must_hide: Set[Hashable],
    cannot_hide: Set[Hashable] = frozenset(),
    block: Callable[[Hashable], Hashable] | None = None,
    asked: Set[Hashable] = frozenset(),
) -> Protection:
    """Hide `must_hide` and as much beside it as gives every hidden figure a range of its threshold − 1.

    Known figures and those of `cannot_hide` stay told, unless they are in `must_hide`. `block` names what a
    figure is read together with: a block that lost one figure loses the next first. The same figures give the
    same answer in whatever order they come. `exposed` are those of `must_hide` that stay narrow even when
    everything else is hidden. Of what is `asked` and hidden in the end, the ranges are told as well. It ends,
    because every round hides one more figure or is the last.
    """
    layout = Layout.of(system)
    links = places_of(layout, system.links)
    known = places_of(layout, system.known) | links
    hidden = places_of(layout, must_hide)
    closed = (places_of(layout, cannot_hide) | known) - hidden
    told = closed | known
    hopeless = _hopeless(layout, told, links, hidden) | known
    every = set(range(len(layout.figures)))
    losses = Losses(layout, hidden, every - hidden - closed - hopeless, block or (lambda key: key))
    exposed = hidden & hopeless
    close_splits(losses, exposed)
    lost, attack = repair(losses, known, exposed)
    return Protection(
        _keys(layout, losses.hidden),
        _keys(layout, exposed | lost),
        _ranges(layout, attack, losses.hidden & places_of(layout, asked)),
    )


def places_of(layout: Layout, keys: Set[Hashable]) -> set[int]:
    return {place for place, figure in enumerate(layout.figures) if figure.key in keys}


def _keys(layout: Layout, places: Set[int]) -> frozenset[Hashable]:
    return frozenset(layout.figures[place].key for place in places)


def _ranges(layout: Layout, attack: Attack, places: Set[int]) -> dict[Hashable, tuple[float, float]]:
    found = attack.ranges(sorted(places))
    return {layout.figures[place].key: (each.low, each.high) for place, each in found.items()}


def _hopeless(layout: Layout, told: Set[int], links: Set[int], must_hide: Set[int]) -> set[int]:
    """The figures that stay narrow even when all but `told` is hidden.

    A hopeless figure that need not be hidden protects nobody, so it stays told, which may make others
    hopeless. When nothing more becomes so, hiding all the rest makes all the rest safe. Asked are those that
    lie within what is told: links by themselves leave room enough.
    """
    hopeless: set[int] = set()
    while True:
        within = 0
        for place in told - links:
            within |= layout.masks[place]
        asked = [
            place
            for place in range(len(layout.figures))
            if place not in told and not layout.masks[place] & ~within
        ]
        attack = Attack(layout, told)
        new = attack.narrow(attack.unproven(asked)) if asked else set()
        hopeless |= new
        if new <= must_hide:
            return hopeless
        told = told | (new - must_hide)
