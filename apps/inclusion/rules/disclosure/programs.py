"""The attacker's linear programs over the open cells, for HiGHS.

Questions about one piece differ in what they ask for and in nothing else, so its equations stay in the solver
and each answer begins where the one before ended: the primal simplex method goes on from a point that still fits
everything told. That takes a tenth of the time of solving anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import highspy
import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog
from scipy.sparse import csr_array

from apps.inclusion.rules.disclosure.equations import Equations
from apps.inclusion.rules.disclosure.layout import bits
from apps.inclusion.rules.disclosure.rows import Contradiction, Piece

Numbers = npt.NDArray[np.float64]
#: HiGHS's number for the primal simplex method, which can go on after a change of costs.
PRIMAL = 4
#: One way of solving may end without an answer for the sake of rounding (HiGHS's status "unknown"): then the
#: next is taken.
WAYS = (("highs-ds", True), ("highs-ds", False), ("highs-ipm", True))


@dataclass(frozen=True, slots=True)
class Question:
    """The most (`sign` 1) or the least (−1) that `cells` of a piece can be together."""

    piece: int
    cells: int
    sign: int


class Unsolved(RuntimeError):
    """The solver found neither the best answer nor that there is none."""


class Program:
    """The equations of one piece in the solver. Raises Contradiction when asked about what has no solution."""

    def __init__(self, equations: Equations, piece: Piece) -> None:
        self.matrix, self.values = told(equations, [piece])
        self.rows = piece.rows
        self.column = {cell: number for number, cell in enumerate(piece.cells)}
        self.columns = np.arange(len(piece.cells), dtype=np.int32)
        self.solver = _solver(self.matrix, self.values)

    def ask(self, question: Question) -> float:
        return self._answer(question)[0]

    def weights(self, question: Question) -> dict[int, float]:
        """What each row weighs in the proof of this answer: the dual solution."""
        _value, duals = self._answer(question)
        if duals is None:
            duals = np.array(self.solver.getSolution().row_dual)
        return {row: -float(dual) for row, dual in zip(self.rows, duals, strict=True)}

    def _answer(self, question: Question) -> tuple[float, Numbers | None]:
        """From where the last question ended; anew where that leads nowhere, or to a contradiction that may be one
        of rounding: links are made with numbers far above all figures. Duals are None where the solver still has them.
        """
        costs = np.zeros(len(self.columns))
        costs[[self.column[cell] for cell in bits(question.cells)]] = -question.sign
        self.solver.changeColsCost(len(costs), self.columns, costs)
        self.solver.run()
        if self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal:
            return -question.sign * float(self.solver.getObjectiveValue()), None
        self.solver.clearSolver()
        solution, duals = solve(costs, self.matrix, self.values)
        return -question.sign * float(costs @ solution), duals


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
    solver.setOptionValue("simplex_strategy", PRIMAL)
    solver.passModel(program)
    return solver


def told(equations: Equations, pieces: Sequence[Piece]) -> tuple[csr_array, Numbers]:
    """The equations of the pieces, side by side; a piece may come more than once."""
    tables = [equations.table(piece) for piece in pieces]
    widths = [0, *np.cumsum([len(piece.cells) for piece in pieces])]
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
