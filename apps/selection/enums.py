from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from apps.core.lifecycle import Lifecycle


class DecisionStatus(TextChoices):
    HELD = "held", _("Held")
    RELEASED = "released", _("Released")
    CORRECTED = "corrected", _("Replaced by a correction")


DECISION_LIFECYCLE = Lifecycle(
    {
        DecisionStatus.HELD: {DecisionStatus.RELEASED, DecisionStatus.CORRECTED},
        DecisionStatus.RELEASED: {DecisionStatus.CORRECTED},
        DecisionStatus.CORRECTED: (),
    }
)


class BatchStatus(TextChoices):
    PREPARED = "prepared", _("Waiting for release")
    RELEASED = "released", _("Released")
    CANCELLED = "cancelled", _("Cancelled")


BATCH_LIFECYCLE = Lifecycle(
    {
        BatchStatus.PREPARED: {BatchStatus.RELEASED, BatchStatus.CANCELLED},
        BatchStatus.RELEASED: (),
        BatchStatus.CANCELLED: (),
    }
)


class OfferStatus(TextChoices):
    MADE = "made", _("Made")
    DELIVERED = "delivered", _("Delivered")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    LAPSED = "lapsed", _("Not answered in time")
    RESCINDED = "rescinded", _("Taken back")


#: The answer clock starts at delivered. An accepted offer stays so: its seat comes back when the enrolment ends.
OFFER_LIFECYCLE = Lifecycle(
    {
        OfferStatus.MADE: {
            OfferStatus.DELIVERED,
            OfferStatus.ACCEPTED,
            OfferStatus.DECLINED,
            OfferStatus.RESCINDED,
        },
        OfferStatus.DELIVERED: {
            OfferStatus.ACCEPTED,
            OfferStatus.DECLINED,
            OfferStatus.LAPSED,
            OfferStatus.RESCINDED,
        },
        OfferStatus.ACCEPTED: (),
        OfferStatus.DECLINED: (),
        OfferStatus.LAPSED: (),
        OfferStatus.RESCINDED: (),
    }
)
#: Statuses in which an offer holds a seat.
HOLDS_A_SEAT = (OfferStatus.MADE, OfferStatus.DELIVERED, OfferStatus.ACCEPTED)


class WaitlistStatus(TextChoices):
    WAITING = "waiting", _("Waiting")
    PROMOTED = "promoted", _("Promoted")
    SKIPPED = "skipped", _("Skipped")
    LEFT = "left", _("Left the list")
    CLOSED = "closed", _("No longer waiting")


WAITLIST_LIFECYCLE = Lifecycle(
    {
        WaitlistStatus.WAITING: {
            WaitlistStatus.PROMOTED,
            WaitlistStatus.SKIPPED,
            WaitlistStatus.LEFT,
            WaitlistStatus.CLOSED,
        },
        WaitlistStatus.PROMOTED: (),
        WaitlistStatus.SKIPPED: {WaitlistStatus.WAITING},
        WaitlistStatus.LEFT: (),
        WaitlistStatus.CLOSED: (),
    }
)
