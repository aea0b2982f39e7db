"""What people answer to an offer."""

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.core.actors import Actor
from apps.core.errors import Conflict
from apps.core.lifecycle import change
from apps.events.services import publish
from apps.selection.enums import OfferStatus
from apps.selection.events import OfferAccepted
from apps.selection.models import Offer


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
