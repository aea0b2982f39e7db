"""How two rates compare: their difference with an interval, and their parity.

Sources: interval of a difference, R. G. Newcombe, Statistics in Medicine 17 (1998), 873-890, method 10, which
joins two intervals of Wilson; parity index and adjusted parity index, UNESCO Institute for Statistics, metadata
of SDG indicator 4.5.1 (March 2022).
"""

from dataclasses import dataclass
from math import sqrt

from apps.inclusion.rules.fairness import Sample
from apps.inclusion.rules.shares import wilson

#: Within these the two groups fare alike.
PARITY_BAND = (0.97, 1.03)
#: A parity of fewer people, in either group, is not told.
LEAST_FOR_PARITY = 10


@dataclass(frozen=True, slots=True)
class Difference:
    """Rate of a group minus rate of the others, between -1 and 1, with its 95 % interval."""

    value: float
    low: float
    high: float

    @property
    def may_be_chance(self) -> bool:
        return self.low <= 0 <= self.high


def difference(group: Sample, others: Sample) -> Difference:
    """Newcombe's hybrid score interval: stays within -1 and 1, and works for small and extreme rates."""
    low, high = wilson(group.count, group.total)
    others_low, others_high = wilson(others.count, others.total)
    value = group.rate - others.rate
    below = sqrt((group.rate - low) ** 2 + (others_high - others.rate) ** 2)
    above = sqrt((high - group.rate) ** 2 + (others.rate - others_low) ** 2)
    return Difference(value, max(-1.0, value - below), min(1.0, value + above))


def parity(group: Sample, reference: Sample) -> float | None:
    """Rate of the group likely to be at a disadvantage ÷ rate of the other; None where that is nought."""
    return group.rate / reference.rate if reference.count else None


def adjusted_parity(index: float) -> float:
    """Between 0 and 2, so that twice and half lie equally far from 1."""
    return index if index <= 1 else 2 - 1 / index


def is_parity(index: float) -> bool:
    low, high = PARITY_BAND
    return low <= index <= high
