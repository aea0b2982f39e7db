"""Which figures lie in which, found for all of them at once."""

from collections.abc import Sequence

import numpy as np
from scipy.sparse import coo_array, csr_array


def inside(cells: Sequence[Sequence[int]]) -> list[list[int]]:
    """For each figure those that lie in it, the largest first; of two alike the later has the earlier.

    `cells` of the figures, those with fewer cells first. One lies in another when they have as many cells in common
    as it has. A figure without cells lies in none.
    """
    sizes = np.array([len(each) for each in cells])
    columns = np.array([cell for each in cells for cell in each], dtype=np.int64)
    ends = np.concatenate([[0], np.cumsum(sizes)])
    width = int(columns.max()) + 1 if len(columns) else 0
    table = csr_array((np.ones(len(columns), dtype=np.int32), columns, ends), shape=(len(cells), width))
    common: coo_array = (table @ table.T).tocoo()
    parts, wholes = common.coords
    lies_in = (common.data == sizes[parts]) & (parts < wholes)
    found: list[list[int]] = [[] for _ in cells]
    pairs = np.stack([wholes[lies_in], parts[lies_in]], axis=1)
    for whole, part in pairs[np.lexsort((-pairs[:, 1], pairs[:, 0]))].tolist():
        found[whole].append(part)
    return found
