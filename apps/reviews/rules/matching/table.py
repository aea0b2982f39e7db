"""A problem as arrays: a row for each paper that lacks readers, a column for each reader.

Points are counted in parts here. Many pairs have as many points as others: a price between two whole
ones can have some of their papers choose a reader, where a whole one has them all come or go.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from apps.reviews.rules.matching.fit import HALF, LOAD, LOT, MOST_TAGS, PANEL, TAG, draw, load_cost
from apps.reviews.rules.matching.problem import Paper, Problem

Ints = npt.NDArray[np.integer[Any]]
Flags = npt.NDArray[np.bool_]

#: Parts of a point.
FINE = 16
#: The worth of a pair that is not allowed: far below all that prices and penalties can make of another.
NEVER = -1_000_000_000
#: The most that a missing reading may cost for that, with prices as high on both sides of nothing.
MOST_COST = 400_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Points of every pair, and what limits them."""

    wanted: Ints  # paper: readers it lacks
    worth: Ints  # paper × reader: points of the pair, less PANEL if the panel reads the paper already
    panel: Ints  # reader: number of the panel, -1 for none
    taken: Flags  # paper × panel: the panel reads the paper already
    unit_reader: Ints  # load arcs: whose they are,
    unit_cost: Ints  # what each reading on it costs, the cheaper ones of a reader first,
    unit_room: Ints  # and how many readings it takes
    unplaced: int  # what a missing reading costs
    fine: int  # parts of a point in which all of this is counted

    @property
    def second(self) -> int:
        """What each reader of a paper after the first of the same panel costs."""
        return self.fine * PANEL

    @property
    def allowed(self) -> Flags:
        return self.worth > NEVER

    def part(self, rows: Ints) -> "Table":
        """The same readers, some of the papers."""
        return replace(self, wanted=self.wanted[rows], worth=self.worth[rows], taken=self.taken[rows])


def table_of(problem: Problem, papers: Sequence[Paper]) -> Table:
    """The cost of a missing reading outweighs whatever placing it can cost: it can go in along a chain of
    swaps that meets each reader once at most, each swap losing no more than the tags and the lot of
    one pair and a panel, the last one filling one more place of a load. Where that is too much for
    parts of points beside it (thousands of readers), whole points are counted: only slower.
    """
    unplaced = min(len(papers), len(problem.readers)) * (PANEL + MOST_TAGS * TAG + LOT) + LOAD + 1
    fine = FINE if FINE * unplaced <= MOST_COST else 1
    panel, taken = _panels(problem, papers)
    worth = _worth(problem, papers)
    worth[:, panel >= 0] -= (PANEL * taken[:, panel[panel >= 0]]).astype(np.int32)
    worth *= fine
    worth[~_allowed(problem, papers)] = NEVER
    readers, costs, rooms = _load_arcs(problem)
    return Table(
        wanted=np.array([problem.lacks(paper) for paper in papers]),
        worth=worth,
        panel=panel,
        taken=taken,
        unit_reader=readers,
        unit_cost=fine * costs,
        unit_room=rooms,
        unplaced=fine * unplaced,
        fine=fine,
    )


def _worth(problem: Problem, papers: Sequence[Paper]) -> Ints:
    of_papers, of_readers = [row.tags for row in papers], [row.tags for row in problem.readers]
    tags = sorted(frozenset().union(*of_papers, *of_readers))
    shared = _incidence(of_papers, tags) @ _incidence(of_readers, tags).T
    drawn = np.array([draw(problem.seed, "paper", paper.id) for paper in papers], dtype=np.uint64)
    lots = np.array([draw(problem.seed, "reader", reader.id) for reader in problem.readers], dtype=np.uint64)
    lot = (np.multiply.outer(drawn, lots) >> np.uint64(HALF)) % np.uint64(LOT)
    points = TAG * np.minimum(MOST_TAGS, shared).astype(np.int32) + lot.astype(np.int32)
    return points


def _incidence(rows: Sequence[frozenset[str]], tags: Sequence[str]) -> npt.NDArray[np.float32]:
    """Floats, because their product is quick; counts of tags are exact in them."""
    number = {tag: index for index, tag in enumerate(tags)}
    found = np.zeros((len(rows), len(tags)), dtype=np.float32)
    for index, row in enumerate(rows):
        found[index, [number[tag] for tag in row]] = 1
    return found


def _allowed(problem: Problem, papers: Sequence[Paper]) -> Flags:
    rows = {paper.id: index for index, paper in enumerate(papers)}
    columns = {reader.id: index for index, reader in enumerate(problem.readers)}
    one_of_each = {paper.language: paper for paper in papers}
    by_language = {
        language: np.array([reader.understands(paper) for reader in problem.readers])
        for language, paper in one_of_each.items()
    }
    allowed = np.array([by_language[paper.language] for paper in papers]).reshape(len(papers), len(columns))
    apart = [
        (rows[paper_id], columns[reader_id])
        for pairs in (problem.conflicts, problem.existing)
        for paper_id, reader_id in pairs
        if paper_id in rows and reader_id in columns
    ]
    row, column = np.array(apart, dtype=np.intp).reshape(-1, 2).T
    allowed[row, column] = False
    full = [problem.load[reader.id] >= reader.most for reader in problem.readers]
    allowed[:, np.array(full, dtype=bool)] = False
    return allowed


def _panels(problem: Problem, papers: Sequence[Paper]) -> tuple[Ints, Flags]:
    names = sorted({reader.panel for reader in problem.readers} - {""})
    number = {"": -1} | {name: index for index, name in enumerate(names)}
    panel = {reader.id: number[reader.panel] for reader in problem.readers}
    taken = np.zeros((len(papers), len(names)), dtype=bool)
    for row, paper in enumerate(papers):
        had = {panel.get(reader_id, -1) for reader_id in problem.had.get(paper.id, ())} - {-1}
        taken[row, list(had)] = True
    return np.array([panel[reader.id] for reader in problem.readers], dtype=np.int16), taken


def _load_arcs(problem: Problem) -> tuple[Ints, Ints, Ints]:
    """Readings of one reader that cost the same share an arc."""
    arcs: list[tuple[int, int, int]] = []
    wanted = sum(problem.lacks(paper) for paper in problem.papers)
    for index, reader in enumerate(problem.readers):
        before, full_at = problem.load[reader.id], problem.full_at(reader)
        last = min(reader.most, before + wanted)
        rising = range(before + 1, min(last, full_at) + 1)
        rooms = Counter(load_cost(full_at, number) for number in rising)
        rooms[LOAD] += last - max(before, min(last, full_at))
        arcs.extend((index, cost, room) for cost, room in sorted(rooms.items()) if room > 0)
    whose, costs, many = np.array(arcs, dtype=np.int64).reshape(-1, 3).T
    return whose, costs, many
