"""Prices for a reading by each reader from which the program starts, near the best ones."""

import numpy as np
import numpy.typing as npt

from apps.reviews.rules.matching.fit import LOAD, TAG
from apps.reviews.rules.matching.looking import choose
from apps.reviews.rules.matching.table import NEVER, Ints, Table

#: Papers that are asked at first, and rounds of asking.
SAMPLE = 1000
ROUNDS = 60
#: How many readers of a paper are asked about after that: the best of all, and of each panel. So many times
#: a new list is made: else readers nobody has on their list get ever cheaper, and papers all want them then.
BEST, BEST_OF_PANEL = 10, 3
LISTS, ROUNDS_EACH = 3, 30
#: Points by which a price changes at first for a reader chosen twice as much as usual; how steps shrink
#: from round to round; how much of its pace a price keeps; the most by which all prices move together.
FIRST_STEP, SHRINKING, KEPT, MOST = 0.12 * TAG, 0.94, 0.85, 0.5 * TAG


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
    steps = table.fine * FIRST_STEP * SHRINKING ** np.arange(max(ROUNDS, LISTS * ROUNDS_EACH))
    prices = _settle(table, prices, sample, everybody, steps[:ROUNDS])
    every = np.arange(len(table.wanted))
    for start in range(0, LISTS * ROUNDS_EACH, ROUNDS_EACH):
        listed = _short_list(table, prices)
        prices = _settle(table, prices, every, listed, steps[start : start + ROUNDS_EACH])
    return np.rint(prices).astype(np.int64)


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


def _settle(table: Table, prices: Ints, papers: Ints, columns: Ints, steps: npt.NDArray[np.floating]) -> Ints:
    """Raise the price of whom too many papers choose, lower that of whom too few do, and so on.

    Prices keep their pace for a while, so that a whole group of readers gets dearer even though each of
    them is now above, now below what they should cost; they move less and less. And where there is room for
    all, all move together, until readers sell as much as papers want. The prices with the lowest bound are taken.
    """
    reader = np.maximum(columns, 0)
    worth = np.where(columns < 0, NEVER, table.worth[papers[:, None], reader]).astype(np.int32)
    panel, taken, wanted = table.panel[reader], table.taken[papers], table.wanted[papers]
    counted = np.arange(wanted.max()) < wanted[:, None]
    full, scale = table.fine * LOAD, table.wanted.sum() / wanted.sum()
    usual, rising = table.wanted.sum() / len(prices), table.unit_room[table.unit_cost < full].sum()
    together = MOST * table.fine if table.wanted.sum() <= table.unit_room.sum() else 0
    pace, best, least = np.zeros(len(prices)), prices, np.inf
    for step in steps:
        whole = np.rint(prices).astype(np.int32)
        picks, gains = choose(table, worth - whole[reader], panel, taken, counted.shape[1])
        chosen = np.take_along_axis(reader, picks, axis=1)[counted & (gains > -table.unplaced)]
        profit = whole[table.unit_reader] - table.unit_cost
        selling = np.bincount(table.unit_reader, table.unit_room * (profit >= 0), minlength=len(prices))
        excess = np.bincount(chosen, minlength=len(prices)) * scale - selling
        bound = gains[counted].sum() * scale + (np.maximum(0, profit) * table.unit_room).sum()
        if bound < least:
            best, least = prices, bound
        pace = KEPT * pace + step * np.clip(excess / usual, -1, 1)
        rise = (table.wanted.sum() - selling.sum()) * full / max(1, rising)
        prices = prices + pace + np.clip(rise, -together, together)
    return best
