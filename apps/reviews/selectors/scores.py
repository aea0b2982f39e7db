"""The rubric as measures, and what the submitted reviews come to."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Avg, Count, Max, Min, Q

from apps.programs.models import Intake
from apps.reviews.enums import AssignmentStatus
from apps.reviews.models import Criterion, Review, ReviewAssignment, Rubric
from apps.reviews.rules.scoring import Measure
from apps.reviews.selectors.statuses import COUNTS


def measures_of(rubric: Rubric) -> list[Measure]:
    return [as_measure(criterion) for criterion in rubric.criteria.all()]


def as_measure(criterion: Criterion) -> Measure:
    return Measure(
        id=criterion.pk,
        weight=criterion.weight,
        highest=criterion.highest,
        comment_required=criterion.comment_required,
        comment_below=criterion.comment_below,
        is_independent=criterion.is_independent,
    )


def scoring_has_begun(intake: Intake) -> bool:
    """From the first saved review on, the rubric of an intake is fixed."""
    return Review.objects.filter(assignment__application__intake=intake).exists()


@dataclass(frozen=True, slots=True)
class Marks:
    """What the submitted reviews of one application come to; None when there is none."""

    count: int
    mean: Decimal | None


def scores_by_application(intake: Intake) -> Mapping[int, Marks]:
    """Mean weighted score (0 to 100) and number of submitted reviews, in one grouped statement."""
    rows = (
        ReviewAssignment.objects.counted()
        .filter(application__intake=intake, status=AssignmentStatus.SUBMITTED)
        .values("application_id")
        .annotate(count=Count("id"), mean=Avg("review__weighted_score"))
    )
    return {row["application_id"]: Marks(count=row["count"], mean=row["mean"]) for row in rows}


def progress_of(application_ids: list[int]) -> dict[int, dict]:
    """For some applications: assigned, submitted, mean, lowest and highest score; one statement."""
    submitted = Q(status=AssignmentStatus.SUBMITTED)
    score = "review__weighted_score"
    rows = (
        ReviewAssignment.objects.counted()
        .filter(application__in=application_ids, status__in=COUNTS)
        .values("application_id")
        .annotate(
            assigned=Count("id"),
            submitted=Count("id", filter=submitted),
            mean=Avg(score, filter=submitted),
            lowest=Min(score, filter=submitted),
            highest=Max(score, filter=submitted),
        )
    )
    return {row["application_id"]: dict(row) for row in rows}
