"""The rubric as measures, and what the submitted reviews come to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Avg, Count, F, Max, Min, Q

from apps.programs.models import Intake
from apps.reviews.enums import COUNTED, AssignmentStatus
from apps.reviews.models import Criterion, Review, ReviewAssignment, Rubric, Score
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
    adjusted: Decimal | None = None


def scores_by_application(intake: Intake) -> Mapping[int, Marks]:
    """Mean weighted score (0 to 100) and number of submitted reviews, in one grouped statement."""
    rows = (
        ReviewAssignment.objects.counted()
        .filter(application__intake=intake, status=AssignmentStatus.SUBMITTED)
        .values("application_id")
        .annotate(count=Count("id"), mean=Avg("review__weighted_score"))
    )
    return {row["application_id"]: Marks(count=row["count"], mean=row["mean"]) for row in rows}


@dataclass(frozen=True, slots=True)
class CriterionMean:
    """Mean points of one criterion over the submitted reviews of one application."""

    criterion: int
    points: Decimal
    highest: int
    weight: Decimal
    is_independent: bool


def criterion_means(intake: Intake, application_ids: Iterable[int]) -> dict[int, list[CriterionMean]]:
    """For some applications of an intake, in the order of the rubric; one statement."""
    rows = (
        Score.objects.filter(
            review__assignment__application__in=list(application_ids),
            review__assignment__application__intake=intake,
            review__assignment__status=AssignmentStatus.SUBMITTED,
            review__assignment__purpose__in=COUNTED,
            points__isnull=False,
        )
        .values("review__assignment__application_id", "criterion_id")
        .annotate(
            mean=Avg("points"),
            highest=F("criterion__highest"),
            weight=F("criterion__weight"),
            alone=F("criterion__is_independent"),
        )
        .order_by("criterion__number")
    )
    found: dict[int, list[CriterionMean]] = {}
    for row in rows:
        mean = CriterionMean(
            criterion=row["criterion_id"],
            points=Decimal(str(row["mean"])),
            highest=row["highest"],
            weight=row["weight"],
            is_independent=row["alone"],
        )
        found.setdefault(row["review__assignment__application_id"], []).append(mean)
    return found


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
