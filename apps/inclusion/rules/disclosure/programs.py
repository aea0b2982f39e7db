"""The attacker's linear programs over the open cells, for HiGHS.

Questions differ in what they ask for and in nothing else, so the equations stay in the solver
and each answer begins where the one before ended: the primal simplex method goes on from a point that still fits
everything told. That takes a tenth of the time of solving anew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import highspy
import numpy as np
from scipy.sparse import csr_array

from apps.inclusion.rules.disclosure.equations import Equations
from apps.inclusion.rules.disclosure.layout import bits
from apps.inclusion.rules.disclosure.solving import Numbers, solve

#: HiGHS's numbers for the dual simplex method, which is quick to find a first world, and for the primal one, which
#: can go on after a change of costs.
DUAL, PRIMAL = 1, 4
#: After so many exchanges of cells a world is far enough to prove something (docs/adr/0033).
STEPS = 120


@dataclass(frozen=True, slots=True)
class Answer:
    """The `value` asked for, a `world` (one number a column) that has it, and the dual solution: what each row
    weighs in the proof that there is no more.
    """

    value: float
    world: Numbers
    duals: Numbers


class Program:
    """The equations of all pieces in the solver. Raises Contradiction when asked while there is no solution."""

    def __init__(self, equations: Equations) -> None:
        cells = [cell for piece in equations.pieces for cell in piece.cells]
        self.column = {cell: number for number, cell in enumerate(cells)}
        self.rows = [row for piece in equations.pieces for row in piece.rows]
        self.matrix, self.values = told(equations)
        self.solver = _solver(self.matrix, self.values)
        self.has_begun = False

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
        self._run(weights)
        if self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal:
            found = self.solver.getSolution()
            world, duals = np.array(found.col_value), np.array(found.row_dual)
        else:
            self.solver.clearSolver()
            world, duals = solve(-weights, self.matrix, self.values)
        return Answer(float(weights @ world), world, -duals)

    def far(self, weights: Numbers) -> Numbers:
        """A world in which cells are much together by these weights, and seldom the most that they can be.

        The primal simplex method goes from world to world, so wherever it is stopped it has one.
        """
        if not self.has_begun:
            return self.most(weights).world
        self.solver.setOptionValue("simplex_iteration_limit", STEPS)
        self._run(weights)
        self.solver.setOptionValue("simplex_iteration_limit", highspy.kHighsIInf)
        if self.solver.getInfo().primal_solution_status == highspy.kSolutionStatusFeasible:
            return np.array(self.solver.getSolution().col_value)
        return self.most(weights).world

    def _run(self, weights: Numbers) -> None:
        self.solver.changeColsCost(len(weights), np.arange(len(weights), dtype=np.int32), -weights)
        self.solver.run()
        self.solver.setOptionValue("simplex_strategy", PRIMAL)
        self.has_begun = True


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
