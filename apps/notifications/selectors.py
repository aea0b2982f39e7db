"""Reading messages."""

from django.db.models import Count, QuerySet
from django.db.models.functions import Now

from apps.accounts.enums import Role
from apps.accounts.roles import Viewer
from apps.notifications.enums import Channel, MessageStatus
from apps.notifications.models import BatchPause, DemoMail, Message
from apps.selection.models import ReleaseBatch

#: What a coordinator has to look at.
TROUBLE = (MessageStatus.FAILED, MessageStatus.DEAD, MessageStatus.UNKNOWN, MessageStatus.BOUNCED)


def inbox(viewer: Viewer) -> QuerySet[Message]:
    """What was told on this site. Of a paused release only what was read before."""
    if viewer.user_id is None:
        return Message.objects.none()
    mine = Message.objects.filter(recipient_id=viewer.user_id, channel=Channel.IN_APP, not_before__lte=Now())
    return mine.exclude(read_at=None, batch__in=BatchPause.objects.values("batch"))


def delivery_log(viewer: Viewer) -> QuerySet[Message]:
    """E-mails and text messages of the programs a coordinator runs."""
    return (
        Message.objects.filter(intake__program__organisation__in=viewer.at(Role.COORDINATOR))
        .exclude(channel=Channel.IN_APP)
        .select_related("recipient", "intake__program")
    )


def batches_run_by(viewer: Viewer) -> QuerySet[ReleaseBatch]:
    ours = ReleaseBatch.objects.filter(intake__program__organisation__in=viewer.at(Role.COORDINATOR))
    return ours.select_related("intake__program")


def pause_of(batch: ReleaseBatch) -> BatchPause | None:
    return BatchPause.objects.filter(batch=batch).select_related("paused_by").first()


def notice_counts(batch: ReleaseBatch) -> dict[str, int]:
    """E-mails of a release by status."""
    mails = Message.objects.filter(batch=batch).exclude(channel=Channel.IN_APP)
    return dict(mails.order_by().values_list("status").annotate(n=Count("id")))


def in_trouble(viewer: Viewer) -> QuerySet[Message]:
    return delivery_log(viewer).filter(status__in=TROUBLE)


def messages_about(application_id: int) -> QuerySet[Message]:
    return Message.objects.filter(application=application_id).exclude(channel=Channel.IN_APP).order_by("-id")


def demo_mail(address: str = "") -> QuerySet[DemoMail]:
    found = DemoMail.objects.all()
    return found.filter(address__iexact=address) if address else found
