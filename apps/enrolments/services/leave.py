"""Leave: a pause that keeps the seat."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.core.actors import Actor
from apps.core.errors import Invalid
from apps.core.lifecycle import change
from apps.enrolments.enums import EnrolmentStatus
from apps.enrolments.events import LeaveEnded, LeaveStarted
from apps.enrolments.models import Enrolment
from apps.enrolments.services.locking import locked, refuse_imported
from apps.events.services import publish


@transaction.atomic
def start_leave(*, enrolment: Enrolment, reason: str, actor: Actor) -> Enrolment:
    """Pause taking part. The seat stays theirs."""
    if not reason:
        raise Invalid(fields={"reason": [_("Say in a few words why.")]})
    refuse_imported(enrolment)
    enrolment = locked(enrolment)
    change(enrolment, to=EnrolmentStatus.ON_LEAVE, reason=reason)
    publish(LeaveStarted(enrolment_id=enrolment.pk), actor=actor)
    return enrolment


@transaction.atomic
def end_leave(*, enrolment: Enrolment, actor: Actor) -> Enrolment:
    """Come back. Only someone on leave can: an ended enrolment is reopened instead."""
    refuse_imported(enrolment)
    enrolment = locked(enrolment)
    if enrolment.status != EnrolmentStatus.ON_LEAVE:
        raise Invalid(_("This person is not on leave."))
    change(enrolment, to=EnrolmentStatus.ACTIVE, reason="")
    publish(LeaveEnded(enrolment_id=enrolment.pk), actor=actor)
    return enrolment
