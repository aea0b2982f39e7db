"""The rubric as measures, and what the submitted reviews come to."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256

from django.core.cache import caches
from django.db.models import Avg, Count, DecimalField, Max, Min, Q, Sum

from apps.programs.models import Intake
from apps.reviews.enums import AssignmentStatus
from apps.reviews.models import Criterion, Review, ReviewAssignment, Rubric, Score
from apps.reviews.rules.scoring import Measure
from apps.reviews.selectors.readings import matched_reviewers, readings_of, submitted
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
    """What the submitted reviews of one application come to, from 0 to 100; None when there is none.

    `adjusted` is the mean without what readers lean to. Which of the two counts is fixed beforehand.
    """

    count: int
    mean: Decimal | None
    adjusted: Decimal | None = None


def scores_by_application(intake: Intake, *, with_adjusted: bool = True) -> Mapping[int, Marks]:
    """Raw and adjusted mean, and number of submitted reviews, of every application that has one."""
    rows = (
        ReviewAssignment.objects.counted()
        .filter(application__intake=intake, status=AssignmentStatus.SUBMITTED)
        .values("application_id")
        .annotate(count=Count("id"), mean=Avg("review__weighted_score"))
    )
    without = adjusted_means(intake) if with_adjusted else {}
    return {
        row["application_id"]: Marks(
            count=row["count"], mean=row["mean"], adjusted=without.get(row["application_id"])
        )
        for row in rows
    }


#: A round's severities take a third of a second at 30,000 readings; they change with a submitted review.
KEPT_SECONDS = 3600


def adjusted_means(intake: Intake) -> dict[int, Decimal]:
    """Each application's mean without its readers' leanings. A process computes it once for a state of
    the reviews: the key is what changes when any of them does.
    """
    state = submitted(intake).aggregate(
        count=Count("pk"), sum=Sum("pk"), scores=Sum("review__weighted_score"), last=Max("review__updated_at")
    )
    if not state["count"]:
        return {}
    told = (intake.pk, *state.values(), *sorted(matched_reviewers(intake)))
    key = f"adjusted:{sha256(repr(told).encode()).hexdigest()}"
    kept = caches["process"]
    found: dict[int, Decimal] | None = kept.get(key)
    if found is None:
        found = readings_of(intake).adjusted
        kept.set(key, found, KEPT_SECONDS)
    return found


@dataclass(frozen=True, slots=True)
class CriterionMean:
    """What the readers of one application gave for one criterion, on average."""

    criterion: int
    title: Mapping[str, str]
    weight: Decimal
    highest: int
    is_independent: bool
    mean: Decimal


def criterion_means(intake: Intake, application_ids: Collection[int]) -> dict[int, list[CriterionMean]]:
    """By application, in the rubric's order; two statements. Without a submitted review: absent."""
    criteria = Criterion.objects.filter(rubric__intake=intake).in_bulk()
    order = {pk: number for number, pk in enumerate(criteria)}
    rows = (
        Score.objects.filter(
            review__assignment__in=submitted(intake).filter(application__in=application_ids).order_by(),
            points__isnull=False,
            criterion__in=criteria,
        )
        .values_list("review__assignment__application_id", "criterion_id")
        .annotate(mean=Avg("points", output_field=DecimalField(max_digits=8, decimal_places=3)))
    )
    found: dict[int, list[CriterionMean]] = {}
    for application, pk, mean in sorted(rows, key=lambda row: (row[0], order[row[1]])):
        each = criteria[pk]
        found.setdefault(application, []).append(
            CriterionMean(pk, each.title, each.weight, each.highest, each.is_independent, mean)
        )
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
