"""What is hidden so far, and what its owner would lose least next."""

from collections.abc import Callable, Hashable, Iterable, Sequence, Set

from apps.inclusion.rules.disclosure.layout import Layout

#: What a figure of the next tier, and what a zero is worth more, where losses are numbers.
TIER, ZERO = 4.0, 3.0


class Losses:
    """`hidden` and `open` (may be hidden still) are places in the layout."""

    def __init__(
        self, layout: Layout, hidden: Set[int], open_places: Set[int], block: Callable[[Hashable], Hashable]
    ) -> None:
        self.layout = layout
        self.hidden = set(hidden)
        self.open = set(open_places)
        self._blocks = [block(figure.key) for figure in layout.figures]
        self._spoilt = {self._blocks[place] for place in hidden}

    def hide(self, place: int) -> None:
        self.hidden.add(place)
        self.open.remove(place)
        self._spoilt.add(self._blocks[place])

    def least(self, places: Iterable[int]) -> int | None:
        """The one of these, if any may still be hidden, whose loss costs least."""
        return min((place for place in places if place in self.open), key=self.cost, default=None)

    def weights(self, places: Sequence[int]) -> list[float]:
        """The order of losses as numbers: so much more for a tier or a zero, and up to twice as much by rank."""
        ranked = {place: rank for rank, place in enumerate(sorted(self.open, key=self.cost))}
        count = len(ranked) or 1
        weights = []
        for place in places:
            figure = self.layout.figures[place]
            weights.append(
                TIER ** figure.cost[0] * (1 + ranked[place] / count) * (1 if figure.value else ZERO)
            )
        return weights

    def cost(self, place: int) -> tuple[int, bool, bool, tuple[int, ...], int]:
        figure = self.layout.figures[place]
        tier, *rest = figure.cost
        return tier, self._blocks[place] not in self._spoilt, figure.value == 0, tuple(rest), place
