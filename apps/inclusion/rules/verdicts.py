"""What a table of rates says: for each group the rate, the ratio to the best, and a word for it.

Everything is worked out from told figures (rules.telling). Of a range the word is told only when it is
the same whatever the figure is, so that the word adds nothing to the range.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from apps.inclusion.rules.fairness import FOUR_FIFTHS, SIGNIFICANT, Ratio, Sample, adjusted, p_value
from apps.inclusion.rules.fairness import impact_ratio as ratio_of
from apps.inclusion.rules.shares import wilson
from apps.inclusion.rules.telling import Class, Range, Table, is_small

#: A group with fewer people who could be expected to be selected gets no ratio.
LEAST_EXPECTED = 5
#: A smaller part of the pool is not what others are measured by.
LEAST_REFERENCE = 0.02


class Label(StrEnum):
    REFERENCE = "reference"
    OK = "ok"
    WATCH = "watch"
    ALERT = "alert"
    TOO_FEW = "too_few"
    UNTOLD = "untold"  # the word would say more than the range
    NO_GROUP = "no_group"  # people who did not answer, or answers told together that are no group


@dataclass(frozen=True, slots=True)
class Verdict:
    """`rate`, `interval`, `ratio`, `p` are None where the figure is a range or the group is too small.

    `p` is adjusted when more than five groups are tested. `most_ratio` bounds the ratio of a range.
    """

    group: Class
    pool: int
    reached: Range
    label: Label
    ratio: Ratio | None = None
    p: float | None = None
    most_ratio: float | None = None

    @property
    def is_hidden(self) -> bool:
        """A group of fewer than ten shows by its name alone."""
        return is_small(self.pool)

    @property
    def rate(self) -> float | None:
        return self.reached.low / self.pool if self.reached.is_exact and self.pool else None

    @property
    def interval(self) -> tuple[float, float] | None:
        return wilson(self.reached.low, self.pool) if self.reached.is_exact and self.pool else None

    @property
    def percents(self) -> tuple[float, float]:
        """The rate of the least and of the most the figure may be."""
        pool = self.pool or 1
        return 100 * self.reached.low / pool, 100 * self.reached.high / pool

    @property
    def interval_percents(self) -> tuple[float, float] | None:
        found = self.interval
        return (100 * found[0], 100 * found[1]) if found else None

    @property
    def is_rare(self) -> bool:
        return self.p is not None and self.p < 0.001

    @property
    def is_bounded(self) -> bool:
        """The most the ratio may be says something: the word is alert or watch."""
        return self.most_ratio is not None and self.label in (Label.ALERT, Label.WATCH)


@dataclass(frozen=True, slots=True)
class _Test:
    """One group against the reference. The ratios are the least and the most they may be."""

    least: float
    most: float
    p: float
    ratio: Ratio | None

    @property
    def contains_one(self) -> bool:
        return self.ratio is None or self.ratio.contains_one


def judge(table: Table, *, chosen: int, everyone: int, comparable: frozenset[Class]) -> list[Verdict]:
    """A verdict for each class, in the order of the table.

    `comparable` are the classes that are groups; `chosen` of `everyone` is the rate of all, known anyway.
    The reference is the group with the highest rate that is certain, among those of 2 % of all or more.
    """
    overall = chosen / everyone if everyone else 0.0
    large = [
        each
        for each, pool in table.pool.items()
        if each in comparable and not is_small(pool) and pool * overall >= LEAST_EXPECTED
    ]
    reference = _reference(table, large, everyone)
    tests = {each: _test(table, each, reference) for each in large if reference and each != reference}
    ps = _adjusted({each: test.p for each, test in tests.items()})
    return [
        _verdict(table, each, reference, tests.get(each), ps.get(each), is_group=each in comparable)
        for each in table.pool
    ]


def _adjusted(ps: Mapping[Class, float]) -> dict[Class, float]:
    by_name = adjusted({"/".join(each): p for each, p in ps.items()})
    return {each: by_name["/".join(each)] for each in ps}


def _reference(table: Table, large: Sequence[Class], everyone: int) -> Class | None:
    able = [each for each in large if table.pool[each] >= LEAST_REFERENCE * everyone]
    if len(large) < 2 or not able:
        return None
    best = max(able, key=lambda each: (table.reached[each].low / table.pool[each], table.pool[each], each))
    return best if table.reached[best].low else None


def _test(table: Table, group: Class, reference: Class) -> _Test:
    """Of ranges the two values with the rates closest together are tested: others lie further apart."""
    pool, best_pool = table.pool[group], table.pool[reference]
    here, best = table.reached[group], table.reached[reference]
    ratios = [(x / pool) / (y / best_pool) for x, y in product((here.low, here.high), (best.low, best.high))]
    least, most = min(ratios), max(ratios)
    if not (here.is_exact and best.is_exact) and most >= FOUR_FIFTHS:
        return _Test(least, most, 1.0, None)
    nearest = Sample(here.high, pool), Sample(best.low, best_pool)
    found = ratio_of(*nearest)
    return _Test(least, most, p_value(*nearest), found)


def _verdict(
    table: Table,
    group: Class,
    reference: Class | None,
    test: _Test | None,
    p: float | None,
    *,
    is_group: bool,
) -> Verdict:
    pool, reached = table.pool[group], table.reached[group]
    if not is_group:
        return Verdict(group, pool, reached, Label.NO_GROUP)
    if group == reference:
        return Verdict(group, pool, reached, Label.REFERENCE)
    if test is None or p is None:
        return Verdict(group, pool, reached, Label.TOO_FEW)
    if reached.is_exact and reference and table.reached[reference].is_exact:
        return Verdict(group, pool, reached, _label(test, p), test.ratio, p)
    return Verdict(group, pool, reached, _label(test, p), most_ratio=test.most)


def _label(test: _Test, p: float) -> Label:
    if test.least >= FOUR_FIFTHS:
        return Label.OK
    if test.most >= FOUR_FIFTHS:
        return Label.UNTOLD
    return Label.ALERT if p < SIGNIFICANT and not test.contains_one else Label.WATCH
