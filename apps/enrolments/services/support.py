"""What participants need becomes dated tasks of those who arrange it."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.core.actors import Actor
from apps.core.errors import Conflict, Invalid
from apps.core.lifecycle import change, change_many
from apps.core.sealing import seal, unseal
from apps.enrolments.enums import SUPPORT_ENDS, TAKES_PART, SupportStatus
from apps.enrolments.events import SupportPlanned, SupportTaskEnded
from apps.enrolments.models import Enrolment, SupportTask
from apps.enrolments.selectors import today_at
from apps.events.services import publish
from apps.people.selectors import needs_of
from apps.programs.models import Intake

#: Arranged a week before the first day; without a date, or when that has passed, within two weeks.
BEFORE_THE_START = timedelta(days=7)
WITHOUT_A_START = timedelta(days=14)
SEAL = "support-reason"


def due_day(intake: Intake, today: date) -> date:
    if intake.starts_on is None or intake.starts_on <= today:
        return today + WITHOUT_A_START
    return max(today, intake.starts_on - BEFORE_THE_START)


@transaction.atomic
def plan_support(*, enrolment: Enrolment, actor: Actor) -> int:
    """A task for each need that has none; return how many are new or open again. Idempotent.

    The enrolment's row is locked: two rivals plan one after the other. Imported people have no tasks.
    """
    enrolment = (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("intake", "person")
        .get(pk=enrolment.pk)
    )
    if enrolment.source or enrolment.status not in TAKES_PART:
        return 0
    due = due_day(enrolment.intake, today_at(enrolment.intake))
    cancelled = enrolment.support_tasks.filter(status=SupportStatus.CANCELLED)
    number = change_many(cancelled, to=SupportStatus.OPEN, due_on=due, ended_at=None, ended_by=None)
    have = set(enrolment.support_tasks.values_list("need_id", flat=True))
    new = [need for need in needs_of(enrolment.person) if need.pk not in have]
    SupportTask.objects.bulk_create([SupportTask(enrolment=enrolment, need=need, due_on=due) for need in new])
    number += len(new)
    if number:
        publish(SupportPlanned(enrolment_id=enrolment.pk, number=number), actor=actor)
    return number


@transaction.atomic
def cancel_support(*, enrolment: Enrolment, actor: Actor) -> int:
    """Whoever no longer takes part needs nothing arranged. What was ended stays. Idempotent."""
    return change_many(enrolment.support_tasks.open(), to=SupportStatus.CANCELLED, ended_at=Now())


@transaction.atomic
def end_support(*, task: SupportTask, status: str, reason: str, actor: Actor) -> SupportTask:
    """Arranged, partly, or not possible, with a reason that its person reads; it can be corrected.

    The status the caller saw is the one expected: of two at once the second is told.
    """
    if status not in SUPPORT_ENDS:
        raise Invalid(fields={"status": [_("Choose how it went.")]})
    if status != SupportStatus.MET and not reason.strip():
        raise Invalid(fields={"reason": [_("Say in a few words why.")]})
    if task.status == status:
        raise Conflict
    sealed, key_id = b"", ""
    if reason.strip():
        person_id = task.enrolment.person_id
        sealed, key_id = seal({"reason": reason.strip()[:500]}, person_id=person_id, purpose=SEAL)
    change(
        task,
        to=status,
        sealed_reason=sealed,
        key_id=key_id,
        ended_at=timezone.now(),
        ended_by_id=actor.user_id,
    )
    publish(SupportTaskEnded(enrolment_id=task.enrolment_id, task_id=task.pk, status=status), actor=actor)
    return task


def reasons_of(tasks: Iterable[SupportTask]) -> dict[int, str]:
    """The reasons in the clear, by task; whoever calls this has recorded the reading of the needs."""
    found = {}
    for task in tasks:
        if task.key_id:
            opened = unseal(
                bytes(task.sealed_reason), task.key_id, person_id=task.enrolment.person_id, purpose=SEAL
            )
            found[task.pk] = str(opened["reason"])
    return found
