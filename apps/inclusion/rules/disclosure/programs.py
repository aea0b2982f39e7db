"""The attacker's linear programs over the open cells, for HiGHS.

Questions differ in what they ask for and in nothing else, so the equations stay in the solver
and each answer begins where the one before ended: the primal simplex method goes on from a point that still fits
everything told. That takes a tenth of the time of solving anew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import highspy
import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog
from scipy.sparse import csr_array

from apps.inclusion.rules.disclosure.equations import Equations
from apps.inclusion.rules.disclosure.layout import bits
from apps.inclusion.rules.disclosure.rows import Contradiction

Numbers = npt.NDArray[np.float64]
#: HiGHS's numbers for the dual simplex method, which is quick to find a first world, and for the primal one, which
#: can go on after a change of costs.
DUAL, PRIMAL = 1, 4
#: One way of solving may end without an answer for the sake of rounding (HiGHS's status "unknown"): then the
#: next is taken.
WAYS = (("highs-ds", False), ("highs-ds", True), ("highs-ipm", True))


@dataclass(frozen=True, slots=True)
class Answer:
    """The `value` asked for, a `world` (one number a column) that has it, and the dual solution: what each row
    weighs in the proof that there is no more.
    """

    value: float
    world: Numbers
    duals: Numbers


class Unsolved(RuntimeError):
    """The solver found neither the best answer nor that there is none."""


class Program:
    """The equations of all pieces in the solver. Raises Contradiction when asked while there is no solution."""

    def __init__(self, equations: Equations) -> None:
        cells = [cell for piece in equations.pieces for cell in piece.cells]
        self.column = {cell: number for number, cell in enumerate(cells)}
        self.rows = [row for piece in equations.pieces for row in piece.rows]
        self.matrix, self.values = told(equations)
        self.solver = _solver(self.matrix, self.values)

    def weights_of(self, cells: int) -> Numbers:
        """1 for each of these cells."""
        weights = np.zeros(len(self.column))
        weights[[self.column[cell] for cell in bits(cells)]] = 1
        return weights

    def most(self, weights: Numbers) -> Answer:
        """The most that cells can be together by these weights.

        From where the last answer ended; anew where that leads nowhere, or to a contradiction that may be one
        of rounding: links are made with numbers far above all figures.
        """
        self.solver.changeColsCost(len(weights), np.arange(len(weights), dtype=np.int32), -weights)
        self.solver.run()
        self.solver.setOptionValue("simplex_strategy", PRIMAL)
        if self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal:
            found = self.solver.getSolution()
            world, duals = np.array(found.col_value), np.array(found.row_dual)
        else:
            self.solver.clearSolver()
            world, duals = solve(-weights, self.matrix, self.values)
        return Answer(float(weights @ world), world, -duals)


def _solver(matrix: csr_array, values: Numbers) -> highspy.Highs:
    rows, columns = matrix.shape
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = columns, rows
    program.col_cost_ = program.col_lower_ = np.zeros(columns)
    program.col_upper_ = np.full(columns, np.inf)
    program.row_lower_ = program.row_upper_ = values
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.start_, program.a_matrix_.index_ = matrix.indptr, matrix.indices
    program.a_matrix_.value_ = matrix.data
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("presolve", "off")
    solver.setOptionValue("solver", "simplex")
    solver.setOptionValue("simplex_strategy", DUAL)
    solver.passModel(program)
    return solver


def sums_of(column: Mapping[int, int], masks: Sequence[int]) -> csr_array:
    """One row a mask: 1 in the column of each of its cells."""
    columns: list[int] = []
    ends = [0]
    for mask in masks:
        columns.extend(column[cell] for cell in bits(mask))
        ends.append(len(columns))
    return csr_array((np.ones(len(columns)), columns, ends), shape=(len(masks), len(column)))


def told(equations: Equations) -> tuple[csr_array, Numbers]:
    """The equations of the pieces, side by side."""
    tables = [equations.table(piece) for piece in equations.pieces]
    widths = [0, *np.cumsum([len(piece.cells) for piece in equations.pieces])]
    columns = [columns + start for (columns, _ends, _values), start in zip(tables, widths, strict=False)]
    sizes = [np.diff(ends) for _columns, ends, _values in tables]
    values = [values for _columns, _ends, values in tables]
    all_columns = np.concatenate(columns)
    ends = np.concatenate([[0], np.cumsum(np.concatenate(sizes))])
    shape = (len(ends) - 1, int(widths[-1]))
    return csr_array((np.ones(len(all_columns)), all_columns, ends), shape=shape), np.concatenate(values)


def solve(
    costs: Numbers,
    matrix: csr_array,
    values: Numbers,
    limits: tuple[csr_array, Numbers] | None = None,
    most: Numbers | float = np.inf,
    least: Numbers | float = 0.0,
) -> tuple[Numbers, Numbers]:
    """The cheapest solution and the marginals of the rows. Raises Contradiction when there is none, Unsolved."""
    bounds = np.stack(np.broadcast_arrays(least, most, costs)[:2], axis=1)
    room = {"A_ub": limits[0], "b_ub": limits[1]} if limits else {}
    contradicts = False
    for method, presolve in WAYS:
        options = {"presolve": presolve}
        found = linprog(
            costs, A_eq=matrix, b_eq=values, bounds=bounds, method=method, options=options, **room
        )
        if found.status == 0:
            return found.x, found.eqlin.marginals
        contradicts |= found.status == 2
    if contradicts:
        raise Contradiction("The told figures contradict each other")
    raise Unsolved(f"HiGHS: {found.message}")
