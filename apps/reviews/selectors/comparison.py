"""A reviewer's calibration reading beside the panel's."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from apps.reviews.enums import AssignmentStatus, Purpose
from apps.reviews.models import CalibrationPaper, Criterion, ReviewAssignment, Score
from apps.reviews.rules.calibration import Compared, Item, compare, panel_points


@dataclass(frozen=True, slots=True)
class Beside:
    """One criterion: my points and words, and how they stand to the panel's where it has any."""

    criterion: Criterion
    mine: int | None
    comment: str
    compared: Compared | None


def may_compare(assignment: ReviewAssignment) -> bool:
    """Only a calibration reading, and only while mine is in: one that is open again is blind again."""
    return assignment.purpose == Purpose.CALIBRATION and assignment.status == AssignmentStatus.SUBMITTED


def comparison_of(assignment: ReviewAssignment) -> list[Beside]:
    """By criterion; the panel's points are those it agreed on, else the median of the others'."""
    application = assignment.application_id
    criteria = list(Criterion.objects.filter(rubric__intake=assignment.application.intake_id))
    mine = {row.criterion_id: row for row in Score.objects.filter(review__assignment=assignment)}
    result = compare(
        {(application, pk): row.points for pk, row in mine.items() if row.points},
        {**panel_points(_others(assignment)), **_agreed(assignment, criteria)},
        {each.pk: each.highest for each in criteria},
    )
    compared = {each.criterion: each for each in result.compared}
    return [
        Beside(
            criterion=each,
            mine=mine[each.pk].points if each.pk in mine else None,
            comment=mine[each.pk].comment if each.pk in mine else "",
            compared=compared.get(each.pk),
        )
        for each in criteria
    ]


def _agreed(assignment: ReviewAssignment, criteria: list[Criterion]) -> dict[Item, Decimal]:
    paper = CalibrationPaper.objects.filter(
        application=assignment.application_id, intake=assignment.application.intake_id
    ).first()
    agreed: Mapping[str, int] = paper.agreed if paper is not None else {}
    return {
        (assignment.application_id, each.pk): Decimal(agreed[str(each.number)])
        for each in criteria
        if agreed.get(str(each.number)) is not None
    }


def _others(assignment: ReviewAssignment) -> list[dict[Item, int]]:
    """What everybody else gave who has submitted the same calibration reading."""
    rows = Score.objects.filter(
        review__assignment__application=assignment.application_id,
        review__assignment__purpose=Purpose.CALIBRATION,
        review__assignment__status=AssignmentStatus.SUBMITTED,
        points__isnull=False,
    ).exclude(review__assignment__reviewer=assignment.reviewer_id)
    given: dict[int, dict[Item, int]] = {}
    for review, criterion, points in rows.values_list("review_id", "criterion_id", "points"):
        given.setdefault(review, {})[assignment.application_id, criterion] = points or 0
    return list(given.values())
