"""The choice itself: by sorting for one paper, by the program of `flow` for more."""

from collections import Counter
from collections.abc import Sequence, Set
from typing import TYPE_CHECKING

from apps.core.lazy import LazyModule
from apps.reviews.rules.matching.fit import PANEL, fit_of, load_cost, worth
from apps.reviews.rules.matching.problem import Matching, Pair, Paper, Problem, Reader, Why

if TYPE_CHECKING:
    from apps.reviews.rules.matching import flow
else:
    flow = LazyModule("apps.reviews.rules.matching.flow")


def match(
    *,
    papers: Sequence[Paper],
    readers: Sequence[Reader],
    each: int,
    conflicts: Set[Pair],
    existing: Set[Pair] = frozenset(),
    seed: int = 0,
) -> Matching:
    """Add readers until every paper has `each`, keeping `existing` pairs as they are.

    No arrangement of new pairs places more readings, and none that places as many has a higher fit:
    shared tags, mixed panels, even loads (the points are in `fit`). Never broken: nobody reads more than
    their most, a language they do not know, a paper they have a conflict with or one paper twice.
    The same papers, readers, pairs and seed give the same result, in whatever order they come.
    Raises ValueError when an id comes twice.
    """
    problem = Problem.of(papers, readers, each, conflicts, existing, seed)
    wanting = [paper for paper in problem.papers if problem.lacks(paper)]
    if len(wanting) < 2:
        pairs = [pair for paper in wanting for pair in _best_for_one(problem, paper)]
    else:
        pairs = flow.solve(problem, wanting)
    placed = Counter(paper_id for paper_id, _reader_id in pairs)
    lacking = {paper.id: problem.lacks(paper) - placed[paper.id] for paper in wanting}
    loads = Counter(problem.load)
    loads.update(reader_id for _paper_id, reader_id in pairs)
    return Matching(
        pairs=sorted(pairs),
        short={paper_id: number for paper_id, number in lacking.items() if number},
        why={paper.id: _why_short(problem, paper) for paper in wanting if lacking[paper.id]},
        fit=fit_of(problem, pairs),
        loads={reader.id: loads[reader.id] for reader in problem.readers},
    )


def _best_for_one(problem: Problem, paper: Paper) -> list[Pair]:
    """For one paper each next best reader belongs to the best set: the panels part the readers."""
    able = [
        reader
        for reader in problem.readers
        if problem.load[reader.id] < reader.most and problem.may(paper, reader)
    ]
    points = {
        reader.id: worth(paper, reader, problem.seed)
        - load_cost(problem.full_at(reader), problem.load[reader.id] + 1)
        for reader in able
    }
    panels = {reader.panel for reader in problem.readers if reader.id in problem.had.get(paper.id, ())}
    pairs: list[Pair] = []
    for _place in range(min(problem.lacks(paper), len(able))):
        best = max(
            able,
            key=lambda reader: points[reader.id] - PANEL * (reader.panel != "" and reader.panel in panels),
        )
        able.remove(best)
        panels.add(best.panel)
        pairs.append((paper.id, best.id))
    return pairs


def _why_short(problem: Problem, paper: Paper) -> Why:
    """Existing readers count as able, whatever has changed since."""
    had = problem.had.get(paper.id, set())
    others = [reader for reader in problem.readers if reader.id not in had]
    untied = [reader for reader in others if (paper.id, reader.id) not in problem.conflicts]
    if len(had) + len(others) < problem.each:
        return Why.FEW
    if len(had) + len(untied) < problem.each:
        return Why.TIES
    able = sum(reader.understands(paper) for reader in untied)
    return Why.LANGUAGE if len(had) + able < problem.each else Why.LIMITS
