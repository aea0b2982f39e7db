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
from apps.selection.enums import HOLDS_A_SEAT, ON_THE_LIST, UNANSWERED, OfferStatus
from apps.selection.events import (
    OfferAccepted,
    OfferDeclined,
    OfferDelivered,
    OfferLapsed,
    OfferLapsing,
    OfferRescinded,
)
from apps.selection.models import Offer, WaitlistEntry
from apps.selection.selectors import has_open_conditions, waits_for_conditions
from apps.selection.services.locking import lock_with_intake
from apps.selection.services.seats import free_seat
from apps.selection.services.waiting import leave_waitlist

#: The reminder goes out when this much time is left.
REMIND_BEFORE = timedelta(days=2)


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
    """Say no; the seat goes to the next who waits, in this transaction. Twice is once.

    An accepted offer can be declined too while a condition is open, because taking part has not begun.
    """
    offer = lock_with_intake(offer)
    if offer.status == OfferStatus.DECLINED:
        return offer
    _must_not_take_part(offer)
    return _end_and_free(offer, reason, actor)


@transaction.atomic
def give_back_offer(*, offer: Offer, actor: Actor) -> Offer:
    """End an accepted offer that cannot become an enrolment any more.

    Called only by enrolments, which holds intake and offer and knows that nobody was enrolled.
    """
    return _end_and_free(offer, "", actor)


def _end_and_free(offer: Offer, reason: str, actor: Actor) -> Offer:
    change(offer, to=OfferStatus.DECLINED, answered_at=Now(), decline_reason=reason[:500])
    publish(OfferDeclined(offer_id=offer.pk, application_id=offer.application_id), actor=actor)
    free_seat(intake=offer.intake, lanes=offer.lanes, actor=actor)
    return offer


def _must_not_take_part(offer: Offer) -> None:
    """Without an open condition an accepted offer is an enrolment, or becomes one at this moment."""
    if offer.status == OfferStatus.ACCEPTED and not has_open_conditions(offer):
        raise Conflict(_("You accepted this place. To give it back, leave the program on its page."))


@transaction.atomic
def rescind_offer(*, offer: Offer, reason: str, actor: Actor) -> Offer:
    """A coordinator takes back an offer that is no enrolment yet, with a reason the applicant reads."""
    if not reason.strip():
        raise Invalid(fields={"reason": [_("Say why: the applicant reads it.")]})
    offer = lock_with_intake(offer)
    if offer.status == OfferStatus.ACCEPTED and not has_open_conditions(offer):
        raise Conflict(_("An offer was accepted. End the enrolment instead of the decision."))
    change(offer, to=OfferStatus.RESCINDED, decline_reason=reason[:500])
    publish(OfferRescinded(offer_id=offer.pk, application_id=offer.application_id), actor=actor)
    free_seat(intake=offer.intake, lanes=offer.lanes, actor=actor)
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
    free_seat(intake=offer.intake, lanes=offer.lanes, actor=CLOCK)
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
def follow_withdrawal(*, application_id: int, actor: Actor) -> None:
    """An application was withdrawn: an offer without an enrolment is declined, who waits leaves.

    An accepted offer with nothing open is left to enrolments, which hear of the withdrawal too.
    Idempotent.
    """
    offer = Offer.objects.filter(application_id=application_id, status__in=HOLDS_A_SEAT).first()
    if offer is not None:
        offer = lock_with_intake(offer)
        if offer.status in UNANSWERED or waits_for_conditions(offer):
            decline_offer(offer=offer, reason="", actor=actor)
    entry = WaitlistEntry.objects.filter(application_id=application_id, status__in=ON_THE_LIST).first()
    if entry is not None:
        leave_waitlist(entry=entry, actor=actor)
