"""What papers choose at given prices for a reading by each reader.

Each paper chooses for itself, next best after next best: the panels part the readers, so the greedy
choice is the best one. The points of all these choices, and what readers gain by selling, bound the fit
of every matching from above (Lagrange, weak duality), in whole numbers.
"""

from dataclasses import dataclass, fields

import numpy as np

from apps.reviews.rules.matching.table import NEVER, Flags, Ints, Table

#: Points around the limit of being chosen within which an arc is near.
MARGIN = 2
#: So many more readers than it wants are near to a paper in any case: or a missing reading would seem cheap.
SPARE = 5


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """All papers' choices at some prices."""

    bound: int  # no matching has more points than this, missing readings counted at their cost
    gains: Ints  # paper: points of its choice less what it pays
    gap: Ints  # paper: by about how much its choice is better than another one
    paper_price: Ints  # between the points of the last reader chosen and of the next one
    panel_price: Ints  # paper × panel: what a second reader of the panel would have to be cheaper
    chosen: Flags  # paper × reader
    near: Flags  # paper × reader: chosen, or so close that other prices may choose it

    def part(self, rows: Ints) -> "View":
        """Some of the papers, the bound of all."""
        of_papers = {
            each.name: getattr(self, each.name)[rows] for each in fields(self) if each.name != "bound"
        }
        return View(bound=self.bound, **of_papers)


def look(table: Table, prices: Ints) -> View:
    net = (table.worth - prices).astype(np.int32)
    picks, gains = choose(table, net.copy(), table.panel, table.taken, int(table.wanted.max()) + 1)
    rows = np.arange(len(net))
    last, following = gains[rows, table.wanted - 1], gains[rows, table.wanted]
    paper_price = last - (last - following + 1) // 2
    counted = np.arange(gains.shape[1]) < table.wanted[:, None]
    chosen = np.zeros(net.shape, dtype=bool)
    row, time = np.nonzero(counted & (gains > -table.unplaced))
    chosen[row, picks[row, time]] = True
    panel_price, gap = _within_panels(table, net, paper_price)
    sold = np.maximum(0, prices[table.unit_reader] - table.unit_cost) * table.unit_room
    return View(
        bound=int(gains[counted].sum() + sold.sum()),
        gains=np.where(counted, gains, 0).sum(axis=1),
        gap=np.minimum(gap, last - following),
        paper_price=paper_price,
        panel_price=panel_price,
        chosen=chosen,
        near=(_near(table, net, paper_price, panel_price) | chosen) & table.allowed,
    )


def choose(table: Table, net: Ints, panel: Ints, taken: Flags, times: int) -> tuple[Ints, Ints]:
    """Columns chosen and points gained, paper × time; `net` is used up. Nobody can be chosen again and again."""
    rows, seen = np.arange(len(net)), taken.copy()
    panels = np.broadcast_to(panel, net.shape)
    picks = np.empty((len(net), times), dtype=np.intp)
    gains = np.empty((len(net), times), dtype=np.int64)
    for time in range(times):
        best = net.argmax(axis=1)
        picks[:, time], gains[:, time] = best, np.maximum(net[rows, best], -table.unplaced)
        net[rows, best] = 2 * NEVER
        mine = panels[rows, best]
        first = np.flatnonzero(mine >= 0)
        first = first[~seen[first, mine[first]]]
        seen[first, mine[first]] = True
        new = np.full(len(net), -2, dtype=panel.dtype)
        new[first] = mine[first]
        net -= (table.second * (panels == new[:, None])).astype(np.int32)
    return picks, gains


def _within_panels(table: Table, net: Ints, paper_price: Ints) -> tuple[Ints, Ints]:
    """Panel prices: what the second best of each panel has more than the paper's price, from 0 to all.
    And the least by which the one reader that a paper has of a panel is better than the panel's next.
    """
    found = np.zeros(table.taken.shape, dtype=np.int64)
    gap = np.full(len(net), -NEVER, dtype=np.int64)
    for panel in range(table.taken.shape[1]):
        columns = np.flatnonzero(table.panel == panel)
        if len(columns) > 1:
            second, first = np.partition(net[:, columns], -2, axis=1)[:, -2:].astype(np.int64).T
            above = second - paper_price
            found[:, panel] = np.clip(above, 0, table.second)
            one = (first >= paper_price) & (above < table.second) & ~table.taken[:, panel]
            gap[one] = np.minimum(gap, first - second)[one]
    found[table.taken] = 0
    return found, gap


def _near(table: Table, net: Ints, paper_price: Ints, panel_price: Ints) -> Flags:
    reduced = net - paper_price[:, None]
    named = np.flatnonzero(table.panel >= 0)
    reduced[:, named] -= panel_price[:, table.panel[named]]
    near: Flags = reduced >= -MARGIN * table.fine
    several = min(int(table.wanted.max()) + SPARE, net.shape[1]) - 1
    best = np.argpartition(-reduced, several, axis=1)[:, : several + 1]
    near[np.arange(len(net))[:, None], best] = True
    return near
