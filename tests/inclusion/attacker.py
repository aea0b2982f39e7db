"""A reader with a computer who lays releases side by side, written apart from the rules that protect them.

He takes every told figure as exact, knows that nobody is negative, that the ways of counting one figure agree, and
that nobody goes back: at a later release at least as many of each group have come to each stage. Whatever
is hidden, or told as it was and has moved since, must be left a range of its threshold − 1. (What was told and is
still so is no secret, though he may not know that it is; nor is it one that nobody gave an answer nobody was asked
for: such a figure has no cells.)
"""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog
from scipy.sparse import block_array, csr_array, eye_array, vstack

from apps.inclusion.rules.cube import STAGES, Cube, Key, threshold_of
from apps.inclusion.rules.release import Telling

Release = tuple[Cube, Mapping[Key, Telling]]
Numbers = npt.NDArray[np.float64]
Row = dict[int, float]
EACH, ROUNDING = len(STAGES), 1e-4
#: Worlds that are tried before a range is asked for exactly.
TRIES = 12


def too_narrow(*releases: Release) -> set[tuple[int, Key]]:
    """Hidden figures (with the place of their release) that a reader of all these releases knows too closely."""
    return Reader(releases).narrow()


class Reader:
    def __init__(self, releases: Sequence[Release]) -> None:
        groups = dict.fromkeys(group for cube, _told in releases for group in cube.groups)
        self.first = {group: EACH * place for place, group in enumerate(groups)}
        self.size = EACH * len(groups)
        self.cells = self.size * len(releases)
        self.truth = np.zeros(self.cells)
        rows: list[Row] = []
        values: list[int] = []
        secrets: dict[tuple[int, Key], Row] = {}
        for moment, (cube, told) in enumerate(releases):
            place = [
                moment * self.size + self.first[group] + stage
                for group in cube.groups
                for stage in range(EACH)
            ]
            self.truth[place] = cube.cells
            for key, ways in cube.ways.items():
                own, *others = ({place[cell]: 1.0 for cell in way.cells} for way in ways)
                rows += [_less(each, own) for each in others]
                values += [0] * len(others)
                value = sum(cube.cells[cell] for cell in ways[0].cells)
                if told[key].value is not None and not told[key].is_kept:
                    rows.append(own)
                    values.append(value)
                elif own and (told[key].value is None or told[key].held.count != value):
                    secrets[moment, key] = own
        self.matrix, self.values = self._table(rows), np.array(values, dtype=float)
        self.growth = self._growth(len(releases))
        self.keys = list(secrets)
        self.sums = self._table(list(secrets.values()))
        self.widths = np.array([threshold_of(key) - 1.0 for _moment, key in self.keys])

    def narrow(self) -> set[tuple[int, Key]]:
        assert np.allclose(self.matrix @ self.truth, self.values)
        assert (self.growth @ self.truth <= 0).all(), "the world is one in which nobody goes back"
        doubtful = self._doubtful()
        return {
            self.keys[number] for number in doubtful if self._width(number) < self.widths[number] - ROUNDING
        }

    def _doubtful(self) -> list[int]:
        """What no two of some worlds prove to be wide."""
        low = high = self.sums @ self.truth
        left = np.arange(len(self.keys))
        chance = np.random.default_rng(1)
        for turn in range(TRIES):
            if not len(left):
                break
            signs = np.ones(len(left)) if turn == 0 else chance.choice([-1.0, 1.0], len(left))
            seen = self.sums @ self._world(left, np.where(signs > 0, low[left], high[left]), signs)
            low, high = np.minimum(low, seen), np.maximum(high, seen)
            left = np.flatnonzero(high - low < self.widths - ROUNDING)
        return [int(number) for number in left]

    def _world(self, left: npt.NDArray[np.int64], seen: Numbers, signs: Numbers) -> Numbers:
        """One in which these figures lie in all as far as possible from where they were seen."""
        count = len(left)
        far = block_array([[-self.sums[left].multiply(signs[:, None]), eye_array(count)]], format="csr")
        found = linprog(
            np.concatenate([np.zeros(self.cells), -np.ones(count)]),
            A_ub=vstack([far, self._beside(self.growth, count)], format="csr"),
            b_ub=np.concatenate([-signs * seen, np.zeros(self.growth.shape[0])]),
            A_eq=self._beside(self.matrix, count),
            b_eq=self.values,
            bounds=[(0, None)] * self.cells + [(None, width) for width in self.widths[left]],
            method="highs-ds",
        )
        assert found.status == 0, found.message
        return found.x[: self.cells]

    def _width(self, number: int) -> float:
        aim = self.sums[[number]].toarray().ravel()
        least, most = (
            linprog(
                sign * aim,
                A_ub=self.growth,
                b_ub=np.zeros(self.growth.shape[0]),
                A_eq=self.matrix,
                b_eq=self.values,
                method="highs-ds",
            )
            for sign in (1, -1)
        )
        assert least.status == 0, least.message
        return float("inf") if most.status in (3, 4) else -most.fun - least.fun

    def _growth(self, moments: int) -> csr_array:
        """Each row: those who had come to a stage at a moment, less those at the next one."""
        rows = [
            {moment * self.size + first + stage: 1.0 for stage in range(came, EACH)}
            | {(moment + 1) * self.size + first + stage: -1.0 for stage in range(came, EACH)}
            for moment in range(moments - 1)
            for first in range(0, self.size, EACH)
            for came in range(EACH)
        ]
        return self._table(rows)

    def _table(self, rows: Sequence[Row]) -> csr_array:
        columns = [cell for row in rows for cell in row]
        numbers = [number for row in rows for number in row.values()]
        ends = np.cumsum([0, *(len(row) for row in rows)])
        return csr_array((np.array(numbers, dtype=float), columns, ends), shape=(len(rows), self.cells))

    def _beside(self, matrix: csr_array, more: int) -> csr_array:
        return block_array([[matrix, csr_array((matrix.shape[0], more))]], format="csr")


def _less(one: Row, other: Row) -> Row:
    """That two ways of counting one figure agree."""
    cells = one.keys() | other.keys()
    return {
        cell: one.get(cell, 0.0) - other.get(cell, 0.0) for cell in cells if one.get(cell) != other.get(cell)
    }
