"""What the points of a review add up to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

#: Scores are shown and compared with three decimals.
STEP = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class Measure:
    """One criterion: `weight` counts against the other weights, points run from 1 to `highest`."""

    id: int
    weight: Decimal
    highest: int
    comment_required: bool = False


def weighted_score(measures: Sequence[Measure], points: Mapping[int, int]) -> Decimal:
    """Between 0 and 100: each criterion's points from 1 to its highest become 0 to 1, and the
    weighted mean of these is multiplied by 100. Raises ValueError for a missing or impossible point.
    """
    total = sum((measure.weight for measure in measures), Decimal(0))
    if total <= 0:
        raise ValueError("no criterion has weight")
    reached = Decimal(0)
    for measure in measures:
        given = points.get(measure.id)
        if given is None or not 1 <= given <= measure.highest:
            raise ValueError(f"criterion {measure.id} has no possible points")
        share = Decimal(given - 1) / Decimal(measure.highest - 1) if measure.highest > 1 else Decimal(1)
        reached += measure.weight * share
    return (100 * reached / total).quantize(STEP, ROUND_HALF_UP)


def what_is_missing(
    measures: Sequence[Measure], points: Mapping[int, int], comments: Mapping[int, str]
) -> dict[int, str]:
    """For each criterion that is not ready to submit: "points" or "comment"."""
    missing = {}
    for measure in measures:
        given = points.get(measure.id)
        if given is None or not 1 <= given <= measure.highest:
            missing[measure.id] = "points"
        elif measure.comment_required and not comments.get(measure.id, "").strip():
            missing[measure.id] = "comment"
    return missing
