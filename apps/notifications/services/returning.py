"""Messages that reached nobody. Whoever asked for one hears it as an event."""

import email
import email.policy
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from apps.core.actors import SYSTEM, Actor
from apps.core.lifecycle import change
from apps.events.services import publish_many
from apps.notifications.enums import MessageStatus
from apps.notifications.events import MessageReturned
from apps.notifications.models import Message


def publish_returned(message_ids: Sequence[int], status: str) -> None:
    """In the transaction that gave them up."""
    events = [MessageReturned(message_id=pk, status=status) for pk in message_ids]
    publish_many(events, actor=SYSTEM)


@transaction.atomic
def record_return(*, provider_ref: str, reason: str, actor: Actor) -> bool:
    """A message that had left came back. Twice is once; an unknown reference changes nothing."""
    message = Message.objects.select_for_update().filter(provider_ref=provider_ref).first()
    if message is None or not Message.STATUS_LIFECYCLE.allows(message.status, MessageStatus.BOUNCED):
        return False
    change(message, to=MessageStatus.BOUNCED, final_at=Now(), last_error=reason[:200])
    publish_returned([message.pk], MessageStatus.BOUNCED)
    return True


def read_report(raw: bytes) -> tuple[str, str] | None:
    """The Message-ID and the status code of a delivery report (RFC 3464) that says "failed".

    None for everything else: delays, out-of-office answers, ordinary mail.
    """
    report = email.message_from_bytes(raw, policy=email.policy.default)
    if report.get_content_type() != "multipart/report":
        return None
    status = reference = ""
    for part in report.walk():
        if part.get_content_type() == "message/delivery-status":
            failed = [each for each in part.iter_parts() if each.get("Action", "").lower() == "failed"]
            status = str(failed[0].get("Status", "failed")) if failed else ""
        elif part.get_content_type() in ("message/rfc822", "text/rfc822-headers"):
            reference = _message_id_in(part) or reference
    return (reference, status) if status and reference else None


def _message_id_in(part: Any) -> str:
    """Of the mail that came back, whole or as headers only."""
    content = part.get_content()
    mail = email.message_from_string(content, policy=email.policy.default) if _is_text(content) else content
    return str(mail.get("Message-ID", "")).strip()


def _is_text(content: Any) -> bool:
    return isinstance(content, str)
