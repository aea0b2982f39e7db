"""How far the reading of an intake is."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils import timezone

from apps.accounts.models import User
from apps.applications.enums import ApplicationStatus
from apps.applications.models import Application
from apps.programs.models import Intake
from apps.reviews.enums import AssignmentStatus
from apps.reviews.models import IntakeReviewer, ReviewAssignment
from apps.reviews.selectors.scores import progress_of
from apps.reviews.selectors.statuses import COUNTS, READ, TO_DO

#: Scores of one application this far apart (of 100) deserve another look.
FAR_APART = 30


def read_applications(intake: Intake, show: str = "") -> QuerySet[Application]:
    """Applications of the progress list; `show` narrows to "short" (readers lacking) or "apart"."""
    found = Application.objects.filter(intake=intake, status__in=READ)
    assignments = ReviewAssignment.objects.counted().filter(application__intake=intake).order_by()
    if show == "short":
        enough = (
            assignments.filter(status__in=COUNTS)
            .values("application_id")
            .annotate(n=Count("id"))
            .filter(n__gte=intake.reviews_each)
        )
        return found.exclude(status=ApplicationStatus.DECIDED).exclude(pk__in=enough.values("application_id"))
    if show == "apart":
        score = "review__weighted_score"
        apart = (
            assignments.filter(status=AssignmentStatus.SUBMITTED)
            .values("application_id")
            .annotate(gap=Max(score) - Min(score))
            .filter(gap__gte=FAR_APART)
        )
        return found.filter(pk__in=apart.values("application_id"))
    return found


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the reading of one application is, and what it came to (scores 0 to 100)."""

    application: Application
    assigned: int = 0
    submitted: int = 0
    mean: Decimal | None = None
    lowest: Decimal | None = None
    highest: Decimal | None = None

    @property
    def is_far_apart(self) -> bool:
        return None not in (self.lowest, self.highest) and self.highest - self.lowest >= FAR_APART  # type: ignore[operator]


def progress_rows(applications: list[Application]) -> list[Progress]:
    """The rows of one page; one statement, whatever their number."""
    found = progress_of([row.pk for row in applications])
    counts = {
        pk: {name: value for name, value in row.items() if name != "application_id"}
        for pk, row in found.items()
    }
    return [Progress(application=row, **counts.get(row.pk, {})) for row in applications]


@dataclass(frozen=True, slots=True)
class Load:
    reviewer: User
    most: int
    assigned: int
    submitted: int
    late: int
    languages: list[str]
    topics: list[str]
    panel: str


def loads_of(intake: Intake) -> list[Load]:
    """Every reviewer of an intake with what they have, what is late and what they may have."""
    late = Q(status__in=TO_DO, due_on__lt=timezone.localdate())
    counts: dict[int, dict] = {
        row["reviewer_id"]: dict(row)
        for row in ReviewAssignment.objects.counted()
        .filter(application__intake=intake, status__in=COUNTS)
        .values("reviewer_id")
        .annotate(
            assigned=Count("id"),
            submitted=Count("id", filter=Q(status=AssignmentStatus.SUBMITTED)),
            late=Count("id", filter=late),
        )
    }
    rows = (
        IntakeReviewer.objects.filter(intake=intake)
        .select_related("reviewer")
        .order_by("reviewer__full_name")
    )
    return [
        Load(
            reviewer=row.reviewer,
            most=row.most_assignments,
            assigned=counts.get(row.reviewer_id, {}).get("assigned", 0),
            submitted=counts.get(row.reviewer_id, {}).get("submitted", 0),
            late=counts.get(row.reviewer_id, {}).get("late", 0),
            languages=row.languages,
            topics=row.topics,
            panel=row.panel,
        )
        for row in rows
    ]
