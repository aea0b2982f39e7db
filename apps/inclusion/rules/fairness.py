"""How often groups are selected, how far their rates lie apart, and how sure that is.

Sources: impact ratio and the four-fifths mark, Uniform Guidelines on Employee Selection Procedures (29 CFR
1607.4 D, 1978); interval of a ratio of two rates, Katz, Baptista, Azen and Pike, Biometrics 34 (1978);
several tests at once, Holm, Scandinavian Journal of Statistics 6 (1979).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import comb, erfc, exp, log, sqrt

from apps.inclusion.rules.shares import Z_95

FOUR_FIFTHS = 0.8
SIGNIFICANT = 0.05
#: Below these the exact test takes the place of the normal approximation.
LEAST_EXPECTED_CELL, LEAST_FOR_Z = 5, 30
#: Testing more groups than this, some would stand out by chance alone.
MOST_WITHOUT_HOLM = 5


@dataclass(frozen=True, slots=True)
class Sample:
    """`count` people selected of the `total` of a group; `total` is positive."""

    count: int
    total: int

    def __post_init__(self) -> None:
        if not 0 <= self.count <= self.total or self.total == 0:
            raise ValueError("a sample counts some of its people")

    @property
    def rate(self) -> float:
        return self.count / self.total


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio of rates with its 95 % interval."""

    value: float
    low: float
    high: float

    @property
    def contains_one(self) -> bool:
        return self.low <= 1 <= self.high


def impact_ratio(group: Sample, reference: Sample) -> Ratio:
    """Rate of the group ÷ rate of the reference, with Katz's interval on the logarithm.

    Where nobody of one of the two was selected, 0.5 is added to the counts and totals of both, in the
    ratio too: otherwise it would be 0 or infinite, with no interval.
    """
    more = 0.5 if 0 in (group.count, reference.count) else 0.0
    x, n = group.count + more, group.total + more
    y, m = reference.count + more, reference.total + more
    value = (x / n) / (y / m)
    half = Z_95 * sqrt(max(0.0, 1 / x - 1 / n + 1 / y - 1 / m))
    return Ratio(value, value * exp(-half), exp(log(value) + half))


def fisher(group: Sample, reference: Sample) -> float:
    """Fisher's exact test, two-sided: all tables with the same margins that are no likelier than this one.

    In whole numbers, so that equally likely tables are found equal.
    """
    chosen = group.count + reference.count
    least, most = max(0, chosen - reference.total), min(group.total, chosen)
    weights = [comb(group.total, k) * comb(reference.total, chosen - k) for k in range(least, most + 1)]
    here = weights[group.count - least]
    return sum(weight for weight in weights if weight <= here) / sum(weights)


def z_score(group: Sample, reference: Sample) -> float:
    """Difference of two rates in pooled standard errors; 0 when all or none were selected."""
    pooled = (group.count + reference.count) / (group.total + reference.total)
    error = sqrt(pooled * (1 - pooled) * (1 / group.total + 1 / reference.total))
    return (group.rate - reference.rate) / error if error else 0.0


def p_of_z(z: float) -> float:
    """Two-sided."""
    return erfc(abs(z) / sqrt(2))


def needs_exact_test(group: Sample, reference: Sample) -> bool:
    """Any expected cell below 5, or a group of fewer than 30."""
    everyone = group.total + reference.total
    chosen = group.count + reference.count
    totals = (group.total, reference.total)
    cells = [total * side / everyone for total in totals for side in (chosen, everyone - chosen)]
    return min(cells) < LEAST_EXPECTED_CELL or min(totals) < LEAST_FOR_Z


def p_value(group: Sample, reference: Sample) -> float:
    """How often chance alone would set two rates so far apart."""
    exact = needs_exact_test(group, reference)
    return fisher(group, reference) if exact else p_of_z(z_score(group, reference))


def holm(values: Mapping[str, float]) -> dict[str, float]:
    """Adjusted for being several: none smaller than it was, none above 1, and their order is kept."""
    adjusted: dict[str, float] = {}
    highest = 0.0
    for number, key in enumerate(sorted(values, key=lambda each: (values[each], each))):
        highest = max(highest, min(1.0, (len(values) - number) * values[key]))
        adjusted[key] = highest
    return adjusted


def adjusted(values: Mapping[str, float]) -> dict[str, float]:
    """Holm when more than five groups are tested, else as they are."""
    return holm(values) if len(values) > MOST_WITHOUT_HOLM else dict(values)
