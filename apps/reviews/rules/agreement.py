"""How far readers agree: Krippendorff's alpha, which bears missing readings."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

Mark = int | float | Decimal

#: Krippendorff (2004), Content Analysis (page not checked): rely on .800, draw tentative conclusions from .667.
GOOD_FROM, TENTATIVE_FROM = 0.8, 0.667


class Level(StrEnum):
    """What a difference between two marks means."""

    NOMINAL = "nominal"  # they are the same or not
    ORDINAL = "ordinal"  # so many marks of the round lie between them
    INTERVAL = "interval"  # so many points lie between them


class Verdict(StrEnum):
    GOOD = "good"
    TENTATIVE = "tentative"
    RECALIBRATE = "recalibrate"


class Unknown(StrEnum):
    """Why there is no figure."""

    TOO_FEW = "too_few"  # nothing was read twice (for an ICC also: only one thing was read)
    NO_VARIATION = "no_variation"  # every mark is the same: nothing to agree or disagree about


@dataclass(frozen=True, slots=True)
class Agreement:
    """`units` were read at least twice and carry `marks` in all; others count for nothing here.

    Either `value` (at most 1; 0 is chance, below 0 worse than chance) or `unknown` is there.
    """

    value: float | None
    unknown: Unknown | None
    units: int
    marks: int

    @property
    def verdict(self) -> Verdict | None:
        return None if self.value is None else verdict(self.value)


def verdict(value: float) -> Verdict:
    if value >= GOOD_FROM:
        return Verdict.GOOD
    return Verdict.TENTATIVE if value >= TENTATIVE_FROM else Verdict.RECALIBRATE


def alpha(units: Iterable[Sequence[Mark | None]], level: Level) -> Agreement:
    """Krippendorff's alpha of one criterion; each unit is the marks one application was given.

    Who gave a mark does not matter, None is a reading that is missing. Raises ValueError for a mark
    that is not a finite number.

    Formula: Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability":
    alpha = 1 - (n - 1) * sum_u [sum of squared differences within u / (m_u - 1)] / (the same over all
    n pairable marks). The matrix of coincidences is never built. Squared differences of numbers are
    sums of squares about the mean, and the paper's ordinal difference of two marks, the marks between
    them with half of both ends, is the difference of their mid-ranks. So the work grows with the number
    of marks, not with the square of the number of different ones.
    """
    pairable = [marks for marks in map(_given, units) if len(marks) > 1]
    counts = Counter(mark for marks in pairable for mark in marks)
    total = counts.total()
    if not pairable:
        return Agreement(None, Unknown.TOO_FEW, 0, 0)
    if len(counts) == 1:
        return Agreement(None, Unknown.NO_VARIATION, len(pairable), total)
    if level is Level.NOMINAL:
        observed = math.fsum(_unlike(Counter(marks)) / (len(marks) - 1) for marks in pairable)
        expected: float = _unlike(counts) / (total - 1)
    else:
        place = _mid_ranks(counts) if level is Level.ORDINAL else {mark: mark for mark in counts}
        placed = ([place[mark] for mark in marks] for marks in pairable)
        observed = math.fsum(len(marks) * squares(marks) / (len(marks) - 1) for marks in placed)
        expected = total * squares([place[mark] for mark in counts.elements()]) / (total - 1)
    return Agreement(1 - observed / expected, None, len(pairable), total)


def squares(values: Sequence[float]) -> float:
    """The sum of squares about the mean; exactly 0 when all are equal, which a rounded mean is not."""
    first = values[0]
    away = [value - first for value in values]
    mean = math.fsum(away) / len(away)
    return math.fsum((value - mean) ** 2 for value in away)


def _given(marks: Sequence[Mark | None]) -> list[float]:
    given = [float(mark) for mark in marks if mark is not None]
    if not all(map(math.isfinite, given)):
        raise ValueError("a mark is not a finite number")
    return given


def _unlike(counts: Counter[float]) -> int:
    """Ordered pairs of marks that differ."""
    return counts.total() ** 2 - sum(count * count for count in counts.values())


def _mid_ranks(counts: Counter[float]) -> dict[float, float]:
    ranks, below = {}, 0
    for mark in sorted(counts):
        ranks[mark] = below + (counts[mark] + 1) / 2
        below += counts[mark]
    return ranks
