"""The exact optimum for many papers: a flow of least cost, solved for the papers and the arcs that matter.

Readings flow from a paper through one of its panels to a reader and on through the reader's load arcs:
a second reading through the same panel costs PANEL, a later load arc costs more, a missing reading
costs more than anything. The matrix of such a flow is totally unimodular, so with whole costs and rooms
the best corner of the program is whole, and so are its prices.

Two million arcs are too many for HiGHS in seconds. So: prices near the best are looked for; most papers
have a clear choice at these, and it is taken as settled; the program has the others, with the arcs that
are near; its own prices are then put to all papers and arcs (`look`). When the bound they give equals
what was placed, both are optimal. Otherwise the papers that would now choose better than they have are
open again, with the arcs they choose, and the program is solved once more. Each time papers or arcs join,
and none leaves, so it ends.
"""

from collections.abc import Sequence

import numpy as np

from apps.reviews.rules.matching.looking import look
from apps.reviews.rules.matching.prices import starting_prices
from apps.reviews.rules.matching.problem import Pair, Paper, Problem
from apps.reviews.rules.matching.program import best_flow
from apps.reviews.rules.matching.settled import load_cost_of, points_of, undecided
from apps.reviews.rules.matching.table import Flags, Ints, Table, table_of

#: Up to so many arcs the program has all of them from the beginning.
FEW_ARCS = 20_000


class Unproven(RuntimeError):
    """The program's answer could not be proven the best: a fault of the solver or of this module."""


def solve(problem: Problem, papers: Sequence[Paper]) -> list[Pair]:
    """New pairs for `papers`, each of which lacks readers. Raises Unproven rather than guess."""
    if not problem.readers:
        return []
    table = table_of(problem, papers)
    if not table.allowed.any():
        return []
    chosen = np.argwhere(_best(table))
    return [(papers[row].id, problem.readers[column].id) for row, column in chosen.tolist()]


def _best(table: Table) -> Flags:
    is_small = table.worth.size <= FEW_ARCS
    prices: Ints = np.zeros(len(table.panel), dtype=np.int64) if is_small else starting_prices(table)
    view = look(table, prices)
    arcs = table.allowed if is_small else view.near
    is_open = np.ones(len(table.wanted), dtype=bool) if is_small else undecided(table, prices, view)
    chosen = view.chosen
    while True:
        rows = np.flatnonzero(is_open)
        load = chosen[~is_open].sum(axis=0)
        flow = best_flow(table.part(rows), arcs[rows], load, prices, view.part(rows))
        chosen[rows], prices = flow.chosen, flow.prices
        view = look(table, prices)
        points = points_of(table, chosen)
        value = points.sum() - load_cost_of(table, chosen.sum(axis=0))
        if value == view.bound:
            return chosen
        could = view.gains > points - chosen @ prices
        if not (could & (~is_open | (view.near & ~arcs).any(axis=1))).any():
            raise Unproven(f"{value} parts of a point found, {view.bound} not excluded")
        is_open, arcs = is_open | could, arcs | view.near
