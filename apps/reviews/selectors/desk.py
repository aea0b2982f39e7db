"""A reviewer's desk: what to do, in which order, and what comes before and after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Least
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.accounts.roles import Viewer
from apps.core.paging import Page, keyset_page
from apps.events.selectors import history_of
from apps.reviews.enums import AssignmentStatus, Purpose
from apps.reviews.models import ReviewAssignment
from apps.reviews.selectors.statuses import TO_DO


def queue_of(viewer: Viewer) -> QuerySet[ReviewAssignment]:
    """A reviewer's own assignments; the application shows by its number alone."""
    return ReviewAssignment.objects.visible_to(viewer).select_related("application__intake__program")


#: So many days before it is due a review counts as urgent.
URGENT = timedelta(days=3)

#: The groups of the queue in the order in which they are worked off. The last one is shown and locked.
HEADINGS: list[tuple[str, str | Promise]] = [
    ("calibration", _("For calibration: score these first")),
    ("reopened", _("Opened again for you")),
    ("urgent", _("Late, or due in three days")),
    ("started", _("Started")),
    ("new", _("Not looked at yet")),
    ("locked", _("Open after the calibration")),
]
CALIBRATION, REOPENED, OVERDUE, STARTED, NEW, LOCKED = range(len(HEADINGS))
#: Unique at its end, and nothing in it is null: both what paging and neighbours need.
ORDER = ("rank", "due", "id")
PAGE = 100
SOME_DAY = date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Group:
    """Assignments a reviewer should do together: a page's rows of it, and how many there are in all."""

    key: str
    heading: str | Promise
    count: int
    rows: list[ReviewAssignment]

    @property
    def is_locked(self) -> bool:
        return self.key == "locked"


@dataclass(frozen=True, slots=True)
class ToDo:
    """`count` leaves out what is locked; `next` is None on later pages and when nothing is open."""

    groups: list[Group]
    page: Page[ReviewAssignment]
    count: int
    locked: int
    late: int
    next: ReviewAssignment | None


def calibrating(reviewer: int) -> list[int]:
    """Intakes in which the reviewer has calibration readings to finish; the rest of them waits."""
    rows = ReviewAssignment.objects.filter(
        reviewer=reviewer, status__in=TO_DO, purpose=Purpose.CALIBRATION
    ).order_by()
    return list(rows.values_list("application__intake_id", flat=True).distinct())


def is_locked(assignment: ReviewAssignment) -> bool:
    """Whether this reading waits for calibration readings of its intake. What is submitted never does."""
    if assignment.purpose == Purpose.CALIBRATION or assignment.status not in TO_DO:
        return False
    return assignment.application.intake_id in calibrating(assignment.reviewer_id)


def ranked(rows: QuerySet[ReviewAssignment], waiting: Sequence[int], today: date) -> QuerySet[Any]:
    """What is to do, with the number of its group as `rank`; `waiting` are the intakes of calibrating()."""
    is_late = Q(due_on__lte=today + URGENT)
    kinds = [
        When(purpose=Purpose.CALIBRATION, then=Value(CALIBRATION)),
        *([When(application__intake__in=waiting, then=Value(LOCKED))] if waiting else []),
        When(status=AssignmentStatus.REOPENED, then=Value(REOPENED)),
        When(is_late, then=Value(OVERDUE)),
        When(status=AssignmentStatus.IN_PROGRESS, then=Value(STARTED)),
    ]
    return rows.filter(status__in=TO_DO).annotate(
        rank=Case(*kinds, default=Value(NEW), output_field=IntegerField()),
        due=Coalesce("due_on", Value(SOME_DAY)),
    )


def to_do_of(viewer: Viewer, today: date, cursor: str | None = None) -> ToDo:
    """One page of what a reviewer has to do, by what needs doing: three statements, none is left out."""
    rows = ranked(queue_of(viewer), calibrating(viewer.user_id or 0), today)
    counted = rows.order_by().values("rank").annotate(n=Count("id"), late=Count("id", Q(due_on__lt=today)))
    counts = {each["rank"]: each for each in counted}
    page = keyset_page(rows, cursor, order=ORDER, size=PAGE)
    groups = [
        Group(key, heading, counts[rank]["n"] if rank in counts else len(found), found)
        for rank, (key, heading) in enumerate(HEADINGS)
        if (found := [row for row in page.rows if row.rank == rank])
    ]
    return ToDo(
        groups=groups,
        page=page,
        count=sum(each["n"] for rank, each in counts.items() if rank != LOCKED),
        locked=counts[LOCKED]["n"] if LOCKED in counts else 0,
        late=sum(each["late"] for each in counts.values()),
        next=groups[0].rows[0] if groups and not page.previous and not groups[0].is_locked else None,
    )


def done_of(viewer: Viewer) -> QuerySet[ReviewAssignment]:
    """What a reviewer has submitted, with the review."""
    return queue_of(viewer).filter(status=AssignmentStatus.SUBMITTED).select_related("review")


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Where a reading stands among what is open to do; what is submitted has only a next one."""

    before: UUID | None = None
    after: UUID | None = None
    place: int = 0
    of: int = 0


def neighbours_of(assignment: ReviewAssignment, viewer: Viewer, today: date) -> Neighbours:
    """In the order of the queue, without what is locked: two statements.

    Started and not looked at yet stand among each other here: beginning one does not move it, so that
    "previous" leads back to where one came from.
    """
    rows = ranked(ReviewAssignment.objects.visible_to(viewer), calibrating(assignment.reviewer_id), today)
    alike = rows.exclude(rank=LOCKED).annotate(step=Least("rank", STARTED)).order_by("step", "due", "id")
    found = list(alike.values_list("pk", "public_id"))
    place = next((number for number, (pk, _id) in enumerate(found) if pk == assignment.pk), None)
    if place is None:
        return Neighbours(after=found[0][1] if found else None)
    return Neighbours(
        before=found[place - 1][1] if place else None,
        after=found[place + 1][1] if place + 1 < len(found) else None,
        place=place + 1,
        of=len(found),
    )


def next_calibration(assignment: ReviewAssignment) -> ReviewAssignment | None:
    """The calibration reading of the same intake that comes first."""
    rows = ReviewAssignment.objects.filter(
        reviewer=assignment.reviewer_id,
        status__in=TO_DO,
        purpose=Purpose.CALIBRATION,
        application__intake=assignment.application.intake_id,
    )
    return rows.order_by(F("due_on").asc(nulls_last=True), "id").first()


def why_reopened(assignment: ReviewAssignment) -> str:
    """The coordinator's reason, as long as the review is open again."""
    if assignment.status != AssignmentStatus.REOPENED:
        return ""
    told = history_of("assignment", assignment.pk).filter(name="ReviewReopened").last()
    return told.payload["reason"] if told else ""
