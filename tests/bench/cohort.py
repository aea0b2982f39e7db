"""The exact choice of 500 of 10,000 people, three overlapping targets and thirty countries with a minimum."""

import random
import time
from collections.abc import Iterator
from dataclasses import replace
from statistics import median

from apps.selection.rules.choosing import Candidate, Terms, choose
from tests.bench.measure import Cost, Row

PEOPLE, SEATS, COUNTRIES, MOST = 10_000, 500, 30, 3000
SHARES = {"women": 0.4, "rural": 0.3, "disability": 0.05}
TERMS = Terms(
    seats=SEATS,
    floor=50_000,
    targets={"women": 250, "rural": 200, "disability": 60},
    minima={f"C{number:02d}": 8 for number in range(COUNTRIES)},
)


def rows() -> Iterator[Row]:
    budget = replace(TERMS, budget=80_000_000)
    cases = [
        ("every merit of its own", TERMS, 100_000),
        ("fifty different merits", TERMS, 50),
        ("one-to-one", replace(TERMS, method="one_to_one"), 100_000),
        ("budget, costs of their own", budget, 100_000),
    ]
    for name, terms, merits in cases:
        spent = median(_seconds(terms, merits, seed) for seed in range(3))
        yield Row(f"Choose 500 of 10,000: {name}", Cost(spent * 1000, 0, 0), MOST)


def people(merits: int, seed: int) -> list[Candidate]:
    """So many different merits; countries differ in size, and costs from 500 to 5,000."""
    chance = random.Random(seed)
    step = 100_000 // merits
    found = sorted((chance.randrange(merits + 1) * step for _person in range(PEOPLE)), reverse=True)
    return [
        Candidate(
            id=place,
            merit=merit,
            order=place,
            groups=frozenset(group for group, share in SHARES.items() if chance.random() < share),
            country=f"C{int(COUNTRIES * chance.random() ** 1.6):02d}",
            cost=chance.randrange(50_000, 500_000),
        )
        for place, merit in enumerate(found, start=1)
    ]


def _seconds(terms: Terms, merits: int, seed: int) -> float:
    candidates = people(merits, seed)
    began = time.process_time()
    choice = choose(candidates, terms)
    spent = time.process_time() - began
    assert choice.is_proven
    return spent
