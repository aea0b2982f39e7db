"""What a sheet of a release says about each indicator; definitions in words are data (data/indicators.csv).

Only told figures come in, so whatever comes out may be told as well. All counts are rounded to base 5.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Protocol

from apps.inclusion.rules.comparing import LEAST_FOR_PARITY, adjusted_parity, parity
from apps.inclusion.rules.fairness import Sample
from apps.inclusion.rules.groups import AGE, DISABILITY, FOCUS, GENDER, NO, NOT_STATED, OTHER, RESIDENCE
from apps.inclusion.rules.shares import LEAST_DENOMINATOR, TOO_MANY_NOT_STATED, Share, wilson

APPLIED, OFFERED, ENROLLED, COMPLETED = "applied", "offered", "enrolled", "completed"
#: Parity compares like with like: women with men, not with everybody else.
REFERENCE = {GENDER: "man", RESIDENCE: OTHER, DISABILITY: NO}


class Counts(Protocol):
    """A sheet: counts of one scope, None where one is hidden or was never counted."""

    def count(self, stage: str, dimension: str = "", group: str = "") -> int | None: ...

    def share(self, stage: str, dimension: str, group: str = "") -> Share | None: ...


class Blank(StrEnum):
    """Why there is no value."""

    HIDDEN = "hidden"
    TOO_FEW = "too_few"
    TOO_SILENT = "too_silent"
    NO_REFERENCE = "no_reference"
    NOT_COUNTED = "not_counted"


@dataclass(frozen=True, slots=True)
class Measure:
    """A value in the unit of its indicator, or why there is none. `count` of `base` people stand behind it."""

    value: float | None = None
    blank: str = ""
    count: int | None = None
    base: int | None = None
    interval: tuple[float, float] | None = None
    needs_care: bool = False


def percent(count: int | None, base: int | None) -> Measure:
    """A rate in percent. A figure told as before may exceed its base a little: it counts as all of it."""
    if count is None or base is None:
        return Measure(blank=Blank.HIDDEN)
    if base < LEAST_DENOMINATOR:
        return Measure(blank=Blank.TOO_FEW, base=base)
    count = min(count, base)
    low, high = wilson(count, base)
    return Measure(100 * count / base, count=count, base=base, interval=(100 * low, 100 * high))


def people(sheet: Counts, stage: str) -> Measure:
    found = sheet.count(stage)
    return Measure(blank=Blank.HIDDEN) if found is None else Measure(float(found), count=found)


def rate(sheet: Counts, before: str, after: str) -> Measure:
    return percent(sheet.count(after), sheet.count(before))


def share(sheet: Counts, dimension: str) -> Measure:
    """The group one looks for among those enrolled who answered."""
    found = sheet.share(ENROLLED, dimension)
    if found is None:
        return Measure(blank=Blank.HIDDEN)
    if not found.is_shown:
        return Measure(blank=Blank.TOO_FEW if found.answered < LEAST_DENOMINATOR else Blank.TOO_SILENT)
    measure = percent(found.count, found.answered)
    return Measure(
        measure.value, "", found.count, found.answered, measure.interval, needs_care=found.needs_a_warning
    )


def parity_of(sheet: Counts, dimension: str, *, is_adjusted: bool) -> Measure:
    """The completion rate of the group ÷ that of its reference: the same rate of both, never head counts."""
    pairs = [
        (sheet.count(COMPLETED, dimension, word), sheet.count(ENROLLED, dimension, word))
        for word in (FOCUS[dimension], REFERENCE[dimension])
    ]
    told = [(count, base) for count, base in pairs if count is not None and base is not None]
    if len(told) < len(pairs):
        return Measure(blank=Blank.HIDDEN)
    if min(base for _count, base in told) < LEAST_FOR_PARITY:
        return Measure(blank=Blank.TOO_FEW)
    if blank := silence(sheet, ENROLLED, dimension):
        return Measure(blank=blank)
    group, reference = (Sample(min(count, base), base) for count, base in told)
    index = parity(group, reference)
    if index is None:
        return Measure(blank=Blank.NO_REFERENCE)
    return Measure(adjusted_parity(index) if is_adjusted else index)


def silence(sheet: Counts, stage: str, dimension: str) -> str:
    """Why groups of a dimension are not compared: nobody may know how many were silent, or too many were."""
    silent, everyone = sheet.count(stage, dimension, NOT_STATED), sheet.count(stage)
    if silent is None or everyone is None:
        return Blank.HIDDEN
    return Blank.TOO_SILENT if silent > TOO_MANY_NOT_STATED * everyone else ""


def ended_rate(ended: Iterable[Counts]) -> Measure:
    """Completion among the intakes whose planned end is past: who dropped out or is late counts as not complete.

    Each intake's figures stand in the release, so their sum tells nothing new; one hidden hides the rate.
    """
    pairs = [(sheet.count(COMPLETED), sheet.count(ENROLLED)) for sheet in ended]
    if not pairs:
        return Measure(blank=Blank.NOT_COUNTED)
    done, began = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    if None in done or None in began:
        return Measure(blank=Blank.HIDDEN)
    return percent(sum(each or 0 for each in done), sum(each or 0 for each in began))


#: Indicator code → how a sheet tells it. OUT-RATE needs the sheets of intakes: see `ended_rate`.
FROM_A_SHEET: Mapping[str, Callable[[Counts], Measure]] = {
    "OUT-APP": partial(people, stage=APPLIED),
    "OUT-ENR": partial(people, stage=ENROLLED),
    "OUT-COMP": partial(people, stage=COMPLETED),
    "OUT-DONE": partial(rate, before=ENROLLED, after=COMPLETED),
    "OUT-SHARE-W": partial(share, dimension=GENDER),
    "OUT-SHARE-R": partial(share, dimension=RESIDENCE),
    "OUT-SHARE-D": partial(share, dimension=DISABILITY),
    "OUT-SHARE-Y": partial(share, dimension=AGE),
    "CONV-OFFERED": partial(rate, before=APPLIED, after=OFFERED),
    "CONV-ENROLLED": partial(rate, before=OFFERED, after=ENROLLED),
    "CONV-COMPLETED": partial(rate, before=ENROLLED, after=COMPLETED),
    "SDG-4.5.1-W": partial(parity_of, dimension=GENDER, is_adjusted=False),
    "SDG-4.5.1-R": partial(parity_of, dimension=RESIDENCE, is_adjusted=False),
    "SDG-4.5.1-D": partial(parity_of, dimension=DISABILITY, is_adjusted=False),
    "SDG-4.5.1-adj-W": partial(parity_of, dimension=GENDER, is_adjusted=True),
    "SDG-4.5.1-adj-R": partial(parity_of, dimension=RESIDENCE, is_adjusted=True),
    "SDG-4.5.1-adj-D": partial(parity_of, dimension=DISABILITY, is_adjusted=True),
}
ENDED_RATE = "OUT-RATE"


def measures(sheet: Counts, ended: Iterable[Counts] = ()) -> dict[str, Measure]:
    """Every indicator a release can tell of one scope; `ended` are the sheets of its intakes that are over."""
    return {code: tell(sheet) for code, tell in FROM_A_SHEET.items()} | {ENDED_RATE: ended_rate(ended)}


def of_result(count: int, base: int | None) -> Measure:
    """A total of a whole program that its own staff counts: told as it is, with no least number of people."""
    if base is None:
        return Measure(float(count), count=count)
    if base == 0:
        return Measure(blank=Blank.NOT_COUNTED)
    return Measure(100 * count / base, count=count, base=base)


def is_met(direction: str, value: float, target: float) -> bool:
    """Whether a value is as good as what was aimed at; for parity, as close to 1."""
    if direction == "to_one":
        return abs(1 - value) <= abs(1 - target)
    return value <= target if direction == "down" else value >= target
