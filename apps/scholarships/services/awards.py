"""The life of an award. Every service here locks the award first, then its payments."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from apps.core.actors import Actor
from apps.core.errors import Invalid
from apps.core.lifecycle import change
from apps.enrolments.models import Enrolment
from apps.enrolments.selectors import today_at
from apps.events.services import publish
from apps.scholarships.enums import SETTLED, STILL_OPEN, AwardStatus, DisbursementStatus
from apps.scholarships.events import AwardAgreed, AwardDrafted, AwardMoved
from apps.scholarships.models import Award, Disbursement, LedgerEntry, ScholarshipTerms
from apps.scholarships.rules import plan_lines
from apps.scholarships.services.due import fall_due
from apps.scholarships.services.ledger import record


@transaction.atomic
def draft_award(*, enrolment: Enrolment, first_on: date, actor: Actor) -> Award | None:
    """Draft the award of a new scholar with its payment plan; a second call returns the first award.

    None while the program has no terms: accepting an offer must not wait for staff. Setting the
    terms drafts the awards that are missing.
    """
    if award := Award.objects.filter(enrolment=enrolment).first():
        return award
    terms = ScholarshipTerms.objects.filter(program=enrolment.intake.program_id).first()
    if terms is None:
        return None
    award = Award.objects.create(enrolment=enrolment, amount=terms.amount, currency=terms.currency)
    lines = plan_lines(
        amount=terms.amount,
        currency=terms.currency,
        instalments=terms.instalments,
        months_between=terms.months_between,
        first_on=first_on,
    )
    payments = Disbursement.objects.bulk_create(
        [
            Disbursement(award=award, number=line.number, amount=line.amount, due_on=line.due_on)
            for line in lines
        ]
    )
    record(payments, step=DisbursementStatus.PLANNED, actor=actor)
    publish(AwardDrafted(award_id=award.pk, enrolment_id=enrolment.pk), actor=actor)
    return award


@transaction.atomic
def agree_award(*, award: Award, actor: Actor) -> Award:
    """The scholar agrees to the award. Agreeing twice is the same as once."""
    award = _locked(award)
    if award.status in (AwardStatus.AGREED, AwardStatus.ACTIVE):
        return award
    change(award, to=AwardStatus.AGREED, agreed_at=Now())
    publish(AwardAgreed(award_id=award.pk, enrolment_id=award.enrolment_id), actor=actor)
    return award


@transaction.atomic
def activate_award(*, award: Award, actor: Actor, reason: str = "") -> Award:
    """Begin or resume paying. Payments whose day has come are due at once."""
    award = _locked(award)
    if award.status == AwardStatus.SUSPENDED and not reason:
        raise Invalid(fields={"reason": [_("Say why payments resume.")]})
    award = _move(award, to=AwardStatus.ACTIVE, reason=reason, actor=actor)
    fall_due(on=today_at(award.enrolment.intake), actor=actor, award=award)
    return award


@transaction.atomic
def suspend_award(*, award: Award, reason: str, actor: Actor) -> Award:
    """Stop paying for a while. Payments already sent are not touched."""
    if not reason:
        raise Invalid(fields={"reason": [_("Say why payments stop.")]})
    return _move(_locked(award), to=AwardStatus.SUSPENDED, reason=reason, actor=actor)


@transaction.atomic
def terminate_award(*, award: Award, reason: str, actor: Actor) -> Award:
    """End an award early and cancel every payment that has not left."""
    if not reason:
        raise Invalid(fields={"reason": [_("Say why the award ends.")]})
    award = _move(_locked(award), to=AwardStatus.TERMINATED, reason=reason, actor=actor, ended_at=Now())
    for payment in (
        award.disbursements.filter(status__in=STILL_OPEN).order_by("pk").select_for_update(no_key=True)
    ):
        change(payment, to=DisbursementStatus.CANCELLED)
        record([payment], step=DisbursementStatus.CANCELLED, actor=actor, note=reason)
    return award


@transaction.atomic
def restore_award(*, award: Award, reason: str, actor: Actor) -> Award:
    """Undo an early end, as a correction: the payments it cancelled are planned again.

    The award goes back to drafted when it was never agreed, otherwise to agreed, so that a
    coordinator decides once more when paying begins. Payments cancelled one by one before the early
    end stay cancelled: the ledger knows which came first.
    """
    award = _locked(award)
    with_the_end = LedgerEntry.objects.filter(
        disbursement__award=award, step=DisbursementStatus.CANCELLED, at__gte=award.ended_at
    ).values("disbursement")
    cancelled = award.disbursements.filter(pk__in=with_the_end, status=DisbursementStatus.CANCELLED)
    back_to = AwardStatus.AGREED if award.agreed_at else AwardStatus.DRAFTED
    payments = list(cancelled.order_by("pk").select_for_update(no_key=True))
    award = _move(award, to=back_to, reason=reason, actor=actor, ended_at=None)
    for payment in payments:
        change(payment, to=DisbursementStatus.PLANNED, approved_by=None, approved_at=None)
        record([payment], step=DisbursementStatus.PLANNED, actor=actor, note=reason)
    return award


def complete_award_if_settled(*, award: Award, actor: Actor) -> None:
    """Close an active award once nothing is left to pay. Needs the award locked by the caller."""
    unsettled = award.disbursements.exclude(status__in=SETTLED)
    paid = award.disbursements.filter(status=DisbursementStatus.CONFIRMED)
    if award.status == AwardStatus.ACTIVE and paid.exists() and not unsettled.exists():
        _move(award, to=AwardStatus.COMPLETED, reason="", actor=actor, ended_at=Now())


def _locked(award: Award) -> Award:
    return Award.objects.select_for_update(no_key=True).get(pk=award.pk)


def _move(award: Award, *, to: AwardStatus, reason: str, actor: Actor, **values: Any) -> Award:
    before = award.status
    change(award, to=to, **values)
    publish(AwardMoved(award_id=award.pk, before=before, after=to, reason=reason), actor=actor)
    return award
