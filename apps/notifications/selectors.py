"""Reading messages."""

from django.db.models import QuerySet

from apps.accounts.enums import Role
from apps.accounts.roles import Viewer
from apps.notifications.enums import Channel, MessageStatus
from apps.notifications.models import DemoMail, Message

#: What a coordinator has to look at.
TROUBLE = (MessageStatus.FAILED, MessageStatus.DEAD, MessageStatus.UNKNOWN, MessageStatus.BOUNCED)


def inbox(viewer: Viewer) -> QuerySet[Message]:
    if viewer.user_id is None:
        return Message.objects.none()
    return Message.objects.filter(recipient_id=viewer.user_id, channel=Channel.IN_APP)


def delivery_log(viewer: Viewer) -> QuerySet[Message]:
    """E-mails and text messages of the programs a coordinator runs."""
    return (
        Message.objects.filter(intake__program__organisation__in=viewer.at(Role.COORDINATOR))
        .exclude(channel=Channel.IN_APP)
        .select_related("recipient", "intake__program")
    )


def in_trouble(viewer: Viewer) -> QuerySet[Message]:
    return delivery_log(viewer).filter(status__in=TROUBLE)


def messages_about(application_id: int) -> QuerySet[Message]:
    return Message.objects.filter(application=application_id).exclude(channel=Channel.IN_APP).order_by("-id")


def demo_mail(address: str = "") -> QuerySet[DemoMail]:
    found = DemoMail.objects.all()
    return found.filter(address__iexact=address) if address else found
