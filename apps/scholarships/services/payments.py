"""One payment's way: planned, due, approved, sent, received. Two people, one ledger.

Every service locks the award, then the payment, so that an award that is being suspended or ended
and a payment that is being approved or sent never pass each other.
"""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from apps.core.actors import Actor
from apps.core.errors import Conflict, Invalid, NotAllowed
from apps.core.lifecycle import change
from apps.enrolments.selectors import today_at
from apps.events.services import publish
from apps.scholarships.enums import AwardStatus, DisbursementStatus
from apps.scholarships.events import (
    DisbursementApproved,
    DisbursementCancelled,
    DisbursementConfirmed,
    DisbursementDue,
    DisbursementRescheduled,
    DisbursementReturned,
    DisbursementSent,
)
from apps.scholarships.models import Award, Disbursement
from apps.scholarships.services.awards import complete_award_if_settled
from apps.scholarships.services.due import fall_due
from apps.scholarships.services.ledger import record


@transaction.atomic
def approve_payment(*, payment: Disbursement, actor: Actor) -> Disbursement:
    """The first of two people: yes, this is to be paid. Raises Conflict once somebody approved it."""
    award, payment = _locked(payment)
    _require_active(award)
    _require_status(payment, DisbursementStatus.DUE)
    _move(
        payment,
        to=DisbursementStatus.APPROVED,
        actor=actor,
        approved_by_id=_person(actor),
        approved_at=Now(),
    )
    publish(DisbursementApproved(disbursement_id=payment.pk, award_id=award.pk), actor=actor)
    return payment


@transaction.atomic
def send_payment(*, payment: Disbursement, payment_reference: str, actor: Actor) -> Disbursement:
    """The second of two people: the bank has it. Raises NotAllowed for the person who approved.

    `payment_reference` is the bank's own number of the transfer.
    """
    award, payment = _locked(payment)
    _require_active(award)
    _require_status(payment, DisbursementStatus.APPROVED)
    if payment.approved_by_id == _person(actor):
        raise NotAllowed(_("You approved this payment. Ask another coordinator to send it."))
    if not payment_reference:
        raise Invalid(fields={"payment_reference": [_("Enter the bank's number of the transfer.")]})
    _move(
        payment,
        to=DisbursementStatus.SENT,
        actor=actor,
        note=payment_reference,
        sent_by_id=actor.user_id,
        sent_at=Now(),
        payment_reference=payment_reference,
    )
    publish(DisbursementSent(disbursement_id=payment.pk, award_id=award.pk), actor=actor)
    return payment


@transaction.atomic
def confirm_payment(*, payment: Disbursement, actor: Actor) -> Disbursement:
    """The money arrived. Confirming twice is the same as once. The last one completes the award."""
    award, payment = _locked(payment)
    if payment.status == DisbursementStatus.CONFIRMED:
        return payment
    _require_status(payment, DisbursementStatus.SENT)
    _move(payment, to=DisbursementStatus.CONFIRMED, actor=actor)
    publish(DisbursementConfirmed(disbursement_id=payment.pk, award_id=award.pk), actor=actor)
    complete_award_if_settled(award=award, actor=actor)
    return payment


@transaction.atomic
def return_payment(*, payment: Disbursement, reason: str, actor: Actor) -> Disbursement:
    """The bank sent the money back."""
    award, payment = _locked(payment)
    _require_reason(reason, _("Say why the bank returned it."))
    _require_status(payment, DisbursementStatus.SENT)
    _move(payment, to=DisbursementStatus.RETURNED, actor=actor, note=reason)
    publish(DisbursementReturned(disbursement_id=payment.pk, award_id=award.pk, reason=reason), actor=actor)
    return payment


@transaction.atomic
def reissue_payment(*, payment: Disbursement, actor: Actor) -> Disbursement:
    """Make a returned payment due again: approved and sent anew, again by two people."""
    award, payment = _locked(payment)
    _require_active(award)
    _require_status(payment, DisbursementStatus.RETURNED)
    _move(
        payment,
        to=DisbursementStatus.DUE,
        actor=actor,
        approved_by=None,
        approved_at=None,
        sent_by=None,
        sent_at=None,
        payment_reference="",
    )
    publish(DisbursementDue(disbursement_id=payment.pk, award_id=award.pk), actor=actor)
    return payment


@transaction.atomic
def reschedule_payment(*, payment: Disbursement, due_on: date, reason: str, actor: Actor) -> Disbursement:
    """Move the day of a planned payment, for example forward in an emergency; other days stay.

    A day that has come makes the payment of an active award due at once.
    """
    award, payment = _locked(payment)
    _require_reason(reason, _("Say why the day moves."))
    _require_status(payment, DisbursementStatus.PLANNED)
    payment.due_on = due_on
    payment.save(update_fields=["due_on", "updated_at"])
    note = f"{due_on:%Y-%m-%d}: {reason}"[:500]
    record([payment], step=DisbursementStatus.PLANNED, actor=actor, note=note)
    publish(
        DisbursementRescheduled(
            disbursement_id=payment.pk, award_id=award.pk, due_on=due_on.isoformat(), reason=reason
        ),
        actor=actor,
    )
    fall_due(on=today_at(award.enrolment.intake), actor=actor, award=award)
    payment.refresh_from_db()
    return payment


@transaction.atomic
def cancel_payment(*, payment: Disbursement, reason: str, actor: Actor) -> Disbursement:
    """Do not pay this one. A payment that has left cannot be cancelled."""
    award, payment = _locked(payment)
    _require_reason(reason, _("Say why it is not paid."))
    _move(payment, to=DisbursementStatus.CANCELLED, actor=actor, note=reason)
    publish(DisbursementCancelled(disbursement_id=payment.pk, award_id=award.pk, reason=reason), actor=actor)
    complete_award_if_settled(award=award, actor=actor)
    return payment


def _locked(payment: Disbursement) -> tuple[Award, Disbursement]:
    award = Award.objects.select_for_update(no_key=True).get(pk=payment.award_id)
    return award, Disbursement.objects.select_for_update(no_key=True).get(pk=payment.pk)


def _move(
    payment: Disbursement, *, to: DisbursementStatus, actor: Actor, note: str = "", **values: Any
) -> None:
    change(payment, to=to, **values)
    record([payment], step=to, actor=actor, note=note)


def _person(actor: Actor) -> int:
    if actor.user_id is None:
        raise NotAllowed(_("A payment is approved and sent by people."))
    return actor.user_id


def _require_active(award: Award) -> None:
    if award.status != AwardStatus.ACTIVE:
        raise Conflict(_("This award is not active, so nothing can be paid from it."))


def _require_reason(reason: str, message: Any) -> None:
    if not reason:
        raise Invalid(fields={"reason": [message]})


def _require_status(payment: Disbursement, status: DisbursementStatus) -> None:
    if payment.status != status:
        raise Conflict(
            _("This payment is now “%(status)s”. Look at it again, then decide.")
            % {"status": payment.get_status_display()}
        )
