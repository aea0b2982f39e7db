"""Proofs that ranges are wide: a few worlds that fit all that is told.

Any two such worlds that give a figure numbers far enough apart prove its range, and one world is a witness
for all figures at once. A look around asks for the most of a sum in which every figure that is not proven yet
has a weight by lot, and for the least of it: so figures that exclude each other part ways. What no look proves is
asked for by itself, and each answer is a world as well.
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from apps.inclusion.rules.disclosure.claims import Claim
from apps.inclusion.rules.disclosure.programs import Program, sums_of
from apps.inclusion.rules.disclosure.solving import Numbers, Unsolved

ROUNDING = 1e-6
#: So many looks in a row that prove little of what is left end looking around.
PATIENCE, LITTLE = 2, 0.02
#: Claims, and the least and the most that was seen of each.
Claims = Mapping[Claim, tuple[float, float]]


def look_around(program: Program, claims: Claims) -> Claims:
    """What is not proven when all is, or looking proves little more."""
    seen = Seen(program, claims)
    left = seen.left()
    chance = np.random.default_rng(0)  # the same worlds every time
    idle = 0
    while len(left) and idle < PATIENCE:
        weights = seen.sums[left].T @ chance.uniform(-1, 1, len(left))
        try:
            seen.see(program.far(weights))
            seen.see(program.far(-weights))
        except Unsolved:  # it proves nothing then, and what is left is asked about exactly
            break
        now = seen.left()
        idle = 0 if len(left) - len(now) > LITTLE * len(left) else idle + 1
        left = now
    return seen.claims(left)


def ask_each(program: Program, claims: Claims) -> Claims:
    """What does not hold."""
    seen = Seen(program, claims)
    for number, claim in enumerate(seen.listed):
        for sign in (1, -1):
            if not seen.proves(number):
                seen.see(program.most(sign * program.weights_of(claim.cells)).world)
    return seen.claims(seen.left())


class Seen:
    """Between what each claim was seen: to begin with what is given."""

    def __init__(self, program: Program, claims: Claims) -> None:
        self.listed = list(claims)
        self.sums = sums_of(program.column, [claim.cells for claim in claims])
        self.width = np.array([claim.width for claim in claims], dtype=float)
        self.low, self.high = np.array(list(claims.values()), dtype=float).T

    def see(self, world: Numbers) -> None:
        seen = self.sums @ world
        self.low, self.high = np.minimum(self.low, seen), np.maximum(self.high, seen)

    def proves(self, number: int) -> bool:
        return bool(self.high[number] - self.low[number] >= self.width[number] - ROUNDING)

    def left(self) -> npt.NDArray[np.intp]:
        return np.flatnonzero(self.high - self.low < self.width - ROUNDING)

    def claims(self, numbers: npt.NDArray[np.intp]) -> Claims:
        return {
            self.listed[number]: (float(self.low[number]), float(self.high[number]))
            for number in numbers.tolist()
        }
