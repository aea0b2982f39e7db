"""Which told figures hold a hidden one.

The dual solution of an attacker's program proves its end of the range from the told figures with a weight
in it, and from them alone (weak duality). Fixed cells are not in the programs, so the weights of what fixed
them are found here, from the last fixing back to the first.
"""

from collections import defaultdict
from collections.abc import Mapping
from heapq import heappop, heappush

from apps.inclusion.rules.disclosure.equations import Equations
from apps.inclusion.rules.disclosure.layout import bits

#: Weights are small fractions; what is less is rounding.
NOTHING = 1e-7


class Blame:
    """For one state of the equations."""

    def __init__(self, equations: Equations) -> None:
        self.equations = equations
        self.fixing_of = {
            cell: number for number, fixing in enumerate(equations.fixings) for cell in bits(fixing.cells)
        }

    def holding(self, place: int, sign: int, weights: Mapping[int, float]) -> set[int]:
        """The places of told figures that prove the upper end (`sign` 1) or the lower end (−1) of a figure.

        `weights` of rows are the dual solution for its open cells.
        """
        weight = defaultdict(float, {row: each for row, each in weights.items() if abs(each) > NOTHING})
        objective = self.equations.left[place]
        self._prove_fixed(objective, sign, weight)
        total: defaultdict[int, float] = defaultdict(float)
        for other in self.equations.less[place]:
            total[other] += sign
        for number, each in weight.items():
            row = self.equations.rows[number]
            total[row.place] += each
            for other in row.less:
                total[other] -= each
        return {other for other, each in total.items() if abs(each) > NOTHING}

    def _prove_fixed(self, objective: int, sign: int, weight: defaultdict[int, float]) -> None:
        waiting: list[int] = []
        touched = objective
        for number in weight:
            touched |= self.equations.rows[number].cells
        self._wait(waiting, touched)
        done = -1
        while waiting:
            number = -heappop(waiting)
            if number == done:
                continue
            done = number
            fixing = self.equations.fixings[number]
            row = self.equations.rows[fixing.row]
            needed = max(self._lacking(cell, objective, sign, weight) for cell in bits(fixing.cells))
            if needed > NOTHING or (needed < -NOTHING and not fixing.is_zero):
                weight[fixing.row] = needed
                self._wait(waiting, row.cells & ~fixing.cells)

    def _wait(self, waiting: list[int], cells: int) -> None:
        for cell in bits(cells):
            if cell in self.fixing_of:
                heappush(waiting, -self.fixing_of[cell])

    def _lacking(self, cell: int, objective: int, sign: int, weight: Mapping[int, float]) -> float:
        """How much of the objective's weight on a cell the rows do not cover yet."""
        wanted = sign if objective >> cell & 1 else 0
        return wanted - sum(weight.get(number, 0.0) for number in self.equations.rows_of.get(cell, ()))
