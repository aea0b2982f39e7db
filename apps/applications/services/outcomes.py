"""What reviewing and selection tell an application. They call these; nobody else moves its status."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from apps.applications.enums import ApplicationStatus
from apps.applications.events import ApplicationDecided, ReviewingStarted
from apps.applications.models import Application
from apps.core.actors import Actor
from apps.core.errors import Conflict
from apps.core.lifecycle import change_many
from apps.events.services import publish_many


@transaction.atomic
def begin_review(*, application_ids: Sequence[int], actor: Actor) -> int:
    """Eligible applications enter review; others are left alone. Locks rows in key order."""
    rows = Application.objects.filter(pk__in=application_ids, status=ApplicationStatus.ELIGIBLE)
    moving = list(rows.order_by("pk").select_for_update().values_list("pk", flat=True))
    change_many(Application.objects.filter(pk__in=moving), to=ApplicationStatus.IN_REVIEW)
    publish_many([ReviewingStarted(application_id=pk) for pk in moving], actor=actor)
    return len(moving)


@transaction.atomic
def record_outcomes(*, outcomes: Mapping[int, str], actor: Actor) -> None:
    """Make the decided outcome of each application final and visible, all or none.

    A correction of a decided application replaces its outcome. Raises Conflict when one of them was
    withdrawn or moved meanwhile; the caller's batch then stays as it was.
    """
    rows = Application.objects.filter(pk__in=outcomes).order_by("pk").select_for_update()
    statuses = dict(rows.values_list("pk", "status"))
    ready = {ApplicationStatus.ELIGIBLE, ApplicationStatus.IN_REVIEW, ApplicationStatus.DECIDED}
    if set(statuses) != set(outcomes) or not set(statuses.values()) <= ready:
        raise Conflict(_("An application of this batch was withdrawn or changed. Look at the list again."))
    for outcome in sorted(set(outcomes.values())):
        group = [pk for pk, each in outcomes.items() if each == outcome]
        again = Application.objects.filter(pk__in=group, status=ApplicationStatus.DECIDED)
        again.update(outcome=outcome, decided_at=Now())
        change_many(
            Application.objects.filter(pk__in=group),
            to=ApplicationStatus.DECIDED,
            outcome=outcome,
            decided_at=Now(),
        )
    events = [ApplicationDecided(application_id=pk, outcome=each) for pk, each in outcomes.items()]
    publish_many(events, actor=actor)
