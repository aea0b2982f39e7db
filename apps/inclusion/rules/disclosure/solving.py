"""One linear program solved from nothing, in as many ways as it takes."""

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog
from scipy.sparse import csr_array

from apps.inclusion.rules.disclosure.rows import Contradiction

Numbers = npt.NDArray[np.float64]
#: One way of solving may end without an answer for the sake of rounding (HiGHS's status "unknown"): then the
#: next is taken.
WAYS = (("highs-ds", False), ("highs-ds", True), ("highs-ipm", True))


class Unsolved(RuntimeError):
    """The solver found neither the best answer nor that there is none."""


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
