"""Reading reviews."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Avg, Count, Max, Min, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.accounts.enums import Role
from apps.accounts.models import Membership, User
from apps.accounts.roles import Viewer
from apps.applications.enums import ApplicationStatus
from apps.applications.models import Application
from apps.applications.references import referee_pairs
from apps.events.selectors import history_of
from apps.programs.models import Intake
from apps.reviews.enums import OPEN_TO_REVIEWER, AssignmentStatus
from apps.reviews.models import Conflict, Criterion, IntakeReviewer, Review, ReviewAssignment, Rubric
from apps.reviews.rules.scoring import Measure
from apps.reviews.rules.ties import shares_mail_domain

#: What a reviewer still has to do, first what is begun.
TO_DO = (AssignmentStatus.REOPENED, AssignmentStatus.IN_PROGRESS, AssignmentStatus.ASSIGNED)
#: Assignments that count towards the readers an application has.
COUNTS = tuple(OPEN_TO_REVIEWER)
REVIEWABLE = (ApplicationStatus.ELIGIBLE, ApplicationStatus.IN_REVIEW)


def queue_of(viewer: Viewer) -> QuerySet[ReviewAssignment]:
    """A reviewer's own assignments; the application shows by its number alone."""
    return ReviewAssignment.objects.visible_to(viewer).select_related("application__intake__program")


#: So many days before it is due a review counts as urgent.
URGENT = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Group:
    """Assignments a reviewer should do together, with a heading that says what they have in common."""

    heading: str | Promise
    rows: list[ReviewAssignment]


@dataclass(frozen=True, slots=True)
class ToDo:
    groups: list[Group]
    count: int
    late: int
    next: ReviewAssignment | None


def to_do_of(viewer: Viewer, today: date) -> ToDo:
    """What a reviewer has to do, by what needs doing: one statement, at most 300 rows."""
    rows = list(queue_of(viewer).filter(status__in=TO_DO).order_by("due_on", "id")[:300])
    sorted_rows: dict[str, list[ReviewAssignment]] = {"reopened": [], "urgent": [], "started": [], "new": []}
    for row in rows:
        sorted_rows[_kind_of(row, today)].append(row)
    headings = {
        "reopened": _("Opened again for you"),
        "urgent": _("Late, or due in three days"),
        "started": _("Started"),
        "new": _("Not looked at yet"),
    }
    groups = [Group(headings[kind], found) for kind, found in sorted_rows.items() if found]
    late = sum(row.due_on is not None and row.due_on < today for row in rows)
    return ToDo(groups, len(rows), late, groups[0].rows[0] if groups else None)


def _kind_of(row: ReviewAssignment, today: date) -> str:
    if row.status == AssignmentStatus.REOPENED:
        return "reopened"
    if row.due_on is not None and row.due_on - URGENT <= today:
        return "urgent"
    return "started" if row.status == AssignmentStatus.IN_PROGRESS else "new"


def why_reopened(assignment: ReviewAssignment) -> str:
    """The coordinator's reason, as long as the review is open again."""
    if assignment.status != AssignmentStatus.REOPENED:
        return ""
    told = history_of("assignment", assignment.pk).filter(name="ReviewReopened").last()
    return told.payload["reason"] if told else ""


def measures_of(rubric: Rubric) -> list[Measure]:
    return [as_measure(criterion) for criterion in rubric.criteria.all()]


def as_measure(criterion: Criterion) -> Measure:
    return Measure(
        id=criterion.pk,
        weight=criterion.weight,
        highest=criterion.highest,
        comment_required=criterion.comment_required,
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
        ReviewAssignment.objects.filter(application__intake=intake, status=AssignmentStatus.SUBMITTED)
        .values("application_id")
        .annotate(count=Count("id"), mean=Avg("review__weighted_score"))
    )
    return {row["application_id"]: Marks(count=row["count"], mean=row["mean"]) for row in rows}


