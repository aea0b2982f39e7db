"""How taking part ends, and how an end is corrected.

Lock order everywhere in this module: the enrolment, then what the kind keeps, then the intake's seat.
"""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.core.actors import Actor
from apps.core.errors import DomainError, Invalid
from apps.core.lifecycle import change
from apps.enrolments.enums import GIVES_THE_SEAT_BACK, NEEDS_A_REASON, TAKES_PART, EnrolmentStatus
from apps.enrolments.events import EnrolmentEnded, EnrolmentReopened
from apps.enrolments.extension import EnrolmentPolicy, enrolment_policies
from apps.enrolments.models import Enrolment
from apps.enrolments.selectors import today_at
from apps.enrolments.services.locking import locked, refuse_imported
from apps.events.services import publish
from apps.programs.models import Intake
from apps.selection.selectors import lanes_of_seat
from apps.selection.services import free_seat, take_seat


@transaction.atomic
def complete_enrolment(*, enrolment: Enrolment, actor: Actor, on: date | None = None) -> Enrolment:
    """Complete, when the kind's rule says that every obligation is met. Completing twice is once.

    Raises Invalid with what is missing otherwise: nobody completes by decree.
    """
    refuse_imported(enrolment)
    enrolment = locked(enrolment)
    if enrolment.status == EnrolmentStatus.COMPLETED:
        return enrolment
    on = on or today_at(enrolment.intake)
    policy = _policy(enrolment)
    if not policy.is_complete(enrolment=enrolment, on=on):
        missing = [str(each) for each in policy.missing(enrolment=enrolment, on=on)]
        raise Invalid(" ".join([str(_("This person cannot complete yet.")), *missing]))
    return _end(enrolment, to=EnrolmentStatus.COMPLETED, on=on, reason="", actor=actor)


@transaction.atomic
def end_enrolment(*, enrolment: Enrolment, status: str, reason: str, actor: Actor) -> Enrolment:
    """End as partly completed, not completed, withdrawn or no-show. The last two free the seat.

    An imported record can also be corrected to completed: what it asked for was met elsewhere, so
    the coordinator's reason stands in for the rule of the kind.
    """
    enrolment = locked(enrolment)
    if status == EnrolmentStatus.COMPLETED and not enrolment.source:
        return complete_enrolment(enrolment=enrolment, actor=actor)
    if status not in may_end_as(enrolment):
        raise Invalid(fields={"status": [_("Choose how taking part ended.")]})
    if not reason:
        raise Invalid(fields={"reason": [_("Say in a few words why.")]})
    return _end(
        enrolment, to=EnrolmentStatus(status), on=today_at(enrolment.intake), reason=reason, actor=actor
    )


@transaction.atomic
def withdraw_enrolment(*, enrolment: Enrolment, reason: str = "", actor: Actor) -> Enrolment:
    """The participant leaves. Their seat goes to the first on the waitlist in this transaction.

    Leaving twice is the same as once. A participant owes nobody a reason.
    """
    refuse_imported(enrolment)
    enrolment = locked(enrolment)
    if enrolment.status == EnrolmentStatus.WITHDRAWN:
        return enrolment
    return _end(
        enrolment, to=EnrolmentStatus.WITHDRAWN, on=today_at(enrolment.intake), reason=reason, actor=actor
    )


@transaction.atomic
def reopen_enrolment(*, enrolment: Enrolment, reason: str, actor: Actor) -> Enrolment:
    """Correct an end. Raises Full when the seat that was given back has been taken since."""
    enrolment = locked(enrolment)
    if not reason:
        raise Invalid(fields={"reason": [_("Say why the end is undone.")]})
    before = enrolment.status
    change(enrolment, to=EnrolmentStatus.ACTIVE, ended_on=None, reason=reason)
    _policy(enrolment).on_reopened(enrolment=enrolment, reason=reason, actor=actor)
    if before in GIVES_THE_SEAT_BACK and not enrolment.source:
        take_seat(intake=enrolment.intake)
    publish(EnrolmentReopened(enrolment_id=enrolment.pk, before=before, reason=reason), actor=actor)
    return enrolment


def may_end_as(enrolment: Enrolment) -> tuple[EnrolmentStatus, ...]:
    """The ends a coordinator may write down for this enrolment."""
    return (*NEEDS_A_REASON, EnrolmentStatus.COMPLETED) if enrolment.source else NEEDS_A_REASON


def _end(enrolment: Enrolment, *, to: EnrolmentStatus, on: date, reason: str, actor: Actor) -> Enrolment:
    change(enrolment, to=to, ended_on=on, reason=reason)
    _policy(enrolment).on_ended(enrolment=enrolment, actor=actor)
    publish(EnrolmentEnded(enrolment_id=enrolment.pk, status=to), actor=actor)
    if to in GIVES_THE_SEAT_BACK and not enrolment.source:
        free_seat(intake=enrolment.intake, lanes=lanes_of_seat(enrolment.application_id), actor=actor)
    return enrolment


def _policy(enrolment: Enrolment) -> EnrolmentPolicy:
    return enrolment_policies[enrolment.intake.program.kind]


def complete_all_ready(*, intake: Intake, actor: Actor) -> int:
    """Complete everybody of an intake whose obligations are met; return how many.

    Each person is their own transaction: one who withdraws at this moment does not hold up the rest.
    """
    policy, on = enrolment_policies[intake.program.kind], today_at(intake)
    taking_part = Enrolment.objects.filter(intake=intake, source="", status__in=TAKES_PART)
    completed = 0
    for enrolment in taking_part.select_related("intake__program").order_by("pk"):
        if policy.is_complete(enrolment=enrolment, on=on):
            try:
                complete_enrolment(enrolment=enrolment, actor=actor, on=on)
            except DomainError:
                continue
            completed += 1
    return completed
