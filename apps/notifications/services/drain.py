"""Sending what waits. PostgreSQL is the queue: rows are leased, spoken, and marked under the lease.

Order of each batch: claim and commit → check again what must still be true → say "sending" and
commit → hand over → mark under the token. A pause is looked for in the claim and again each second
while sending: what was not handed over by then is given back. A worker that dies leaves a lease that
runs out: rows that were never handed over wait again; rows in the middle of being handed over are
"unknown" and a person sees them, unless the transport folds repeats by itself.
"""

import logging
import random
import time
import uuid
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Now

from apps.core.actors import SYSTEM
from apps.notifications.conditions import no_longer_true, waits_for_morning
from apps.notifications.enums import MessageStatus
from apps.notifications.models import BatchPause, Message, SendingPause
from apps.notifications.services.links import put_links_in
from apps.notifications.services.returning import publish_returned
from apps.notifications.services.writing import SECRET
from apps.notifications.transports import InDoubt, Refused, Transport, TryLater, Unreachable
from apps.selection.services import record_offer_delivery

logger = logging.getLogger(__name__)

BATCH = 100
#: So many are in doubt at most when a worker dies while handing over.
CHUNK = 20
MOST_ATTEMPTS = 10
LONGEST_WAIT = 900.0
#: A drain ends well before its lease and its task's time limit.
LONGEST_DRAIN = 100.0
#: While sending, so many seconds go by at most between two looks for a pause.
LOOK_EVERY = 1.0

CLAIM = """
UPDATE notifications_message AS m
SET status = 'leased', lease_token = %(token)s, lease_until = clock_timestamp() + %(lease)s,
    attempts = m.attempts + 1
WHERE m.id IN (
    SELECT id FROM notifications_message
    WHERE status = 'pending' AND channel = %(channel)s AND not_before <= clock_timestamp()
      AND leases_lost {lost}
      AND NOT EXISTS (
          SELECT 1 FROM notifications_batchpause AS p WHERE p.batch_id = notifications_message.batch_id
      )
    ORDER BY priority, not_before, id
    LIMIT %(limit)s
    FOR UPDATE SKIP LOCKED
)
RETURNING m.id
"""


def drain(*, channel: str, transport: Transport) -> int:
    """Send until nothing waits or the time is over; return how many messages were finished."""
    recover(channel=channel, may_repeat=transport.may_repeat)
    deadline = time.monotonic() + LONGEST_DRAIN
    finished = 0
    while time.monotonic() < deadline and not is_paused(channel):
        token, batch = claim(channel=channel)
        if not batch:
            break
        finished += _send_batch(batch, token, transport)
    return finished


def is_paused(channel: str) -> bool:
    return SendingPause.objects.filter(channel=channel).exists()


def claim(*, channel: str) -> tuple[uuid.UUID, list[Message]]:
    """Lease the next batch. A row that lost a lease before is leased alone: it may be the killer."""
    token = uuid.uuid4()
    for lost, limit in (("= 0", BATCH), ("> 0", 1)):
        lease = timedelta(seconds=settings.MESSAGE_LEASE_SECONDS)
        values: dict[str, Any] = {"token": token, "lease": lease, "channel": channel, "limit": limit}
        with connection.cursor() as cursor:
            cursor.execute(CLAIM.format(lost=lost), values)
            ids = [row[0] for row in cursor.fetchall()]
        if ids:
            order = ("priority", "not_before", "id")
            return token, list(Message.objects.filter(pk__in=ids).order_by(*order))
    return token, []


