"""Prices for a reading by each reader, and what papers choose at them.

At given prices each paper chooses for itself, next best after next best: the panels part the readers, so
the greedy choice is the best one. The points of all these choices, and what readers gain by selling,
bound the fit of every matching from above (Lagrange, weak duality), in whole numbers.
"""

from dataclasses import dataclass

import numpy as np

from apps.reviews.rules.matching.fit import LOAD, PANEL, TAG
from apps.reviews.rules.matching.table import NEVER, Flags, Ints, Table

#: Starting prices: papers that are asked at first, and rounds of asking.
SAMPLE = 1000
ROUNDS = 60
#: How many readers of a paper remain after that: the best of all, and of each panel.
BEST, BEST_OF_PANEL = 10, 3
#: So many more readers than it wants are near to a paper in any case: or a missing reading would seem cheap.
SPARE = 3
#: Points by which a price changes at first for a reader chosen twice as much as usual; how steps shrink
#: from round to round; how much of its pace a price keeps; the most by which all prices move together.
FIRST_STEP, LATER_STEPS, KEPT, MOST = 0.12 * TAG, 0.94, 0.85, 0.5 * TAG


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """All papers' choices at some prices."""

    bound: int  # no matching has more points than this, missing readings counted at their cost
    paper_price: Ints  # between the points of the last reader chosen and of the next one
    panel_price: Ints  # paper × panel: what a second reader of the panel would have to be cheaper
    near: Flags  # paper × reader: chosen, or so close that other prices may choose it


def look(table: Table, prices: Ints, margin: int) -> View:
    net = (table.worth - prices).astype(np.int32)
    picks, gains = _choose(net.copy(), table.panel, table.taken, int(table.wanted.max()) + 1, -table.unplaced)
    rows = np.arange(len(net))
    last, following = gains[rows, table.wanted - 1], gains[rows, table.wanted]
    paper_price = last - (last - following + 1) // 2
    counted = np.arange(gains.shape[1]) < table.wanted[:, None]
    sold = np.maximum(0, prices[table.unit_reader] - table.unit_cost) * table.unit_room
    panel_price = _panel_prices(table, net, paper_price)
    reduced = net - paper_price[:, None]
    named = np.flatnonzero(table.panel >= 0)
    reduced[:, named] -= panel_price[:, table.panel[named]]
    near = reduced >= -margin
    several = min(int(table.wanted.max()) + SPARE, net.shape[1]) - 1
    best = np.argpartition(-reduced, several, axis=1)[:, : several + 1]
    near[rows[:, None], best] = True
    near[np.broadcast_to(rows[:, None], picks.shape)[counted], picks[counted]] = True
    return View(
        bound=int(gains[counted].sum() + sold.sum()),
        paper_price=paper_price,
        panel_price=panel_price,
        near=near & table.allowed,
    )


def _choose(net: Ints, panel: Ints, taken: Flags, times: int, nobody: int) -> tuple[Ints, Ints]:
    """Columns chosen and points gained, paper × time; `net` is used up. Nobody can be chosen again and again."""
    rows, seen = np.arange(len(net)), taken.copy()
    panels = np.broadcast_to(panel, net.shape)
    picks = np.empty((len(net), times), dtype=np.intp)
    gains = np.empty((len(net), times), dtype=np.int64)
    for time in range(times):
        best = net.argmax(axis=1)
        picks[:, time], gains[:, time] = best, np.maximum(net[rows, best], nobody)
        net[rows, best] = 2 * NEVER
        mine = panels[rows, best]
        first = np.flatnonzero(mine >= 0)
        first = first[~seen[first, mine[first]]]
        seen[first, mine[first]] = True
        new = np.full(len(net), -2, dtype=panel.dtype)
        new[first] = mine[first]
        net -= (PANEL * (panels == new[:, None])).astype(np.int32)
    return picks, gains


def _panel_prices(table: Table, net: Ints, paper_price: Ints) -> Ints:
    """What the second best of each panel has more than the paper's price, from 0 to PANEL."""
    found = np.zeros(table.taken.shape, dtype=np.int64)
    for panel in range(table.taken.shape[1]):
        columns = np.flatnonzero(table.panel == panel)
        if len(columns) > 1:
            second = np.partition(net[:, columns], -2, axis=1)[:, -2]
            found[:, panel] = np.clip(second - paper_price, 0, PANEL)
    found[table.taken] = 0
    return found


