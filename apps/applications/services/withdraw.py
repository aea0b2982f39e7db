"""Taking an application back, and drafts that were never sent."""

from datetime import datetime

from django.db import transaction
from django.db.models.functions import Now

from apps.applications.deadlines import deadlines_of, in_chunks, locked
from apps.applications.enums import ApplicationStatus
from apps.applications.events import ApplicationExpired, ApplicationWithdrawn
from apps.applications.models import Application
from apps.core.actors import CLOCK, Actor
from apps.core.lifecycle import change
from apps.events.services import publish


@transaction.atomic
def withdraw_application(*, application: Application, reason: str, actor: Actor) -> Application:
    """The applicant takes it back. Twice is once. What follows (offers, places) hears the event."""
    if application.status == ApplicationStatus.WITHDRAWN:
        return application
    before = application.status
    change(application, to=ApplicationStatus.WITHDRAWN, withdrawn_at=Now(), withdrawal_reason=reason[:500])
    publish(ApplicationWithdrawn(application_id=application.pk, before=before), actor=actor)
    return application


@transaction.atomic
def expire_drafts(*, now: datetime, limit: int = 500) -> int:
    """End drafts whose last moment is over; return how many. Runs at any time, twice too.

    Looked at again under the lock, by the rule that sending asks; those another transaction holds
    (somebody is sending) are left to it.
    """
    drafts = Application.objects.filter(status=ApplicationStatus.DRAFT, intake__closes_at__lt=now)
    late: list[int] = []
    for rows in in_chunks(drafts):
        late += [row.pk for row in _over(rows, now)]
        if len(late) >= limit:
            break
    ended = 0
    for application in _over(locked(late[:limit], skip=True), now):
        change(application, to=ApplicationStatus.EXPIRED)
        publish(ApplicationExpired(application_id=application.pk), actor=CLOCK)
        ended += 1
    return ended


def _over(rows: list[Application], now: datetime) -> list[Application]:
    drafts = [row for row in rows if row.status == ApplicationStatus.DRAFT]
    dues = deadlines_of(drafts)
    return [row for row in drafts if row.pk in dues and not dues[row.pk].allows(now)]
