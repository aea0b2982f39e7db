"""What the points of a review add up to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

#: Scores are shown and compared with three decimals.
STEP = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class Measure:
    """One criterion: `weight` counts against the other weights, points run from 1 to `highest`.

    An independent one is judged and shown, and never counts. Points at or below `comment_below` need
    a comment; 0 asks for none.
    """

    id: int
    weight: Decimal
    highest: int
    comment_required: bool = False
    comment_below: int = 0
    is_independent: bool = False

    def takes(self, points: int | None) -> bool:
        return points is not None and 1 <= points <= self.highest

    def needs_comment(self, points: int | None) -> bool:
        return self.comment_required or (points is not None and points <= self.comment_below)


@dataclass(frozen=True, slots=True)
class Total:
    """A score on its way: of the `asked` criteria that count, `given` have points."""

    score: Decimal | None
    given: int
    asked: int


def weighted_score(measures: Sequence[Measure], points: Mapping[int, int]) -> Decimal:
    """Between 0 and 100: each criterion's points from 1 to its highest become 0 to 1, and the
    weighted mean of these is multiplied by 100. Independent criteria are left out.
    Raises ValueError for a missing or impossible point, and when no criterion counts.
    """
    counted = [measure for measure in measures if not measure.is_independent]
    total = sum((measure.weight for measure in counted), Decimal(0))
    if total <= 0:
        raise ValueError("no criterion has weight")
    reached = Decimal(0)
    for measure in counted:
        given = points.get(measure.id)
        if given is None or not measure.takes(given):
            raise ValueError(f"criterion {measure.id} has no possible points")
        share = Decimal(given - 1) / Decimal(measure.highest - 1) if measure.highest > 1 else Decimal(1)
        reached += measure.weight * share
    return (100 * reached / total).quantize(STEP, ROUND_HALF_UP)


def total_so_far(measures: Sequence[Measure], points: Mapping[int, int]) -> Total:
    """The weighted score of what has points already, as if the rest were not asked."""
    counted = [measure for measure in measures if not measure.is_independent]
    scored = [measure for measure in counted if measure.takes(points.get(measure.id))]
    return Total(weighted_score(scored, points) if scored else None, len(scored), len(counted))


def what_is_missing(
    measures: Sequence[Measure], points: Mapping[int, int], comments: Mapping[int, str]
) -> dict[int, str]:
    """For each criterion, independent ones too, that is not ready to submit: "points" or "comment"."""
    missing = {}
    for measure in measures:
        given = points.get(measure.id)
        if not measure.takes(given):
            missing[measure.id] = "points"
        elif measure.needs_comment(given) and not comments.get(measure.id, "").strip():
            missing[measure.id] = "comment"
    return missing
