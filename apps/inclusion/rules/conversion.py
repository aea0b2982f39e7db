"""From stage to stage by group: how many came on, and how far a group lies from everybody else who answered."""

from dataclasses import dataclass

from apps.inclusion.rules.comparing import Difference, difference
from apps.inclusion.rules.fairness import Sample
from apps.inclusion.rules.groups import AGE, DISABILITY, FOCUS, GENDER, OTHERS, RESIDENCE
from apps.inclusion.rules.indicators import (
    APPLIED,
    COMPLETED,
    ENROLLED,
    OFFERED,
    Counts,
    Measure,
    percent,
    silence,
)

STEPS = ((APPLIED, OFFERED), (OFFERED, ENROLLED), (ENROLLED, COMPLETED))


@dataclass(frozen=True, slots=True)
class Conversion:
    """One step of one dimension: the rate of the group one looks for, of the others, and the gap in points."""

    dimension: str
    before: str
    after: str
    group: Measure
    others: Measure
    gap: Difference | None


def conversions(sheet: Counts) -> list[Conversion]:
    """Every step of every dimension. Different people answer at every step: rates are not multiplied."""
    return [
        _conversion(sheet, dimension, before, after)
        for dimension in (GENDER, RESIDENCE, DISABILITY, AGE)
        for before, after in STEPS
    ]


def _conversion(sheet: Counts, dimension: str, before: str, after: str) -> Conversion:
    group = _rate(sheet, dimension, FOCUS[dimension], before, after)
    others = _rate(sheet, dimension, OTHERS[dimension], before, after)
    return Conversion(dimension, before, after, group, others, _gap(group, others))


def _rate(sheet: Counts, dimension: str, group: str, before: str, after: str) -> Measure:
    if blank := silence(sheet, before, dimension):
        return Measure(blank=blank)
    return percent(sheet.count(after, dimension, group), sheet.count(before, dimension, group))


def _gap(group: Measure, others: Measure) -> Difference | None:
    if group.count is None or group.base is None or others.count is None or others.base is None:
        return None
    found = difference(Sample(group.count, group.base), Sample(others.count, others.base))
    return Difference(100 * found.value, 100 * found.low, 100 * found.high)
