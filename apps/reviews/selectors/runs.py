"""Runs of the matching, and what could still be taken back."""

from django.db.models import QuerySet

from apps.programs.models import Intake
from apps.reviews.enums import AssignmentStatus
from apps.reviews.models import AssignmentRun, ReviewAssignment


def last_run(intake: Intake) -> AssignmentRun | None:
    """The newest run, unless it was undone: one cannot undo one's way back to the first."""
    newest = AssignmentRun.objects.filter(intake=intake).select_related("made_by").first()
    return newest if newest is not None and newest.undone_at is None else None


def untouched(run: AssignmentRun) -> QuerySet[ReviewAssignment]:
    """What nobody has opened: the question about ties comes before the application."""
    return ReviewAssignment.objects.filter(
        run=run, status=AssignmentStatus.ASSIGNED, no_conflict_declared_at=None
    )
