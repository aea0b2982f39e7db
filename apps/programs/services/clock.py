"""What the clock does: intakes open and close by themselves."""

from datetime import datetime

from django.db import transaction

from apps.core.actors import CLOCK
from apps.core.lifecycle import change
from apps.events.services import publish
from apps.programs.enums import IntakeStatus
from apps.programs.events import IntakeMoved
from apps.programs.models import Intake


@transaction.atomic
def follow_the_clock(*, now: datetime) -> int:
    """Open what is due and close what is over; return how many moved. Safe to run at any time, twice.

    Rows are locked in key order; those another run holds are left to it.
    """
    moved = 0
    steps = (
        (IntakeStatus.OPEN, {"status": IntakeStatus.PUBLISHED, "opens_at__lte": now, "closes_at__gt": now}),
        (IntakeStatus.CLOSED, {"status": IntakeStatus.OPEN, "closes_at__lte": now}),
    )
    for after, due in steps:
        for intake in Intake.objects.select_for_update(skip_locked=True).filter(**due).order_by("pk"):
            before = intake.status
            change(intake, to=after)
            publish(IntakeMoved(intake_id=intake.pk, before=before, after=after), actor=CLOCK)
            moved += 1
    return moved
