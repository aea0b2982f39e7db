"""Whether a reviewer became milder or more severe while reading."""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from statistics import variance

from apps.reviews.rules.scoring import STEP
from apps.reviews.rules.two_way import Reading, by_application, leanings

#: An eighth of the scale: half a point of five, what a correction may be at most.
MOVED_TOO_FAR = Decimal("12.5")
#: Each half needs as many readings that somebody else shares.
ENOUGH_IN_A_HALF = 5
#: A change below so many of its standard errors is noise.
ERRORS = 2


@dataclass(frozen=True, slots=True)
class Drift:
    """Leaning in the two halves of a reviewer's shared readings: `change` above 0 is milder than before.

    `error` is the standard error of the change. All three are None while there are too few readings.
    """

    reviewer: int
    readings: int
    earlier: Decimal | None
    later: Decimal | None
    error: Decimal | None
    alert: bool

    @property
    def change(self) -> Decimal | None:
        return None if self.later is None or self.earlier is None else self.later - self.earlier


def drifts(readings: Sequence[Reading], *, limit: Decimal = MOVED_TOO_FAR) -> dict[int, Drift]:
    """Each reviewer's drift; `readings` are in the order in which they were submitted.

    Each reading is held against the mean of the other readings of the same application, theirs without
    their joint leanings (two_way.leanings), so that a later half of stronger applications or
    of severe co-readers is no drift. Drift is against co-readers: what all of them do alike cannot be seen, and
    where the same two share everything, both move when one does. With an odd number the
    middle reading belongs to the later half.

    An alert needs a change above `limit` and above twice its standard error (Welch's, from the spread in
    the two halves). Where readings scatter by ten points and nobody drifts, that alerts 1 reviewer in 20 at ten
    readings (1 in 12 by the limit alone), 1 in 60 at twenty and 1 in 250 at thirty: a reason to look, no proof.
    """
    joint = leanings(readings)
    units = by_application(readings)
    against: dict[int, list[float]] = defaultdict(list)
    for reading in readings:
        others = [
            float(other.score) - joint[other.reviewer]
            for other in units[reading.application]
            if other.reviewer != reading.reviewer
        ]
        leaning = [float(reading.score) - math.fsum(others) / len(others)] if others else []
        against[reading.reviewer].extend(leaning)
    return {reviewer: _drift(reviewer, leaning, limit) for reviewer, leaning in sorted(against.items())}


def _drift(reviewer: int, leaning: Sequence[float], limit: Decimal) -> Drift:
    half = len(leaning) // 2
    if half < ENOUGH_IN_A_HALF:
        return Drift(reviewer, len(leaning), None, None, None, alert=False)
    first, second = leaning[:half], leaning[half:]
    earlier, later = (math.fsum(part) / len(part) for part in (first, second))
    error = math.sqrt(variance(first) / len(first) + variance(second) / len(second))
    moved = abs(later - earlier)
    return Drift(
        reviewer=reviewer,
        readings=len(leaning),
        earlier=_round(earlier),
        later=_round(later),
        error=_round(error),
        alert=moved > float(limit) and moved > ERRORS * error,
    )


def _round(value: float) -> Decimal:
    return Decimal(value).quantize(STEP, ROUND_HALF_UP)
