"""Papers whose choice is clear at some prices, and what choices are worth."""

import numpy as np

from apps.reviews.rules.matching.looking import View
from apps.reviews.rules.matching.table import Flags, Ints, Table

#: A choice is clear when it is better than another by so many points at least,
CLEAR = 0.5
#: and is among the clearest of each of its readers, for this share of what a reader sells.
SHARE = 0.85


def undecided(table: Table, prices: Ints, view: View) -> Flags:
    """Papers that the program is to have: those without a clear choice.

    Each reader has some of them, which tell the program what their readings are worth; and no reader
    has more settled than they sell, so there is always room for what is settled.
    """
    paper, reader = np.nonzero(view.chosen)
    order = np.lexsort((-view.gap[paper], reader))
    paper, reader = paper[order], reader[order]
    count = np.bincount(reader, minlength=len(prices))
    place = np.arange(len(reader)) - np.repeat(np.cumsum(count) - count, count)
    is_selling = prices[table.unit_reader] >= table.unit_cost
    sold = np.bincount(table.unit_reader, table.unit_room * is_selling, minlength=len(prices))
    found: Flags = (view.gap < CLEAR * table.fine) | (view.chosen.sum(axis=1) < table.wanted)
    found[paper[place >= np.floor(SHARE * sold)[reader]]] = True
    return found


def points_of(table: Table, chosen: Flags) -> Ints:
    """The points of each paper, loads aside; missing readings counted at their cost."""
    points: Ints = np.where(chosen, table.worth, 0).sum(axis=1, dtype=np.int64)
    points -= table.unplaced * (table.wanted - chosen.sum(axis=1))
    for panel in range(table.taken.shape[1]):
        readers = chosen[:, table.panel == panel].sum(axis=1)
        points -= table.second * np.where(table.taken[:, panel], 0, np.maximum(0, readers - 1))
    return points


def load_cost_of(table: Table, loads: Ints) -> int:
    """What so many readings by each reader cost, the cheapest load arcs first. Raises ValueError over the limit."""
    before = np.cumsum(table.unit_room) - table.unit_room
    first = np.searchsorted(table.unit_reader, table.unit_reader)
    used = np.clip(loads[table.unit_reader] - (before - before[first]), 0, table.unit_room)
    if used.sum() != loads.sum():
        raise ValueError("Somebody would read more than they take.")
    return int((used * table.unit_cost).sum())