def recover(*, channel: str, may_repeat: bool) -> int:
    """Leases that ran out: nothing was handed over → wait again; in the middle → unknown, or again
    where a repeat does no harm. Too many attempts → given up, for a person to look at.
    """
    expired = Message.objects.filter(channel=channel, lease_until__lt=Now())
    again = [MessageStatus.LEASED, MessageStatus.SENDING] if may_repeat else [MessageStatus.LEASED]
    waiting = expired.filter(status__in=again, attempts__lt=MOST_ATTEMPTS).update(
        status=MessageStatus.PENDING,
        leases_lost=F("leases_lost") + 1,
        lease_token=None,
        lease_until=None,
    )
    dead = _give_up(expired.filter(status__in=again, attempts__gte=MOST_ATTEMPTS))
    unknown = expired.filter(status=MessageStatus.SENDING).update(
        status=MessageStatus.UNKNOWN,
        leases_lost=F("leases_lost") + 1,
        lease_token=None,
        lease_until=None,
        last_error="the worker ended while handing over",
    )
    return waiting + dead + unknown


@transaction.atomic
def _give_up(messages: QuerySet[Message]) -> int:
    ids = list(messages.select_for_update(skip_locked=True).values_list("pk", flat=True))
    Message.objects.filter(pk__in=ids).update(
        status=MessageStatus.DEAD, lease_token=None, lease_until=None, final_at=Now()
    )
    publish_returned(ids, MessageStatus.DEAD)
    return len(ids)


def _send_batch(batch: list[Message], token: uuid.UUID, transport: Transport) -> int:
    stale = no_longer_true(batch)
    ours = Message.objects.filter(lease_token=token)
    if stale:
        ours.filter(pk__in=stale).update(
            status=MessageStatus.CANCELLED, final_at=Now(), lease_until=None, lease_token=None
        )
    asleep = waits_for_morning(message for message in batch if message.pk not in stale)
    _wait_for_morning(asleep, token)
    left = [message for message in batch if message.pk not in stale and message.pk not in asleep]
    if not left:
        return len(stale)
    put_links_in(left)
    try:
        transport.open()
    except Unreachable as error:
        _wait_for_connection(left, token, str(error))
        return len(stale)
    try:
        return len(stale) + _send_chunks(left, token, transport)
    finally:
        transport.close()


def _send_chunks(batch: list[Message], token: uuid.UUID, transport: Transport) -> int:
    watch, done = PauseWatch(batch), 0
    for start in range(0, len(batch), CHUNK):
        done += _send_chunk(batch[start : start + CHUNK], token, transport, watch)
    return done


class PauseWatch:
    """Whether a message of a batch is paused: asked before the first, then once a second at most."""

    def __init__(self, batch: list[Message]) -> None:
        self.channel = batch[0].channel
        self.releases = {message.batch_id for message in batch} - {None}
        self.looked = -LOOK_EVERY
        self.everything = False
        self.paused: set[int] = set()

    def holds(self, message: Message) -> bool:
        if time.monotonic() - self.looked >= LOOK_EVERY:
            self.everything = is_paused(self.channel)
            self.paused = paused_of(self.releases)
            self.looked = time.monotonic()
        return self.everything or message.batch_id in self.paused


def paused_of(releases: set[Any]) -> set[int]:
    """Which of these releases are paused; nothing is asked about none."""
    if not releases:
        return set()
    return set(BatchPause.objects.filter(batch__in=releases).values_list("batch_id", flat=True))


def _send_chunk(chunk: list[Message], token: uuid.UUID, transport: Transport, watch: PauseWatch) -> int:
    """Say that we speak, speak, and say how it went; return how many were finished.

    Rows we no longer own are left alone. What a pause holds back was not handed over: it waits again.
    """
    ids = [message.pk for message in chunk]
    ours = Message.objects.filter(pk__in=ids, lease_token=token)
    owned = ours.filter(status=MessageStatus.LEASED, lease_until__gt=Now())
    if owned.update(status=MessageStatus.SENDING) < len(chunk):
        mine = set(ours.filter(status=MessageStatus.SENDING).values_list("pk", flat=True))
        chunk = [message for message in chunk if message.pk in mine]
    sent: list[Message] = []
    held: list[Message] = []
    for message in chunk:
        if watch.holds(message):
            held.append(message)
            continue
        try:
            message.provider_ref = transport.send(message)
            sent.append(message)
        except TryLater as error:
            _wait(message, token, str(error))
        except Refused as error:
            _end(message, token, MessageStatus.FAILED, str(error))
        except InDoubt as error:
            _end(message, token, MessageStatus.UNKNOWN, str(error))
    _mark_sent(sent, token, transport)
    _give_back(held, token)
    return len(chunk) - len(held)


