"""Taking back the last run of the matching."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from apps.core.actors import Actor
from apps.core.errors import Conflict
from apps.core.lifecycle import change_many
from apps.events.services import publish, publish_many
from apps.reviews.enums import AssignmentStatus
from apps.reviews.events import AssignmentUndone, ReviewCancelled
from apps.reviews.models import AssignmentRun, ReviewAssignment
from apps.reviews.selectors import COUNTS, last_run, untouched
from apps.reviews.services.placing import locked


@dataclass(frozen=True, slots=True)
class Undone:
    cancelled: int
    kept: int


@transaction.atomic
def undo_run(*, run: AssignmentRun, actor: Actor) -> Undone:
    """Cancel what the last run assigned and nobody has opened yet; what people began stays with them.

    The intake's row is locked, then the assignments in key order. Refused for a run that is not the
    last one or was undone before: Conflict. A later run may place the same pairs again.
    """
    intake = locked(run.intake)
    last = last_run(intake)
    if last is None or last.pk != run.pk:
        raise Conflict(_("Only the last run can be undone, and only once."))
    rows = untouched(run).order_by("pk").select_for_update()
    ending = dict(rows.values_list("pk", "application_id"))
    change_many(ReviewAssignment.objects.filter(pk__in=ending), to=AssignmentStatus.CANCELLED)
    kept = ReviewAssignment.objects.filter(run=run, status__in=COUNTS).count()
    AssignmentRun.objects.filter(pk=run.pk).update(undone_at=Now())
    publish_many(
        [ReviewCancelled(assignment_id=pk, application_id=owner) for pk, owner in ending.items()], actor=actor
    )
    publish(
        AssignmentUndone(intake_id=intake.pk, run_id=run.pk, cancelled=len(ending), kept=kept), actor=actor
    )
    return Undone(len(ending), kept)
