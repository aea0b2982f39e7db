"""Score = application + reviewer: what readers lean to when all of them are weighed at once."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

#: Where the solver stops: far below the third decimal that scores are shown with.
CLOSE = 1e-9


@dataclass(frozen=True, slots=True)
class Reading:
    """One reviewer's weighted score of one application, from 0 to 100."""

    application: int
    reviewer: int
    score: Decimal


def by_application(readings: Iterable[Reading]) -> dict[int, list[Reading]]:
    """Sorted, so that no order of the input changes a rounding.

    Raises ValueError for a score outside 0 to 100 and for a reviewer who read one application twice.
    """
    found: dict[int, list[Reading]] = defaultdict(list)
    for reading in sorted(readings, key=lambda each: (each.application, each.reviewer)):
        if not 0 <= reading.score <= 100:
            raise ValueError(f"application {reading.application} has a score outside 0 to 100")
        before = found[reading.application]
        if before and before[-1].reviewer == reading.reviewer:
            raise ValueError(f"reviewer {reading.reviewer} read application {reading.application} twice")
        before.append(reading)
    return dict(found)


def leanings(readings: Iterable[Reading]) -> dict[int, float]:
    """By how much each reviewer scores above what the same applications get elsewhere; below 0 is severe.

    The least squares of score = application + reviewer. The plain difference from one's co-readers
    is wrong as soon as these are severe themselves; here their own leaning is taken out, and theirs, and so on.
    Reviewers who share no application are absent: nothing can be said of them. Reviewers linked by
    chains of shared applications make a group. Only differences within a group can be known, so in each the
    mean leaning, over shared readings, is 0: taking the leanings out leaves a group's mean score as it is.

    The applications are eliminated first (a Laplacian of reviewers is left), then conjugate gradients
    solve: with R reviewers exact after R steps whatever the chain, and in 10 to 16 for a
    well mixed round; alternating means would need some R squared for a long chain.
    """
    shared = [unit for unit in by_application(readings).values() if len(unit) > 1]
    reviewers = sorted({reading.reviewer for unit in shared for reading in unit})
    index = {reviewer: number for number, reviewer in enumerate(reviewers)}
    rows: list[dict[int, float]] = [defaultdict(float) for _ in reviewers]
    above: list[list[float]] = [[] for _ in reviewers]
    for unit in shared:
        share, mean = 1 / len(unit), math.fsum(reading.score for reading in unit) / len(unit)
        places = [index[reading.reviewer] for reading in unit]
        for place, reading in zip(places, unit, strict=True):
            above[place].append(float(reading.score) - mean)
            rows[place][place] += 1
            for other in places:
                rows[place][other] -= share
    found = _solve(rows, [math.fsum(each) for each in above])
    for group in _groups(rows):
        weight = sum(len(above[place]) for place in group)
        middle = math.fsum(found[place] * len(above[place]) for place in group) / weight
        for place in group:
            found[place] -= middle
    return dict(zip(reviewers, found, strict=True))


def _solve(rows: Sequence[dict[int, float]], aims: list[float]) -> list[float]:
    """Conjugate gradients, each row scaled by its diagonal (Hestenes & Stiefel 1952).

    The matrix is singular by one constant for each group; the aims add up to 0 in every group,
    so a solution exists, and the caller moves it to the middle. The bound on the steps only ends a loop
    that rounding keeps from settling.
    """
    scale = [1 / row[place] for place, row in enumerate(rows)]
    found, left = [0.0] * len(rows), list(aims)
    step = [value * by for value, by in zip(left, scale, strict=True)]
    size = _dot(left, step)
    for _ in range(4 * len(rows) + 50):
        if max(map(abs, left), default=0) <= CLOSE:
            break
        image = [math.fsum(weight * step[other] for other, weight in row.items()) for row in rows]
        length = size / _dot(step, image)
        found = [value + length * move for value, move in zip(found, step, strict=True)]
        left = [value - length * move for value, move in zip(left, image, strict=True)]
        before, size = size, _dot(left, [value * by for value, by in zip(left, scale, strict=True)])
        step = [value * by + size / before * move for value, by, move in zip(left, scale, step, strict=True)]
    return found


def _dot(one: Sequence[float], other: Sequence[float]) -> float:
    return math.fsum(left * right for left, right in zip(one, other, strict=True))


def _groups(rows: Sequence[dict[int, float]]) -> list[list[int]]:
    """Reviewers linked by chains of shared applications."""
    groups, seen = [], [False] * len(rows)
    for start in range(len(rows)):
        if seen[start]:
            continue
        seen[start], group = True, [start]
        for place in group:  # grows while it is walked
            new = [other for other in rows[place] if not seen[other]]
            for other in new:
                seen[other] = True
            group.extend(new)
        groups.append(group)
    return groups
