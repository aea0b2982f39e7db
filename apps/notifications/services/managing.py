"""What people do with messages: read them, pause sending, try again."""

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.core.actors import Actor
from apps.core.errors import Conflict, Invalid
from apps.core.lifecycle import change
from apps.events.ringing import ring_on_commit
from apps.events.services import publish
from apps.notifications.enums import Channel, MessageStatus
from apps.notifications.events import (
    BatchPaused,
    BatchResumed,
    MessageRetried,
    SendingPaused,
    SendingResumed,
)
from apps.notifications.models import BatchPause, Message, SendingPause
from apps.notifications.services.writing import DRAIN
from apps.selection.models import ReleaseBatch


@transaction.atomic
def read_all(*, user: User, actor: Actor) -> None:
    Message.objects.filter(recipient=user, channel=Channel.IN_APP, read_at=None).update(read_at=Now())


@transaction.atomic
def try_again(*, message: Message, actor: Actor) -> None:
    """A person decides that a failed, dead or unknown message goes out once more."""
    again = (MessageStatus.FAILED, MessageStatus.DEAD, MessageStatus.UNKNOWN)
    if message.status not in again or not message.body:
        raise Conflict
    change(message, to=MessageStatus.PENDING, not_before=Now(), attempts=0, leases_lost=0, final_at=None)
    publish(MessageRetried(message_id=message.pk), actor=actor)
    ring_on_commit(DRAIN)


@transaction.atomic
def pause_sending(*, channel: str, actor: Actor) -> None:
    """Bites before the next batch of every worker. Twice is once."""
    _row, is_new = SendingPause.objects.get_or_create(
        channel=channel, defaults={"paused_by_id": actor.user_id}
    )
    if is_new:
        publish(SendingPaused(pause_id=_row.pk, channel=channel), actor=actor)


@transaction.atomic
def resume_sending(*, channel: str, actor: Actor) -> None:
    row = SendingPause.objects.filter(channel=channel).first()
    if row is not None:
        publish(SendingResumed(pause_id=row.pk, channel=channel), actor=actor)
        row.delete()
        ring_on_commit(DRAIN)


@transaction.atomic
def pause_batch(*, batch: ReleaseBatch, reason: str, actor: Actor) -> BatchPause:
    """Hold back the notices of one release that have not left; of others nothing changes. Twice is once.

    Bites while a worker is sending: it looks every second, and gives back what it had not handed over.
    A batch can be paused before it is released. Raises Invalid without a reason.
    """
    if not reason.strip():
        raise Invalid(fields={"reason": [_("Say why, for whoever finds the notices waiting.")]})
    values = {"reason": reason.strip()[:500], "paused_by_id": actor.user_id}
    row, is_new = BatchPause.objects.get_or_create(batch=batch, defaults=values)
    if is_new:
        publish(BatchPaused(batch_id=batch.pk, reason=row.reason), actor=actor)
    return row


@transaction.atomic
def resume_batch(*, batch: ReleaseBatch, actor: Actor) -> None:
    """Let the notices leave: those that are still true. Twice is once."""
    removed, _each = BatchPause.objects.filter(batch=batch).delete()
    if removed:
        publish(BatchResumed(batch_id=batch.pk), actor=actor)
        ring_on_commit(DRAIN)