def starting_prices(table: Table) -> Ints:
    """Prices near the best ones: first by a sample of the papers, then by all with a short list each.

    Only the speed depends on them: from prices that are far off, the program takes longer.
    """
    order = np.argsort(table.unit_cost)
    enough = np.searchsorted(np.cumsum(table.unit_room[order]), table.wanted.sum())
    first = table.unit_cost[order][enough] if enough < len(order) else table.unplaced
    prices = np.full(len(table.panel), float(first))
    sample = np.arange(0, len(table.wanted), max(1, len(table.wanted) // SAMPLE))
    everybody = np.broadcast_to(np.arange(len(prices)), (len(sample), len(prices)))
    prices = _settle(table, prices, sample, everybody)
    every = np.arange(len(table.wanted))
    return np.rint(_settle(table, prices, every, _short_list(table, prices))).astype(np.int64)


def _short_list(table: Table, prices: Ints) -> Ints:
    """Paper × place: columns of readers worth asking; -1 fills up."""
    net = (table.worth - np.rint(prices)).astype(np.int32)
    rows = np.arange(len(net))[:, None]
    listed = np.zeros(net.shape, dtype=bool)
    groups = [(np.arange(net.shape[1]), BEST)]
    groups += [
        (np.flatnonzero(table.panel == panel), BEST_OF_PANEL) for panel in range(-1, table.taken.shape[1])
    ]
    for columns, number in groups:
        top = min(number, len(columns))
        if top:
            listed[rows, columns[np.argpartition(-net[:, columns], top - 1, axis=1)[:, :top]]] = True
    row, column = np.nonzero(listed & table.allowed)
    count = np.bincount(row, minlength=len(net))
    place = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
    short = np.full((len(net), max(1, count.max(initial=0))), -1)
    short[row, place] = column
    return short


def _settle(table: Table, prices: Ints, papers: Ints, columns: Ints) -> Ints:
    """Raise the price of whom too many papers choose, lower that of whom too few do, and so on.

    Prices keep their pace for a while, so that a whole group of readers gets dearer even though each of
    them is now above, now below what they should cost; they move less and less. And where there is room for
    all, all move together, until readers sell as much as papers want. The prices with the lowest bound are taken.
    """
    reader = np.maximum(columns, 0)
    worth = np.where(columns < 0, NEVER, table.worth[papers[:, None], reader]).astype(np.int32)
    panel, taken, wanted = table.panel[reader], table.taken[papers], table.wanted[papers]
    counted = np.arange(wanted.max()) < wanted[:, None]
    scale = table.wanted.sum() / wanted.sum()
    usual, rising = table.wanted.sum() / len(prices), table.unit_room[table.unit_cost < LOAD].sum()
    together = MOST if table.wanted.sum() <= table.unit_room.sum() else 0
    pace, best, least = np.zeros(len(prices)), prices, np.inf
    for step in FIRST_STEP * LATER_STEPS ** np.arange(ROUNDS):
        whole = np.rint(prices).astype(np.int32)
        picks, gains = _choose(worth - whole[reader], panel, taken, counted.shape[1], -table.unplaced)
        chosen = np.take_along_axis(reader, picks, axis=1)[counted & (gains > -table.unplaced)]
        profit = whole[table.unit_reader] - table.unit_cost
        selling = np.bincount(table.unit_reader, table.unit_room * (profit >= 0), minlength=len(prices))
        excess = np.bincount(chosen, minlength=len(prices)) * scale - selling
        bound = gains[counted].sum() * scale + (np.maximum(0, profit) * table.unit_room).sum()
        if bound < least:
            best, least = prices, bound
        pace = KEPT * pace + step * np.clip(excess / usual, -1, 1)
        rise = (table.wanted.sum() - selling.sum()) * LOAD / max(1, rising)
        prices = prices + pace + np.clip(rise, -together, together)
    return best
