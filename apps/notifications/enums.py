from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from apps.core.lifecycle import Lifecycle


class Channel(TextChoices):
    EMAIL = "email", _("E-mail")
    SMS = "sms", _("Text message")
    IN_APP = "in_app", _("On this site")


class MessageStatus(TextChoices):
    HELD = "held", _("Held")
    PENDING = "pending", _("Waiting to be sent")
    LEASED = "leased", _("Being prepared")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    DELIVERED = "delivered", _("Delivered")
    BOUNCED = "bounced", _("Returned")
    FAILED = "failed", _("Could not be sent")
    DEAD = "dead", _("Given up")
    UNKNOWN = "unknown", _("Unknown: may have been sent")
    SUPPRESSED = "suppressed", _("Not sent: address is blocked")
    CANCELLED = "cancelled", _("Cancelled: no longer true")


_S = MessageStatus
MESSAGE_LIFECYCLE = Lifecycle(
    {
        _S.HELD: {_S.PENDING, _S.CANCELLED},
        _S.PENDING: {_S.LEASED, _S.CANCELLED, _S.HELD},
        _S.LEASED: {
            _S.PENDING,
            _S.SENDING,
            _S.SENT,
            _S.FAILED,
            _S.DEAD,
            _S.UNKNOWN,
            _S.SUPPRESSED,
            _S.CANCELLED,
        },
        _S.SENDING: {_S.SENT, _S.PENDING, _S.FAILED, _S.DEAD, _S.UNKNOWN},
        _S.SENT: {_S.DELIVERED, _S.BOUNCED},
        _S.DELIVERED: (),
        _S.BOUNCED: (),
        _S.FAILED: {_S.PENDING},
        _S.DEAD: {_S.PENDING},
        _S.UNKNOWN: {_S.SENT, _S.DELIVERED, _S.BOUNCED, _S.PENDING},
        _S.SUPPRESSED: (),
        _S.CANCELLED: (),
    }
)
