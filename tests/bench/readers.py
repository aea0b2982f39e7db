"""The best readers for 10,000 applications: three each, among 200."""

import random
import time
from collections.abc import Iterator

from apps.reviews.rules.matching import Paper, Reader, match
from tests.bench.measure import Cost, Row

PAPERS, READERS, EACH = 10_000, 200, 3
LANGUAGES = {"en": 50, "id": 20, "th": 15, "vi": 10, "km": 5}
PANELS = ["", "university", "industry", "government", "civil society"]
TAGS = [f"tag {number}" for number in range(30)]


def question(seed: int) -> dict:
    """Three tags a paper and six a reader, two languages at most, one pair in twenty in conflict."""
    chance = random.Random(seed)
    spoken, shares = list(LANGUAGES), list(LANGUAGES.values())
    papers = [
        Paper(number, chance.choices(spoken, shares)[0], frozenset(chance.sample(TAGS, 3)))
        for number in range(PAPERS)
    ]
    readers = [
        Reader(
            id=number,
            most=chance.randrange(130, 260),
            languages=frozenset({chance.choice(spoken), *(["en"] if chance.random() < 0.9 else [])}),
            tags=frozenset(chance.sample(TAGS, 6)),
            panel=chance.choice(PANELS),
        )
        for number in range(READERS)
    ]
    conflicts = {
        (row, column) for row in range(PAPERS) for column in range(READERS) if chance.random() < 0.05
    }
    return {"papers": papers, "readers": readers, "each": EACH, "conflicts": conflicts, "seed": seed}


def rows() -> Iterator[Row]:
    """Processor time of one run; the first one imports the solver, too."""
    for seed in (1, 2, 3):
        asked = question(seed)
        began = time.process_time()
        found = match(**asked)
        took = (time.process_time() - began) * 1000
        name = f"Best readers, {len(found.pairs):,} among {READERS} (draw {seed})"
        yield Row(name, Cost(took, 0, 0), 5_000)
