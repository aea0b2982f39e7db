"""A reviewer's calibration reading beside the panel's."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from apps.reviews.enums import AssignmentStatus, Purpose
from apps.reviews.models import CalibrationPaper, Criterion, ReviewAssignment, Score


@dataclass(frozen=True, slots=True)
class Beside:
    """One criterion: my points, and the panel's where there are any."""

    criterion: Criterion
    mine: int | None
    comment: str
    panel: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        """Mine minus the panel's: below 0 I am the more severe."""
        return self.mine - self.panel if self.mine is not None and self.panel is not None else None

    @property
    def is_far(self) -> bool:
        """By two steps or more, a step being a quarter of the range and no less than a point."""
        step = max(Decimal(1), Decimal(self.criterion.highest - 1) / 4)
        return self.difference is not None and abs(self.difference) >= 2 * step


def may_compare(assignment: ReviewAssignment) -> bool:
    """Only a calibration reading, and only while mine is in: one that is open again is blind again."""
    return assignment.purpose == Purpose.CALIBRATION and assignment.status == AssignmentStatus.SUBMITTED


def comparison_of(assignment: ReviewAssignment) -> list[Beside]:
    """By criterion; the panel's points are those it agreed on, else the median of the others'."""
    intake = assignment.application.intake_id
    criteria = list(Criterion.objects.filter(rubric__intake=intake))
    mine = {row.criterion_id: row for row in Score.objects.filter(review__assignment=assignment)}
    panel = {**_medians(assignment), **_agreed(assignment, criteria)}
    return [
        Beside(
            criterion=each,
            mine=mine[each.pk].points if each.pk in mine else None,
            comment=mine[each.pk].comment if each.pk in mine else "",
            panel=panel.get(each.pk),
        )
        for each in criteria
    ]


def _agreed(assignment: ReviewAssignment, criteria: list[Criterion]) -> dict[int, Decimal]:
    paper = CalibrationPaper.objects.filter(
        application=assignment.application_id, intake=assignment.application.intake_id
    ).first()
    agreed: Mapping[str, int] = paper.agreed if paper is not None else {}
    return {
        each.pk: Decimal(agreed[str(each.number)])
        for each in criteria
        if agreed.get(str(each.number)) is not None
    }


def _medians(assignment: ReviewAssignment) -> dict[int, Decimal]:
    rows = Score.objects.filter(
        review__assignment__application=assignment.application_id,
        review__assignment__purpose=Purpose.CALIBRATION,
        review__assignment__status=AssignmentStatus.SUBMITTED,
        points__isnull=False,
    ).exclude(review__assignment__reviewer=assignment.reviewer_id)
    given: dict[int, list[int]] = {}
    for criterion, points in rows.values_list("criterion_id", "points"):
        given.setdefault(criterion, []).append(points)
    return {criterion: Decimal(median(points)) for criterion, points in given.items()}
