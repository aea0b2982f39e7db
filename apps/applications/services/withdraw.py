"""Taking an application back, and drafts that were never sent."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import DurationField, ExpressionWrapper, F, Value
from django.db.models.functions import Now

from apps.applications.enums import ApplicationStatus
from apps.applications.events import ApplicationExpired, ApplicationWithdrawn
from apps.applications.models import Application
from apps.core.actors import CLOCK, Actor
from apps.core.lifecycle import change
from apps.events.services import publish

MINUTE = Value(timedelta(minutes=1), output_field=DurationField())


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
    """End drafts whose deadline and grace are over; return how many. Runs at any time, twice too."""
    due = (
        Application.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(status=ApplicationStatus.DRAFT, intake__closes_at__lt=now)
        .annotate(
            last=F("intake__closes_at")
            + ExpressionWrapper(MINUTE * F("intake__grace_minutes"), DurationField())
        )
        .filter(last__lt=now)
        .order_by("pk")[:limit]
    )
    ended = 0
    for application in due:
        change(application, to=ApplicationStatus.EXPIRED)
        publish(ApplicationExpired(application_id=application.pk), actor=CLOCK)
        ended += 1
    return ended
