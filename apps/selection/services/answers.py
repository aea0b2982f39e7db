"""What becomes of an offer: delivered, answered, lapsed, taken back."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.core.actors import CLOCK, Actor
from apps.core.errors import Conflict, Invalid
from apps.core.lifecycle import change
from apps.events.services import publish
from apps.programs.models import Intake
from apps.selection.enums import OfferStatus, WaitlistStatus
from apps.selection.events import (
    OfferAccepted,
    OfferDeclined,
    OfferDelivered,
    OfferLapsed,
    OfferLapsing,
    OfferRescinded,
    WaitlistLeft,
)
from apps.selection.models import Offer, WaitlistEntry
from apps.selection.services.seats import free_seat

#: The reminder goes out when this much time is left.
REMIND_BEFORE = timedelta(days=2)
OPEN = (OfferStatus.MADE, OfferStatus.DELIVERED)


def lock_with_intake(offer: Offer) -> Offer:
    """Lock intake, then offer: the one order in which everything that frees seats takes its locks."""
    Intake.objects.select_for_update().get(pk=offer.intake_id)
    return Offer.objects.select_for_update(of=("self",)).select_related("intake").get(pk=offer.pk)


@transaction.atomic
def record_offer_delivery(*, offer_id: int, at: datetime, actor: Actor) -> None:
    """The notice arrived, or a person called: the answer clock starts. Later deliveries change nothing."""
    offer = Offer.objects.select_for_update(of=("self",)).select_related("intake").get(pk=offer_id)
    if offer.status != OfferStatus.MADE:
        return
    answer_by = at + timedelta(days=offer.intake.answer_days)
    change(offer, to=OfferStatus.DELIVERED, delivered_at=at, answer_by=answer_by)
    publish(OfferDelivered(offer_id=offer.pk, application_id=offer.application_id), actor=actor)


@transaction.atomic
def accept_offer(*, offer: Offer, actor: Actor) -> Offer:
    """Say yes. The seat was taken when the offer was made, so accepting never oversells.

    Called only by enrolments, which enrols in the same transaction. Raises Conflict when the
    offer was answered, lapsed or taken back before, or when its time is over but the clock has not
    swept it yet.
    """
    if offer.status == OfferStatus.DELIVERED and offer.answer_by and offer.answer_by < timezone.now():
        raise Conflict(_("The time to answer this offer is over."))
    change(offer, to=OfferStatus.ACCEPTED, answered_at=Now())
    publish(OfferAccepted(offer_id=offer.pk, application_id=offer.application_id), actor=actor)
    return offer


@transaction.atomic
def decline_offer(*, offer: Offer, reason: str, actor: Actor) -> Offer:
    """Say no; the seat goes to the first who waits, in this transaction. Twice is once."""
    offer = lock_with_intake(offer)
    if offer.status == OfferStatus.DECLINED:
        return offer
    change(offer, to=OfferStatus.DECLINED, answered_at=Now(), decline_reason=reason[:500])
    publish(OfferDeclined(offer_id=offer.pk, application_id=offer.application_id), actor=actor)
    free_seat(intake=offer.intake, actor=actor)
    return offer


@transaction.atomic
def rescind_offer(*, offer: Offer, reason: str, actor: Actor) -> Offer:
    """A coordinator takes an unanswered offer back, with a reason the applicant reads."""
    if not reason.strip():
        raise Invalid(fields={"reason": [_("Say why: the applicant reads it.")]})
    offer = lock_with_intake(offer)
    change(offer, to=OfferStatus.RESCINDED, decline_reason=reason[:500])
    publish(OfferRescinded(offer_id=offer.pk, application_id=offer.application_id), actor=actor)
    free_seat(intake=offer.intake, actor=actor)
    return offer


def lapse_offers(*, now: datetime, limit: int = 500) -> int:
    """End offers whose time is over; each in its own transaction. Runs at any time, twice too."""
    due = Offer.objects.filter(status=OfferStatus.DELIVERED, answer_by__lte=now).order_by("pk")[:limit]
    return sum(_lapse(offer, now) for offer in due)


@transaction.atomic
def _lapse(offer: Offer, now: datetime) -> bool:
    offer = lock_with_intake(offer)
    if offer.status != OfferStatus.DELIVERED or offer.answer_by is None or offer.answer_by > now:
        return False
    change(offer, to=OfferStatus.LAPSED)
    publish(OfferLapsed(offer_id=offer.pk, application_id=offer.application_id), actor=CLOCK)
    free_seat(intake=offer.intake, actor=CLOCK)
    return True


@transaction.atomic
def remind_of_offers(*, now: datetime, limit: int = 500) -> int:
    """One reminder for each offer whose answer is due soon."""
    due = (
        Offer.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(status=OfferStatus.DELIVERED, reminded_at=None, answer_by__gt=now)
        .filter(answer_by__lte=now + REMIND_BEFORE)
        .order_by("pk")[:limit]
    )
    reminded = 0
    for offer in due:
        Offer.objects.filter(pk=offer.pk).update(reminded_at=now)
        publish(OfferLapsing(offer_id=offer.pk, application_id=offer.application_id), actor=CLOCK)
        reminded += 1
    return reminded


@transaction.atomic
def leave_waitlist(*, entry: WaitlistEntry, actor: Actor) -> None:
    """Idempotent for someone who has left already."""
    entry = WaitlistEntry.objects.select_for_update().get(pk=entry.pk)
    if entry.status == WaitlistStatus.LEFT:
        return
    change(entry, to=WaitlistStatus.LEFT)
    publish(WaitlistLeft(application_id=entry.application_id, entry_id=entry.pk), actor=actor)


@transaction.atomic
def follow_withdrawal(*, application_id: int, actor: Actor) -> None:
    """An application was withdrawn: an open offer is declined, a waiting entry leaves. Idempotent."""
    offer = Offer.objects.filter(application_id=application_id, status__in=OPEN).first()
    if offer is not None:
        decline_offer(offer=offer, reason="", actor=actor)
    entry = WaitlistEntry.objects.filter(application_id=application_id, status=WaitlistStatus.WAITING).first()
    if entry is not None:
        leave_waitlist(entry=entry, actor=actor)
