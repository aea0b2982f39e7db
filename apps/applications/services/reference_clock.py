"""What the clock does about references, and what ends them when the application ends."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now

from apps.applications.enums import OPEN_TO_REFEREE, ReferenceStatus
from apps.applications.events import ReferenceCancelled, ReferenceExpired, ReferenceReminded
from apps.applications.models import Reference
from apps.applications.references import ASKING
from apps.applications.rules.references import CLOCK_REMINDS
from apps.core.actors import CLOCK, Actor
from apps.core.lifecycle import change
from apps.events.services import publish, publish_many

DUE = Reference.objects.filter(application__status__in=ASKING)


@transaction.atomic
def remind_before_due(*, now: datetime, limit: int = 500) -> int:
    """One reminder a few days before the day, unless asked or reminded within those days. Safe to
    repeat: rows are locked, those another run holds are left to it.
    """
    quiet = now - CLOCK_REMINDS
    due = DUE.filter(
        Q(reminded_at=None) | Q(reminded_at__lte=quiet),
        status__in=[ReferenceStatus.REQUESTED, ReferenceStatus.OPENED],
        clock_reminded_at=None,
        due_at__gt=now,
        due_at__lte=now + CLOCK_REMINDS,
        asked_at__lte=quiet,
    ).order_by("pk")
    rows = list(due.select_for_update(skip_locked=True, of=("self",))[:limit])
    Reference.objects.filter(pk__in=[row.pk for row in rows]).update(clock_reminded_at=now)
    publish_many(
        [ReferenceReminded(application_id=row.application_id, reference_id=row.pk, number=0) for row in rows],
        actor=CLOCK,
    )
    return len(rows)


@transaction.atomic
def expire_references(*, now: datetime, limit: int = 500) -> int:
    """End what was not answered by its day. Safe to repeat."""
    due = Reference.objects.filter(status__in=OPEN_TO_REFEREE, due_at__lt=now).order_by("pk")
    rows = list(due.select_for_update(skip_locked=True)[:limit])
    for row in rows:
        change(row, to=ReferenceStatus.EXPIRED, ended_at=Now())
        publish(ReferenceExpired(application_id=row.application_id, reference_id=row.pk), actor=CLOCK)
    return len(rows)


@transaction.atomic
def end_references(*, application_id: int, actor: Actor) -> int:
    """The application is over: nobody writes in vain. Twice is once."""
    standing = (*OPEN_TO_REFEREE, ReferenceStatus.DRAFTED)
    rows = Reference.objects.filter(application=application_id, status__in=standing).order_by("pk")
    ending = list(rows.select_for_update())
    for row in ending:
        change(row, to=ReferenceStatus.CANCELLED, ended_at=Now(), answers={})
        publish(ReferenceCancelled(application_id=application_id, reference_id=row.pk), actor=actor)
    return len(ending)
