"""What a reader with a computer can work out: the least and the most that every hidden figure may be.

The reader knows every told figure exactly and that no cell is negative. What a hidden figure may be is then
the range of a linear form over a polyhedron, found by two linear programs (the "intruder problem" or
"attacker's problem" of the literature: M. Fischetti and J.-J. Salazar-González, "Models and algorithms for
optimizing cell suppression in tabular data with linear constraints", JASA 95, 2000; A. Hundepool and others,
"Statistical Disclosure Control", Wiley 2012, chapter 4). Cells count as real numbers, which can only make
a range wider than whole numbers allow by less than one.
"""

from collections.abc import Hashable, Iterable, Set
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

from apps.inclusion.rules.disclosure.figures import Figure, System

#: What rounding may do to a number of people.
ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class Range:
    """`held_by` are the told figures whose values prove both ends. Hiding other figures widens nothing."""

    low: float
    high: float
    held_by: frozenset[Hashable] = frozenset()

    def is_wide(self, threshold: int) -> bool:
        return self.high - self.low >= threshold - 1 - ROUNDING


class Attack:
    """The programs of one reader. Raises ValueError when the told figures contradict each other."""

    def __init__(self, system: System, hidden: Set[Hashable]) -> None:
        self.told = [each for each in system.figures if each.key not in hidden or each.key in system.known]
        rows = np.repeat(np.arange(len(self.told)), [len(each.cells) for each in self.told])
        columns = np.array([cell for each in self.told for cell in each.cells], dtype=int)
        shape = (len(self.told), system.cells)
        self.matrix = csr_array((np.ones(len(rows)), (rows, columns)), shape=shape)
        self.values = np.array([each.value for each in self.told], dtype=float)
        self.bounded = {cell for each in self.told for cell in each.cells}
        self.cells = system.cells

    def ranges(self, figures: Iterable[Figure]) -> dict[Hashable, Range]:
        return {figure.key: self._range(figure) for figure in figures}

    def _range(self, figure: Figure) -> Range:
        if not self.told:
            return Range(0.0, float("inf") if figure.cells else 0.0)
        low, below = self._least(figure, 1)
        if any(cell not in self.bounded for cell in figure.cells):
            return Range(low, float("inf"))
        high, above = self._least(figure, -1)
        return Range(low, -high, below | above)

    def _least(self, figure: Figure, sign: int) -> tuple[float, frozenset[Hashable]]:
        costs = np.zeros(self.cells)
        costs[list(figure.cells)] = sign
        found = linprog(costs, A_eq=self.matrix, b_eq=self.values, method="highs-ds")
        if found.status == 2:
            raise ValueError("The told figures contradict each other")
        if found.status != 0:
            raise RuntimeError(f"HiGHS: {found.message}")
        used = np.flatnonzero(np.abs(found.eqlin.marginals) > ROUNDING)
        return found.fun, frozenset(self.told[row].key for row in used)
