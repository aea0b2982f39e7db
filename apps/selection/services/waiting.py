"""Who waits, who is passed over for now, and when the waiting ends."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.core.actors import CLOCK, Actor
from apps.core.errors import Invalid
from apps.core.lifecycle import change, change_many
from apps.events.services import publish, publish_many
from apps.programs.models import Intake
from apps.selection.enums import ON_THE_LIST, WaitlistStatus
from apps.selection.events import WaitlistClosed, WaitlistLeft, WaitlistPutBack, WaitlistSkipped
from apps.selection.models import WaitlistEntry
from apps.selection.selectors import still_listed


@transaction.atomic
def leave_waitlist(*, entry: WaitlistEntry, actor: Actor) -> None:
    """Idempotent for someone who has left already."""
    entry = WaitlistEntry.objects.select_for_update().get(pk=entry.pk)
    if entry.status == WaitlistStatus.LEFT:
        return
    change(entry, to=WaitlistStatus.LEFT)
    publish(WaitlistLeft(application_id=entry.application_id, entry_id=entry.pk), actor=actor)


@transaction.atomic
def skip_entry(*, entry: WaitlistEntry, reason: str, actor: Actor) -> WaitlistEntry:
    """Pass over somebody for now, with a reason they read; their position stays theirs. Twice is once."""
    if not reason.strip():
        raise Invalid(fields={"reason": [_("Say why: the applicant reads it.")]})
    entry = _locked(entry)
    if entry.status == WaitlistStatus.SKIPPED:
        return entry
    change(entry, to=WaitlistStatus.SKIPPED, reason=reason.strip()[:500])
    publish(
        WaitlistSkipped(application_id=entry.application_id, entry_id=entry.pk, reason=entry.reason),
        actor=actor,
    )
    return entry


@transaction.atomic
def put_back_entry(*, entry: WaitlistEntry, actor: Actor) -> WaitlistEntry:
    """Let somebody wait again who was passed over, at the position they had. Twice is once."""
    entry = _locked(entry)
    if entry.status == WaitlistStatus.WAITING:
        return entry
    change(entry, to=WaitlistStatus.WAITING, reason="")
    publish(WaitlistPutBack(application_id=entry.application_id, entry_id=entry.pk), actor=actor)
    return entry


@transaction.atomic
def close_waitlist(*, intake: Intake, actor: Actor) -> int:
    """Nobody waits any more; return how many are told so. Twice is once.

    The intake is locked, so a seat that becomes free at this moment is given before or not at all.
    """
    Intake.objects.select_for_update().get(pk=intake.pk)
    rows = list(still_listed(intake).order_by("pk").select_for_update())
    change_many(WaitlistEntry.objects.filter(pk__in=[row.pk for row in rows]), to=WaitlistStatus.CLOSED)
    events = [WaitlistClosed(application_id=row.application_id, entry_id=row.pk) for row in rows]
    publish_many(events, actor=actor)
    return len(rows)


def close_ended_waitlists(*, today: date | None = None) -> int:
    """Close the lists of intakes whose last day has passed; each in its own transaction."""
    waiting = WaitlistEntry.objects.filter(status__in=ON_THE_LIST).values("intake")
    over = Intake.objects.filter(pk__in=waiting, ends_on__lt=today or timezone.localdate())
    return sum(close_waitlist(intake=intake, actor=CLOCK) for intake in over.order_by("pk"))


def _locked(entry: WaitlistEntry) -> WaitlistEntry:
    """Intake, then entry: a promotion is wholly before or after."""
    Intake.objects.select_for_update().get(pk=entry.intake_id)
    return WaitlistEntry.objects.select_for_update().get(pk=entry.pk)
