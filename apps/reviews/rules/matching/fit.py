"""The points by which one matching is better than another that places as many readings.

All are whole numbers, so that an optimum can be proven without rounding:

* `TAG` for each tag that paper and reader share, three tags at most;
* less `PANEL` for each reader of a paper after the first of the same panel: more than three tags, so
  that no expertise pays for a panel that could have been mixed;
* less `load_cost` for each reading, which grows with how full its reader is: moving a reading from
  somebody at nine tenths of their limit to somebody at eight tenths is worth one shared tag. A limit
  far above an equal share limits nothing, so four equal shares count as full in any case;
* a lot of less than `LOT` points for each pair, drawn by seed and ids, where all else is equal.
"""

from collections import Counter
from collections.abc import Iterable
from hashlib import blake2b

from apps.reviews.rules.matching.problem import Pair, Paper, Problem, Reader

TAG = 1000
MOST_TAGS = 3
PANEL = 4000
LOAD = 10_000
LOT = 100
#: The lot of a pair: the higher half of the product of two 64-bit draws, as numpy multiplies them.
WORD = (1 << 64) - 1
HALF = 32


def draw(seed: int, kind: str, number: int) -> int:
    """An odd 64-bit number that depends on nothing but its arguments."""
    digest = blake2b(f"{seed} {kind} {number}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") | 1


def lot(seed: int, paper_id: int, reader_id: int) -> int:
    product = draw(seed, "paper", paper_id) * draw(seed, "reader", reader_id)
    return ((product & WORD) >> HALF) % LOT


def worth(paper: Paper, reader: Reader, seed: int) -> int:
    """The points of a pair by itself."""
    return TAG * min(MOST_TAGS, len(paper.tags & reader.tags)) + lot(seed, paper.id, reader.id)


def load_cost(full_at: int, number: int) -> int:
    """What the `number`-th reading costs someone who is full at so many: LOAD times how full they are in
    the middle of it, LOAD at most. Rising costs make the cheapest loads the even ones.
    """
    return min(LOAD, LOAD * (2 * number - 1) // (2 * full_at))


def fit_of(problem: Problem, pairs: Iterable[Pair]) -> int:
    """The points of new pairs, on top of the existing ones."""
    papers = {paper.id: paper for paper in problem.papers}
    readers = {reader.id: reader for reader in problem.readers}
    load = Counter(problem.load)
    panels = Counter(
        (paper_id, readers[reader_id].panel)
        for paper_id, reader_id in problem.existing
        if reader_id in readers
    )
    total = 0
    for paper_id, reader_id in pairs:
        reader = readers[reader_id]
        load[reader_id] += 1
        total += worth(papers[paper_id], reader, problem.seed) - load_cost(
            problem.full_at(reader), load[reader_id]
        )
        if reader.panel and panels[paper_id, reader.panel]:
            total -= PANEL
        panels[paper_id, reader.panel] += 1
    return total
