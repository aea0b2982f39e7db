"""When two readings of one application are too far apart to be averaged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from apps.reviews.rules.scoring import Measure

#: Weighted scores from 0 to 100 that are so far apart want another reading.
FAR_APART = Decimal(30)


@dataclass(frozen=True, slots=True)
class Marks:
    """One reading: points by criterion, and the weighted score from 0 to 100 that they make."""

    points: Mapping[int, int]
    score: Decimal


@dataclass(frozen=True, slots=True)
class Gap:
    """A criterion with two readings at least `limit` apart."""

    criterion: int
    lowest: int
    highest: int
    limit: int

    @property
    def apart(self) -> int:
        return self.highest - self.lowest


@dataclass(frozen=True, slots=True)
class Disagreement:
    """`gaps` in the rubric's order; `apart` is the distance of weighted scores, near or far."""

    readings: int
    gaps: tuple[Gap, ...]
    apart: Decimal

    @property
    def scores_far_apart(self) -> bool:
        return self.apart >= FAR_APART

    @property
    def found(self) -> bool:
        return bool(self.gaps) or self.scores_far_apart

    @property
    def third_wanted(self) -> bool:
        """Not once there are three: a fourth reading settles no more than the panel can."""
        return self.found and self.readings == 2


def limit(highest: int) -> int:
    """Half of the range from 1 to `highest`, rounded up: 2 points on a scale of five, 5 of ten."""
    return max(1, highest // 2)


def disagreement(measures: Sequence[Measure], readings: Sequence[Marks]) -> Disagreement:
    """How far any two of these readings of one application are apart.

    A criterion counts as far as readings have points for it. Fewer than two readings never disagree.
    """
    gaps = []
    for measure in measures:
        given = [marks.points[measure.id] for marks in readings if measure.id in marks.points]
        if len(given) > 1 and max(given) - min(given) >= limit(measure.highest):
            gaps.append(Gap(measure.id, min(given), max(given), limit(measure.highest)))
    scores = [marks.score for marks in readings]
    apart = max(scores) - min(scores) if scores else Decimal(0)
    return Disagreement(len(readings), tuple(gaps), apart)