def _give_back(messages: list[Message], token: uuid.UUID) -> None:
    """Paused before they were handed over: the attempt does not count, and resuming finds them."""
    Message.objects.filter(pk__in=[message.pk for message in messages], lease_token=token).update(
        status=MessageStatus.PENDING, attempts=F("attempts") - 1, lease_token=None, lease_until=None
    )


@transaction.atomic
def _mark_sent(messages: list[Message], token: uuid.UUID, transport: Transport) -> None:
    """One statement for the chunk; secret bodies are blanked; offers start their answer clock."""
    if not messages:
        return
    references = {message.pk: message.provider_ref for message in messages}
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE notifications_message AS m
               SET status = 'sent', sent_at = clock_timestamp(), provider = %s, provider_ref = r.ref,
                   lease_token = NULL, lease_until = NULL, last_error = '',
                   body = CASE WHEN m.template = ANY(%s) THEN '' ELSE m.body END,
                   final_at = clock_timestamp()
               FROM unnest(%s::bigint[], %s::text[]) AS r(id, ref)
               WHERE m.id = r.id AND m.lease_token = %s AND m.status = 'sending'""",
            [transport.name, list(SECRET), list(references), list(references.values()), token],
        )
    for message in messages:
        if message.template == "offer-made":
            start_answer_clock(message)


def start_answer_clock(message: Message) -> None:
    """Without receipts the moment the mail server took the letter counts as delivery (see the ADR)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        now = cursor.fetchone()[0]
    record_offer_delivery(offer_id=message.context["offer"], at=now, actor=SYSTEM)


def _wait(message: Message, token: uuid.UUID, reason: str) -> None:
    """Twice as long each time, give or take a fifth, so that a crowd does not come back at once."""
    if message.attempts >= MOST_ATTEMPTS:
        _end(message, token, MessageStatus.DEAD, reason)
        return
    seconds = min(5.0 * 2**message.attempts, LONGEST_WAIT) * random.uniform(0.8, 1.2)  # noqa: S311  spread
    Message.objects.filter(pk=message.pk, lease_token=token).update(
        status=MessageStatus.PENDING,
        not_before=Now() + timedelta(seconds=seconds),
        lease_token=None,
        lease_until=None,
        last_error=reason[:200],
    )


@transaction.atomic
def _end(message: Message, token: uuid.UUID, status: str, reason: str) -> None:
    ended = Message.objects.filter(pk=message.pk, lease_token=token).update(
        status=status, final_at=Now(), lease_token=None, lease_until=None, last_error=reason[:200]
    )
    if ended and status in (MessageStatus.FAILED, MessageStatus.DEAD):
        publish_returned([message.pk], status)


def _wait_for_morning(asleep: dict[int, datetime], token: uuid.UUID) -> None:
    """Night at the reader's place costs no attempt; the rows wait in the table, never in a task."""
    for moment in sorted(set(asleep.values())):
        same = [pk for pk, morning in asleep.items() if morning == moment]
        Message.objects.filter(pk__in=same, lease_token=token).update(
            status=MessageStatus.PENDING,
            attempts=F("attempts") - 1,
            not_before=moment,
            lease_token=None,
            lease_until=None,
        )


def _wait_for_connection(messages: list[Message], token: uuid.UUID, reason: str) -> None:
    """Nothing was handed over and it is nobody's fault: the attempt does not count."""
    logger.warning("no connection to send over: %s", reason)
    seconds = 20 * random.uniform(0.8, 1.2)  # noqa: S311  spread
    Message.objects.filter(pk__in=[message.pk for message in messages], lease_token=token).update(
        status=MessageStatus.PENDING,
        attempts=F("attempts") - 1,
        not_before=Now() + timedelta(seconds=seconds),
        lease_token=None,
        lease_until=None,
        last_error=reason[:200],
    )
