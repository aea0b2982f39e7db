"""The attacker's linear programs over the open cells, for HiGHS, many in one call.

A call costs more than a small program. Questions about the same or other pieces are independent of each
other, so they are put side by side into one program: its optimum is the optimum of each.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog
from scipy.sparse import csr_array

from apps.inclusion.rules.disclosure.equations import Equations
from apps.inclusion.rules.disclosure.layout import bits
from apps.inclusion.rules.disclosure.rows import Contradiction, Piece

Numbers = npt.NDArray[np.float64]
#: Cells in one program: more take longer than two programs of half as many.
MANY = 4000


@dataclass(frozen=True, slots=True)
class Question:
    """The most (`sign` 1) or the least (−1) that `cells` of a piece can be together."""

    piece: int
    cells: int
    sign: int


@dataclass(frozen=True, slots=True)
class Answer:
    value: float
    weights: dict[int, float]  # of rows: the dual solution


def answer(equations: Equations, questions: Sequence[Question]) -> dict[Question, Answer]:
    found: dict[Question, Answer] = {}
    for batch in _batches(equations, questions):
        found.update(_answer(equations, batch))
    return found


def _batches(equations: Equations, questions: Sequence[Question]) -> Iterator[list[Question]]:
    batch: list[Question] = []
    size = 0
    for question in questions:
        more = len(equations.pieces[question.piece].cells)
        if batch and size + more > MANY:
            yield batch
            batch, size = [], 0
        batch.append(question)
        size += more
    if batch:
        yield batch


def _answer(equations: Equations, questions: Sequence[Question]) -> dict[Question, Answer]:
    pieces = [equations.pieces[question.piece] for question in questions]
    matrix, values = told(equations, pieces)
    costs = np.concatenate([_costs(q, piece) for q, piece in zip(questions, pieces, strict=True)])
    solution, marginals = solve(costs, matrix, values)
    numbers = np.split(solution * -costs, np.cumsum([len(piece.cells) for piece in pieces])[:-1])
    duals = np.split(-marginals, np.cumsum([len(piece.rows) for piece in pieces])[:-1])
    return {
        q: Answer(q.sign * float(number.sum()), dict(zip(piece.rows, dual.tolist(), strict=True)))
        for q, piece, number, dual in zip(questions, pieces, numbers, duals, strict=True)
    }


def _costs(question: Question, piece: Piece) -> Numbers:
    return np.array(
        [-question.sign if question.cells >> cell & 1 else 0 for cell in piece.cells], dtype=float
    )


def told(equations: Equations, pieces: Sequence[Piece]) -> tuple[csr_array, Numbers]:
    """The equations of the pieces, side by side; a piece may come more than once."""
    columns: list[int] = []
    ends, values = [0], []
    start = 0
    for piece in pieces:
        column = {cell: start + number for number, cell in enumerate(piece.cells)}
        for number in piece.rows:
            row = equations.rows[number]
            columns.extend(column[cell] for cell in bits(row.open_cells))
            ends.append(len(columns))
            values.append(row.open_value)
        start += len(piece.cells)
    matrix = csr_array((np.ones(len(columns)), columns, ends), shape=(len(values), start))
    return matrix, np.array(values, dtype=float)


def solve(
    costs: Numbers,
    matrix: csr_array,
    values: Numbers,
    limits: tuple[csr_array, Numbers] | None = None,
    most: Numbers | float = np.inf,
) -> tuple[Numbers, Numbers]:
    """The cheapest solution and the marginals of the rows. Raises Contradiction when there is none."""
    bounds = np.stack(np.broadcast_arrays(0.0, most, costs)[:2], axis=1)
    room = {"A_ub": limits[0], "b_ub": limits[1]} if limits else {}
    found = linprog(costs, A_eq=matrix, b_eq=values, bounds=bounds, method="highs-ds", **room)
    if found.status == 2:
        raise Contradiction("The told figures contradict each other")
    if found.status != 0:
        raise RuntimeError(f"HiGHS: {found.message}")
    return found.x, found.eqlin.marginals
