"""Intraclass correlation: which share of the variation of scores lies between applications."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from apps.reviews.rules.agreement import Mark, Unknown, squares

#: A mean square below this share of all the variation is a rounding error of 0.
NOTHING = 1e-12


@dataclass(frozen=True, slots=True)
class ShroutFleiss:
    """The six forms of Shrout & Fleiss (1979); each None where its denominator is 0.

    `one`: every application has readers of its own. `two`: the same readers, a sample of those there
    might be. `three`: the same readers, the only ones of interest, so their severity does not count.
    `single` is one reader's score, `mean` the mean of all `readers`.
    """

    one_single: float | None
    two_single: float | None
    three_single: float | None
    one_mean: float | None
    two_mean: float | None
    three_mean: float | None
    applications: int
    readers: int
    unknown: Unknown | None = None


@dataclass(frozen=True, slots=True)
class OneWay:
    """ICC(1,1) and ICC(1,k0); `readers` is k0, the number of readers an application has in effect.

    `single` is the reliability of one reading, `mean` that of the mean of k0 readings; both are estimates that
    fall below 0 when applications differ by less than their readings alone explain.
    """

    single: float | None
    mean: float | None
    readers: float | None
    applications: int
    readings: int
    unknown: Unknown | None = None


def icc_complete(table: Sequence[Sequence[Mark]]) -> ShroutFleiss:
    """All forms for a table without gaps: one row for an application, one column for a reader.

    Raises ValueError for rows of different lengths. Source: Shrout & Fleiss (1979), "Intraclass
    Correlations: Uses in Assessing Rater Reliability", Psychological Bulletin 86, 420-428, table 3 and
    the formulas after it; BMS, WMS, JMS and EMS are their names.
    """
    rows = [[float(mark) for mark in row] for row in table]
    n, k = len(rows), len(rows[0]) if rows else 0
    if any(len(row) != k for row in rows):
        raise ValueError("the table has gaps")
    if n < 2 or k < 2:
        return ShroutFleiss(None, None, None, None, None, None, n, k, Unknown.TOO_FEW)
    total = squares([mark for row in rows for mark in row])
    if total == 0:
        return ShroutFleiss(None, None, None, None, None, None, n, k, Unknown.NO_VARIATION)
    between = k * squares([math.fsum(row) / k for row in rows])
    within = math.fsum(map(squares, rows))
    readers = n * squares([math.fsum(column) / n for column in zip(*rows, strict=True)])
    floor = NOTHING * total
    bms = _square(between, n - 1, floor)
    wms = _square(within, n * (k - 1), floor)
    jms = _square(readers, k - 1, floor)
    ems = _square(within - readers, (n - 1) * (k - 1), floor)
    return ShroutFleiss(
        one_single=_ratio(bms - wms, bms + (k - 1) * wms, floor),
        two_single=_ratio(bms - ems, bms + (k - 1) * ems + k * (jms - ems) / n, floor),
        three_single=_ratio(bms - ems, bms + (k - 1) * ems, floor),
        one_mean=_ratio(bms - wms, bms, floor),
        two_mean=_ratio(bms - ems, bms + (jms - ems) / n, floor),
        three_mean=_ratio(bms - ems, bms, floor),
        applications=n,
        readers=k,
    )


def icc_one_way(units: Iterable[Sequence[Mark | None]]) -> OneWay:
    """For rounds in which every application has readers of its own, perhaps not equally many.

    One-way random effects by analysis of variance: with n applications of k_i readings, N in all,
    k0 = (N - sum k_i^2 / N) / (n - 1), ICC(1,1) = (BMS - WMS) / (BMS + (k0 - 1) WMS), and by
    Spearman-Brown ICC(1,k0) = (BMS - WMS) / BMS. With equal k, k0 = k and both are Shrout & Fleiss's.
    An application read once tells of the variation between applications, so it counts.
    Sources, from memory and not checked:
    Donner (1986), "A Review of Inference Procedures for the Intraclass Correlation Coefficient
    in the One-Way Random Effects Model", International Statistical Review 54, 67-82; k0 as in Searle,
    Casella & McCulloch (1992), Variance Components, section 3.6.
    """
    rows = [given for row in units if (given := [float(mark) for mark in row if mark is not None])]
    n, every = len(rows), [mark for row in rows for mark in row]
    if n < 2 or len(every) == n:
        return OneWay(None, None, None, n, len(every), Unknown.TOO_FEW)
    total = squares(every)
    if total == 0:
        return OneWay(None, None, None, n, len(every), Unknown.NO_VARIATION)
    within = math.fsum(map(squares, rows))
    floor = NOTHING * total
    k0 = (len(every) - sum(len(row) ** 2 for row in rows) / len(every)) / (n - 1)
    bms = _square(total - within, n - 1, floor)
    wms = _square(within, len(every) - n, floor)
    return OneWay(
        single=_ratio(bms - wms, bms + (k0 - 1) * wms, floor),
        mean=_ratio(bms - wms, bms, floor),
        readers=k0,
        applications=n,
        readings=len(every),
    )


def _square(squares_: float, freedom: int, floor: float) -> float:
    return 0.0 if squares_ <= floor else squares_ / freedom


def _ratio(above: float, below: float, floor: float) -> float | None:
    return None if abs(below) <= floor else above / below
