"""The linear program over some of the arcs, for HiGHS' dual simplex method, which ends at a corner.

Costs are given as they are left at known prices (reduced costs). That changes neither the optimum nor the
corners, and lets the method start where papers have what they choose, a few hundred steps from the end
instead of tens of thousands: a warm start, said in the costs.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog
from scipy.sparse import coo_array

from apps.reviews.rules.matching.looking import View
from apps.reviews.rules.matching.table import Flags, Ints, Table

#: What rounding may have done to a whole number.
ROUNDING = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Flow:
    chosen: Flags  # paper × reader
    prices: Ints


@dataclass(frozen=True, slots=True, eq=False)
class _Arcs:
    """Arcs from papers to readers, and the rows of those panels of a paper that have two arcs or more."""

    paper: Ints
    reader: Ints
    inner: Ints  # arcs that are in such a row,
    row: Ints  # and in which
    row_paper: Ints
    row_panel: Ints


def best_flow(table: Table, allowed: Flags, load: Ints, prices: Ints, view: View) -> Flow:
    """The best for these papers over these arcs, when readers have such a load of other papers already.

    Raises RuntimeError when HiGHS finds no optimum, or none in whole numbers.
    """
    arcs = _arcs_of(table, allowed)
    papers, readers, rows = len(table.wanted), len(table.panel), len(arcs.row_paper)
    panel_price = view.panel_price[arcs.row_paper, arcs.row_panel]
    net = table.worth[arcs.paper, arcs.reader] - prices[arcs.reader] - view.paper_price[arcs.paper]
    net[arcs.inner] -= panel_price[arcs.row]
    blocks = [  # cost and room of: arcs, missing readings, second readers, panels unused, load arcs
        (-net, np.ones(len(net))),
        (table.unplaced + view.paper_price, table.wanted),
        (table.second - panel_price, table.wanted[arcs.row_paper]),
        (panel_price, np.ones(rows)),
        (table.unit_cost - prices[table.unit_reader], table.unit_room),
    ]
    costs = np.concatenate([cost for cost, _room in blocks]).astype(float)
    rooms = np.concatenate([room for _cost, room in blocks]).astype(float)
    found = linprog(
        costs,
        A_eq=_matrix(table, arcs),
        b_eq=np.concatenate([table.wanted, -load, np.ones(rows)]),
        bounds=np.stack([np.zeros(len(rooms)), rooms], axis=1),
        method="highs-ds",
        options={"presolve": False},
    )
    if found.status != 0:
        raise RuntimeError(f"HiGHS: {found.message}")
    chosen = np.zeros(table.worth.shape, dtype=bool)
    chosen[arcs.paper, arcs.reader] = _whole(found.x)[: len(net)] > 0
    return Flow(chosen, prices - _whole(found.eqlin.marginals[papers : papers + readers]))


def _whole(numbers: npt.NDArray[np.float64]) -> Ints:
    whole = np.rint(numbers)
    if np.abs(numbers - whole).max(initial=0) > ROUNDING * max(1.0, np.abs(whole).max(initial=0)):
        raise RuntimeError("HiGHS ended between whole numbers, away from a corner.")
    return whole.astype(np.int64)


def _arcs_of(table: Table, allowed: Flags) -> _Arcs:
    paper, reader = np.nonzero(allowed)
    panels = table.taken.shape[1]
    panel = table.panel[reader].astype(np.int64)
    free = np.flatnonzero(panel >= 0)
    free = free[~table.taken[paper[free], panel[free]]]
    keys, row, count = np.unique(paper[free] * panels + panel[free], return_inverse=True, return_counts=True)
    needed = count > 1
    number = np.cumsum(needed) - 1
    inner = needed[row]
    keys = keys[needed]
    return _Arcs(
        paper=paper,
        reader=reader,
        inner=free[inner],
        row=number[row[inner]],
        row_paper=keys // max(1, panels),
        row_panel=keys % max(1, panels),
    )


def _matrix(table: Table, arcs: _Arcs) -> coo_array:
    """Rows: each paper has what it wants; each reader sells what they read; each panel, beyond one, pays."""
    papers, readers, rows = len(table.wanted), len(table.panel), len(arcs.row_paper)
    sizes = [len(arcs.paper), papers, rows, rows, len(table.unit_reader)]
    arc, missing, second, unused, load = (
        np.arange(start, start + size) for start, size in zip(np.cumsum([0, *sizes[:-1]]), sizes, strict=True)
    )
    panel_row = papers + readers + np.arange(rows)
    entries = [
        (arcs.paper, arc, 1),
        (np.arange(papers), missing, 1),
        (papers + arcs.reader, arc, 1),
        (papers + table.unit_reader, load, -1),
        (papers + readers + arcs.row, arcs.inner, 1),
        (panel_row, second, -1),
        (panel_row, unused, 1),
    ]
    return coo_array(
        (
            np.concatenate([np.full(len(row), sign, dtype=float) for row, _column, sign in entries]),
            (
                np.concatenate([row for row, _column, _sign in entries]),
                np.concatenate([column for _row, column, _sign in entries]),
            ),
        ),
        shape=(papers + readers + rows, sum(sizes)),
    ).tocsc()
