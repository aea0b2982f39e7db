"""The scarce thing: seats. They change by conditional UPDATE; a CHECK is the net below."""

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from apps.core.actors import Actor
from apps.core.errors import Full
from apps.core.lifecycle import change
from apps.events.services import publish
from apps.programs.models import Intake
from apps.selection.enums import WaitlistStatus
from apps.selection.events import OfferMade, WaitlistPromoted
from apps.selection.models import Offer, WaitlistEntry


@transaction.atomic
def take_seats(*, intake: Intake, count: int) -> None:
    """Count so many seats as taken, all or none, or raise Full."""
    enough = Intake.objects.filter(pk=intake.pk, seats__gte=F("seats_taken") + count)
    if not enough.update(seats_taken=F("seats_taken") + count):
        raise Full


@transaction.atomic
def take_seat(*, intake: Intake) -> None:
    take_seats(intake=intake, count=1)


@transaction.atomic
def free_seat(*, intake: Intake, actor: Actor) -> Offer | None:
    """Give a seat back and offer it, in this transaction, to the first who waits; None if nobody does.

    The intake's row is locked by the UPDATE, so of two seats freed at once each goes to another
    person.
    """
    taken = Intake.objects.filter(pk=intake.pk, seats_taken__gt=0)
    taken.update(seats_taken=F("seats_taken") - 1)
    return promote_next(intake=intake, actor=actor)


@transaction.atomic
def promote_next(*, intake: Intake, actor: Actor) -> Offer | None:
    """Offer a free seat to the first who waits; None when nobody waits or no seat is free.

    The intake is locked before the entry, as everywhere, so promotions come one after the other and
    the order of the list is kept.
    """
    row = Intake.objects.select_for_update().get(pk=intake.pk)
    entry = (
        WaitlistEntry.objects.select_for_update()
        .filter(intake=intake, status=WaitlistStatus.WAITING)
        .order_by("position")
        .first()
    )
    if entry is None or row.seats_left < 1:
        return None
    take_seat(intake=row)
    change(entry, to=WaitlistStatus.PROMOTED, promoted_at=Now())
    offer = Offer.objects.create(application_id=entry.application_id, intake=row, made_at=Now())
    publish(
        WaitlistPromoted(application_id=entry.application_id, entry_id=entry.pk, offer_id=offer.pk),
        actor=actor,
    )
    publish(OfferMade(offer_id=offer.pk, application_id=entry.application_id), actor=actor)
    return offer