def progress_of(application_ids: list[int]) -> dict[int, dict]:
    """For some applications: assigned, submitted, mean, lowest and highest score; one statement."""
    submitted = Q(status=AssignmentStatus.SUBMITTED)
    score = "review__weighted_score"
    rows = (
        ReviewAssignment.objects.filter(application__in=application_ids, status__in=COUNTS)
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


#: What the progress list is about: everything that is or was read.
READ = (*REVIEWABLE, ApplicationStatus.DECIDED)
#: Scores of one application this far apart (of 100) deserve another look.
FAR_APART = 30


def read_applications(intake: Intake, show: str = "") -> QuerySet[Application]:
    """Applications of the progress list; `show` narrows to "short" (readers lacking) or "apart"."""
    found = Application.objects.filter(intake=intake, status__in=READ)
    assignments = ReviewAssignment.objects.filter(application__intake=intake).order_by()
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


def loads_of(intake: Intake) -> list[Load]:
    """Every reviewer of an intake with what they have, what is late and what they may have."""
    late = Q(status__in=TO_DO, due_on__lt=timezone.localdate())
    counts: dict[int, dict] = {
        row["reviewer_id"]: dict(row)
        for row in ReviewAssignment.objects.filter(application__intake=intake, status__in=COUNTS)
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
        )
        for row in rows
    ]


def possible_reviewers(intake: Intake) -> QuerySet[User]:
    """Reviewers of the organisation that runs the program, in the order of their names."""
    members = Membership.objects.current().filter(
        role=Role.REVIEWER, organisation_id=intake.program.organisation_id
    )
    return User.objects.filter(pk__in=members.values("user_id"), is_active=True).order_by("full_name", "id")


def limits_of(intake: Intake) -> dict[int, int]:
    """The most each reviewer of an intake reads; who no longer reviews for the organisation is out."""
    chosen = IntakeReviewer.objects.filter(intake=intake, reviewer__in=possible_reviewers(intake).order_by())
    return dict(chosen.values_list("reviewer_id", "most_assignments"))


def conflicts_for(intake: Intake, reviewers: list[int]) -> set[tuple[int, int]]:
    """Pairs that must stay apart: declared before, an application of their own, one they are a referee
    of, an applicant who has a role where the reviewer has one, or mail of one employer. A fixed
    number of statements.
    """
    pairs = set(
        Conflict.objects.filter(application__intake=intake, reviewer__in=reviewers).values_list(
            "application_id", "reviewer_id"
        )
    )
    addresses = dict(User.objects.filter(pk__in=reviewers).values_list("pk", "email"))
    applicants = Application.objects.filter(intake=intake, status__in=REVIEWABLE, person__user__isnull=False)
    pairs |= _colleagues(applicants, reviewers)
    known = {email.lower(): reviewer for reviewer, email in addresses.items()}
    pairs |= {(pk, known[email]) for pk, email in referee_pairs(applicants) if email in known}
    by_domain: dict[str, list[tuple[int, str]]] = {}
    for reviewer, email in addresses.items():
        by_domain.setdefault(email.rpartition("@")[2].lower(), []).append((reviewer, email))
    for pk, user, email in applicants.values_list("pk", "person__user_id", "person__user__email"):
        if user in addresses:
            pairs.add((pk, user))
        for reviewer, address in by_domain.get(email.rpartition("@")[2].lower(), ()):
            if shares_mail_domain(email, address):
                pairs.add((pk, reviewer))
    return pairs


def _colleagues(applicants: QuerySet[Application], reviewers: list[int]) -> set[tuple[int, int]]:
    roles = Membership.objects.current()
    homes: dict[int, set[int]] = {}
    for reviewer, home in roles.filter(user__in=reviewers).values_list("user_id", "organisation_id"):
        homes.setdefault(home, set()).add(reviewer)
    theirs = roles.filter(organisation__in=homes, user__in=applicants.values("person__user_id"))
    at: dict[int, set[int]] = {}
    for user, home in theirs.values_list("user_id", "organisation_id"):
        at.setdefault(user, set()).update(homes[home])
    found = applicants.filter(person__user__in=at).values_list("pk", "person__user_id")
    return {(pk, reviewer) for pk, user in found for reviewer in at[user]}
