"""The exact optimum for many papers: a flow of least cost, solved over the arcs that matter.

Readings flow from a paper through one of its panels to a reader and on through the reader's load arcs:
a second reading through the same panel costs PANEL, a later load arc costs more, a missing reading
costs more than anything. The matrix of such a flow is totally unimodular, so with whole costs and rooms
the best corner of the program is whole, and so are its prices.

Two million arcs are too many for HiGHS in seconds. So: prices near the best are looked for; the program
has the arcs that are near at these prices; its own prices are put to all arcs (`look`). When the bound
they give equals what the program placed, both are optimal. Otherwise arcs that papers now choose join,
and the program is solved again. Each time new arcs join, so it ends.
"""

from collections.abc import Sequence

import numpy as np

from apps.reviews.rules.matching.prices import look, starting_prices
from apps.reviews.rules.matching.problem import Pair, Paper, Problem
from apps.reviews.rules.matching.program import best_flow
from apps.reviews.rules.matching.table import Flags, Ints, table_of

#: Up to so many arcs the program has all of them from the beginning.
FEW_ARCS = 20_000
#: Points around the limit of being chosen within which an arc is near.
MARGIN = 2


class Unproven(RuntimeError):
    """The program's answer could not be proven the best: a fault of the solver or of this module."""


def solve(problem: Problem, papers: Sequence[Paper]) -> list[Pair]:
    """New pairs for `papers`, each of which lacks readers. Raises Unproven rather than guess."""
    if not problem.readers:
        return []
    table = table_of(problem, papers)
    if not table.allowed.any():
        return []
    if table.worth.size <= FEW_ARCS:
        prices: Ints = np.zeros(len(table.panel), dtype=np.int64)
    else:
        prices = starting_prices(table)
    view = look(table, prices, MARGIN)
    arcs = table.allowed if table.worth.size <= FEW_ARCS else view.near
    while True:
        flow = best_flow(table, arcs, prices, view)
        prices, view = flow.prices, look(table, flow.prices, MARGIN)
        if view.bound == flow.value:
            return [(papers[row].id, problem.readers[column].id) for row, column in _places(flow.chosen)]
        if not (view.near & ~arcs).any():
            raise Unproven(f"{flow.value} points found, {view.bound} not excluded")
        arcs = arcs | view.near


def _places(chosen: Flags) -> list[tuple[int, int]]:
    return [(int(row), int(column)) for row, column in np.argwhere(chosen)]
