"""Cheap proofs that ranges are wide: a few worlds that fit all that is told.

Any two such worlds that give a figure numbers far enough apart prove its range, and one world is a witness
for all figures at once. Each program looks for a world in which every figure that is not proven yet lies
far from where it was seen; being far enough is worth no more than that, so none takes room from another.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import block_array, csr_array, eye_array

from apps.inclusion.rules.disclosure.equations import Equations
from apps.inclusion.rules.disclosure.layout import bits
from apps.inclusion.rules.disclosure.programs import Numbers, solve, told

ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class Claim:
    """That `cells`, all of them open, have a range of `width`."""

    cells: int
    width: int


def proven(equations: Equations, claims: Sequence[Claim]) -> set[Claim]:
    """Those claims that witnesses prove; the others may hold or not."""
    claimed = 0
    for claim in claims:
        claimed |= claim.cells
    pieces = [piece for piece in equations.pieces if any(claimed >> cell & 1 for cell in piece.cells)]
    if not pieces:
        return set()
    matrix, values = told(equations, pieces)
    sums = _sums([cell for piece in pieces for cell in piece.cells], claims)
    width = np.array([claim.width for claim in claims], dtype=float)
    first, _marginals = solve(np.zeros(matrix.shape[1]), matrix, values)
    low = high = sums @ first
    idle = 0
    up = True
    left = np.arange(len(claims))
    while len(left) and idle < 2:
        seen = sums @ _far(matrix, values, sums[left], (low if up else high)[left], width[left], up=up)
        low, high = np.minimum(low, seen), np.maximum(high, seen)
        now = np.flatnonzero(high - low < width - ROUNDING)
        idle = 0 if len(now) < len(left) else idle + 1
        left, up = now, not up
    return {claim for number, claim in enumerate(claims) if number not in set(left.tolist())}


def _sums(cells: Sequence[int], claims: Sequence[Claim]) -> csr_array:
    column = {cell: number for number, cell in enumerate(cells)}
    columns: list[int] = []
    ends = [0]
    for claim in claims:
        columns.extend(column[cell] for cell in bits(claim.cells))
        ends.append(len(columns))
    return csr_array((np.ones(len(columns)), columns, ends), shape=(len(claims), len(cells)))


def _far(
    matrix: csr_array, values: Numbers, sums: csr_array, seen: Numbers, width: Numbers, *, up: bool
) -> Numbers:
    """A world whose figures lie above (or below) where they were seen, by up to their widths, in all the most."""
    count, cells = sums.shape
    sign = 1.0 if up else -1.0
    costs = np.concatenate([np.zeros(cells), -np.ones(count)])
    limits = block_array([[-sign * sums, eye_array(count)]], format="csr")
    most = np.concatenate([np.full(cells, np.inf), width])
    matrix = block_array([[matrix, csr_array((matrix.shape[0], count))]], format="csr")
    solution, _marginals = solve(costs, matrix, values, (limits, -sign * seen), most)
    return solution[:cells]
