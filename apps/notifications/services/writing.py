"""Writing messages: rows in the transaction of what they tell of, told once."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models.expressions import Combinable
from django.db.models.functions import Now
from django.template.loader import render_to_string
from django.utils import timezone, translation

from apps.accounts.models import User
from apps.events.ringing import ring_on_commit
from apps.notifications.enums import Channel, MessageStatus
from apps.notifications.models import Message

DRAIN = "apps.notifications.tasks.drain_messages"
#: Templates whose body is secret: it is blanked once the message is final.
SECRET = ("sign-in", "guardian-asked", "confirmation-code")


def language_for(wanted: str) -> str:
    """The recipient's language when we speak it, else English: the declared fallback."""
    return wanted if wanted in dict(settings.LANGUAGES) else "en"


def render(template: str, language: str, context: Mapping[str, Any]) -> tuple[str, str]:
    """Subject (the first line) and body of one message."""
    with translation.override(language):
        text = render_to_string(f"messages/{template}.txt", {**context, "site_url": settings.SITE_URL})
    subject, _line, body = text.strip().partition("\n")
    return subject.strip()[:250], body.strip() + "\n"


def leaves_at(batch_id: int | None) -> Combinable:
    """Now; or, for what a release tells, when the time to think better of it is over."""
    minutes = settings.NOTICE_DELAY_MINUTES if batch_id else 0
    return Now() + timedelta(minutes=minutes)


@transaction.atomic
def tell(
    *,
    recipient: User,
    template: str,
    event_key: str,
    context: Mapping[str, Any],
    facts: Mapping[str, int],
    intake_id: int | None = None,
    application_id: int | None = None,
    batch_id: int | None = None,
    preface: str = "",
) -> int:
    """Write the e-mail and the in-app copy of one message; return how many rows are new.

    `event_key` is derived from what happened: the same thing told twice is a conflict that is
    ignored. `context` is for rendering and is not kept; `facts` are the ids that the drain checks
    again at the moment of sending. `batch_id` is the release that tells it. `preface` is a template said
    before the message's own words.
    """
    language = language_for(recipient.language)
    subject, body = render(template, language, {**context, "recipient": recipient})
    if preface:
        body = _said_before(preface, language, context) + body
    common = {
        "recipient": recipient,
        "event_key": event_key[:120],
        "template": template,
        "language": language,
        "context": dict(facts),
        "subject": subject,
        "body": body,
        "intake_id": intake_id,
        "application_id": application_id,
        "batch_id": batch_id,
        "not_before": leaves_at(batch_id),
    }
    now = timezone.now()
    rows = [
        Message(channel=Channel.EMAIL, address=recipient.email, status=MessageStatus.PENDING, **common),
        Message(channel=Channel.IN_APP, status=MessageStatus.SENT, sent_at=now, final_at=now, **common),
    ]
    before = Message.objects.filter(recipient=recipient, event_key=common["event_key"]).count()
    Message.objects.bulk_create(rows, ignore_conflicts=True)
    ring_on_commit(DRAIN)
    return max(0, 2 - before)


def _said_before(preface: str, language: str, context: Mapping[str, Any]) -> str:
    with translation.override(language):
        text = render_to_string(f"messages/{preface}.txt", {**context, "site_url": settings.SITE_URL})
    return text.strip() + "\n\n"


@transaction.atomic
def tell_address(
    *,
    address: str,
    language: str,
    template: str,
    event_key: str,
    context: Mapping[str, Any],
    facts: Mapping[str, int],
    intake_id: int | None = None,
    application_id: int | None = None,
    batch_id: int | None = None,
    priority: int = 5,
    preface: str = "",
) -> None:
    """Write the e-mail of one message to someone who has no account. The same thing is told once to an
    address; there is no in-app copy, because there is nobody to sign in and read it.
    """
    language = language_for(language)
    subject, body = render(template, language, context)
    if preface:
        body = _said_before(preface, language, context) + body
    row = Message(
        channel=Channel.EMAIL,
        address=address,
        event_key=event_key[:120],
        template=template,
        language=language,
        context=dict(facts),
        subject=subject,
        body=body,
        priority=priority,
        intake_id=intake_id,
        application_id=application_id,
        batch_id=batch_id,
        not_before=leaves_at(batch_id),
    )
    Message.objects.bulk_create([row], ignore_conflicts=True)
    ring_on_commit(DRAIN)


@transaction.atomic
def take_back_copies(*, application_id: int, assistance_id: int) -> None:
    """A helper's part is over: what was told to them about someone leaves their pages."""
    copies = Message.objects.filter(
        application=application_id, channel=Channel.IN_APP, context__assistance=assistance_id
    )
    copies.delete()


@transaction.atomic
def take_mail(*, address: str, subject: str, body: str, event_key: str) -> None:
    """A mail that a library wants to send, such as a sign-in code: urgent, secret, told once."""
    recipient = User.objects.filter(email=User.objects.normalise(address)).first()
    Message.objects.bulk_create(
        [
            Message(
                recipient=recipient,
                address=address,
                channel=Channel.EMAIL,
                event_key=event_key,
                template=SECRET[0],
                language=translation.get_language() or "en",
                subject=" ".join(subject.split())[:250],
                body=body,
                priority=0,
            )
        ],
        ignore_conflicts=True,
    )
    ring_on_commit(DRAIN)
