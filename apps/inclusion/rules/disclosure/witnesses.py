"""Cheap proofs that ranges are wide: a few worlds that fit all that is told.

Any two such worlds that give a figure numbers far enough apart prove its range, and one world is a witness
for all figures at once. Each program looks for a world in which every figure that is not proven yet lies
far from where it was seen; being far enough is worth no more than that, so none takes room from another.
One that has to give way may fall behind where it was seen, which is as good a proof for it: what counts is
the sum. (Where none might give way, nothing could move inside a told total.)
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import block_array, csr_array, eye_array

from apps.inclusion.rules.disclosure.equations import Equations
from apps.inclusion.rules.disclosure.layout import bits
from apps.inclusion.rules.disclosure.programs import Numbers, Unsolved, solve, told

ROUNDING = 1e-6
#: So many worlds in a row that prove little of what is left end the search.
PATIENCE, LITTLE = 3, 0.05


@dataclass(frozen=True, slots=True)
class Claim:
    """That `cells`, all of them open, have a range of `width`."""

    cells: int
    width: int


def unproven(equations: Equations, claims: Sequence[Claim]) -> dict[Claim, tuple[float, float]]:
    """Those claims that witnesses do not prove, though they may hold, with the least and most seen of them."""
    claimed = 0
    for claim in claims:
        claimed |= claim.cells
    pieces = [piece for piece in equations.pieces if any(claimed >> cell & 1 for cell in piece.cells)]
    if not pieces:
        return {}
    matrix, values = told(equations, pieces)
    sums = _sums([cell for piece in pieces for cell in piece.cells], claims)
    width = np.array([claim.width for claim in claims], dtype=float)
    first, _marginals = solve(np.zeros(matrix.shape[1]), matrix, values)
    low = high = sums @ first
    left = np.arange(len(claims))
    idle = 0
    for signs in _signs(len(claims)):
        try:
            world = _far(
                matrix, values, sums[left], np.where(signs > 0, low, high)[left], width[left], signs[left]
            )
        except Unsolved:  # it proves nothing then, and what is left is asked about exactly
            break
        seen = sums @ world
        low, high = np.minimum(low, seen), np.maximum(high, seen)
        now = np.flatnonzero(high - low < width - ROUNDING)
        idle = 0 if len(left) - len(now) > LITTLE * len(left) else idle + 1
        left = now
        if not len(left) or idle == PATIENCE:
            break
    return {claims[number]: (float(low[number]), float(high[number])) for number in left.tolist()}


def _signs(count: int) -> Iterator[Numbers]:
    """All up, all down, then by lot, always the same one: figures that exclude each other part ways."""
    yield np.ones(count)
    yield -np.ones(count)
    chance = np.random.default_rng(0)
    while True:
        signs = chance.choice([-1.0, 1.0], count)
        yield signs
        yield -signs


def _sums(cells: Sequence[int], claims: Sequence[Claim]) -> csr_array:
    column = {cell: number for number, cell in enumerate(cells)}
    columns: list[int] = []
    ends = [0]
    for claim in claims:
        columns.extend(column[cell] for cell in bits(claim.cells))
        ends.append(len(columns))
    return csr_array((np.ones(len(columns)), columns, ends), shape=(len(claims), len(cells)))


def _far(
    matrix: csr_array, values: Numbers, sums: csr_array, seen: Numbers, width: Numbers, signs: Numbers
) -> Numbers:
    """A world whose figures lie above (sign 1) or below where they were seen: the sum of what each gains, up
    to its width, is the most.
    """
    count, cells = sums.shape
    costs = np.concatenate([np.zeros(cells), -np.ones(count)])
    limits = block_array([[-sums.multiply(signs[:, None]), eye_array(count)]], format="csr")
    most = np.concatenate([np.full(cells, np.inf), width])
    least = np.concatenate([np.zeros(cells), np.full(count, -np.inf)])
    matrix = block_array([[matrix, csr_array((matrix.shape[0], count))]], format="csr")
    solution, _marginals = solve(costs, matrix, values, (limits, -signs * seen), most, least)
    return solution[:cells]
