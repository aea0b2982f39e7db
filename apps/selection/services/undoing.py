"""What an earlier decision gave and its correction does not: offers and places in the queue."""

from collections.abc import Sequence

from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from apps.applications.enums import Outcome
from apps.core.actors import Actor
from apps.core.errors import Conflict
from apps.core.lifecycle import change
from apps.events.services import publish
from apps.programs.models import Intake
from apps.selection.enums import HOLDS_A_SEAT, ON_THE_LIST, OfferStatus, WaitlistStatus
from apps.selection.events import OfferRescinded
from apps.selection.models import Decision, Offer, WaitlistEntry

#: Who let an offer go is not put in line for another one by a correction.
ANSWERED_NO = (OfferStatus.DECLINED, OfferStatus.LAPSED)


def require_possible(decisions: Sequence[Decision]) -> None:
    """Raises Conflict when what was answered already cannot be undone by a decision.

    An accepted offer ends with its enrolment; an offer or a place that ended is not given twice.
    """
    wanted = {row.application_id: row.outcome for row in decisions}
    for pk, status in Offer.objects.filter(application__in=wanted).values_list("application_id", "status"):
        if status == OfferStatus.ACCEPTED and wanted[pk] != Outcome.OFFER:
            raise Conflict(_("An offer was accepted. End the enrolment instead of the decision."))
        if status not in HOLDS_A_SEAT and wanted[pk] == Outcome.OFFER:
            raise Conflict(_("An offer was made before and has ended. It cannot be made again."))
        if status in ANSWERED_NO and wanted[pk] == Outcome.WAITLIST:
            raise Conflict(_("An offer was made before and has ended. It cannot be made again."))
    ended = WaitlistEntry.objects.filter(application__in=wanted).exclude(status=WaitlistStatus.WAITING)
    if any(wanted[pk] == Outcome.WAITLIST for pk in ended.values_list("application_id", flat=True)):
        raise Conflict(_("A place on the waitlist has ended. It cannot be given again."))


def end_places(decisions: Sequence[Decision]) -> None:
    """Who is decided otherwise now waits no more, so that no seat reaches them by the old decision."""
    wanted = {row.application_id: row for row in decisions if row.outcome != Outcome.WAITLIST}
    waiting = WaitlistEntry.objects.filter(application__in=wanted, status__in=ON_THE_LIST)
    for entry in waiting.order_by("pk").select_for_update():
        decision = wanted[entry.application_id]
        if decision.outcome == Outcome.OFFER and entry.status == WaitlistStatus.WAITING:
            change(entry, to=WaitlistStatus.PROMOTED, promoted_at=Now())
        else:
            change(entry, to=WaitlistStatus.CLOSED, reason=decision.reason[:500])


def take_back_offers(*, intake: Intake, decisions: Sequence[Decision], actor: Actor) -> list[tuple[str, ...]]:
    """End the unanswered offers of who is decided otherwise now; return the lanes of each seat this frees.

    The seats are only given back here: the caller, who holds the intake's row, first makes the
    offers of the same release and then promotes who waits.
    """
    wanted = {row.application_id: row for row in decisions if row.outcome != Outcome.OFFER}
    offers = Offer.objects.filter(application__in=wanted, status__in=HOLDS_A_SEAT)
    freed = []
    for offer in offers.order_by("pk").select_for_update():
        reason = wanted[offer.application_id].reason
        change(offer, to=OfferStatus.RESCINDED, decline_reason=reason[:500])
        publish(OfferRescinded(offer_id=offer.pk, application_id=offer.application_id), actor=actor)
        freed.append(tuple(offer.lanes))
    Intake.objects.filter(pk=intake.pk).update(seats_taken=F("seats_taken") - len(freed))
    return freed
