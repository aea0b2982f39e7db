"""A reviewer's desk."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.accounts.roles import Viewer
from apps.events.selectors import history_of
from apps.reviews.enums import AssignmentStatus
from apps.reviews.models import ReviewAssignment
from apps.reviews.selectors.statuses import TO_DO


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
