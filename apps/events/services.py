"""Writing what happened, and letting each listener hear it exactly once."""

import dataclasses
import logging
from collections.abc import Sequence
from datetime import timedelta

from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from django.db.models.functions import Now

from apps.core.actors import Actor
from apps.events.many import write_deliveries, write_records
from apps.events.models import Delivery, EventRecord, Heartbeat
from apps.events.registry import EVENTS, HANDLERS, SUBJECTS, SUBSCRIPTIONS, Heard
from apps.events.ringing import ring_on_commit

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 10
LONGEST_WAIT = timedelta(minutes=15)


def publish(event: object, *, actor: Actor) -> EventRecord:
    """Record `event` and one Delivery for each of its listeners, in the caller's transaction.

    Refuses to run outside a transaction: an event without the change it tells of would be a lie.
    """
    if not connection.in_atomic_block:
        raise ImproperlyConfigured("publish() needs the transaction of the change it tells of")
    record = EventRecord.objects.create(**_columns(event, actor))
    _address([(record.pk, record.name)])
    return record


def publish_many(events: Sequence[object], *, actor: Actor) -> None:
    """The same for many events of one transaction, in two statements."""
    if not connection.in_atomic_block:
        raise ImproperlyConfigured("publish_many() needs the transaction of the change it tells of")
    if events:
        _address(write_records([_columns(event, actor) for event in events]))


def _columns(event: object, actor: Actor) -> dict:
    name = type(event).__name__
    if EVENTS.get(name) is not type(event):
        raise ImproperlyConfigured(f"{name} is not a declared event")
    payload = dataclasses.asdict(event)  # type: ignore[call-overload]
    subject = SUBJECTS[name]
    return {
        "name": name,
        "payload": payload,
        "subject_type": subject.removesuffix("_id"),
        "subject_id": payload[subject],
        "actor_user_id": actor.user_id,
        "actor_label": actor.label,
        "on_behalf_of": actor.on_behalf_of,
    }


def _address(records: Sequence[tuple[int, str]]) -> None:
    deliveries = [(pk, handler) for pk, name in records for handler in SUBSCRIPTIONS.get(name, ())]
    if deliveries:
        write_deliveries(deliveries)
        ring_on_commit("apps.events.tasks.drain_deliveries")


def run_due_deliveries(*, limit: int = 200) -> int:
    """Let waiting listeners hear, oldest first; return how many were tried.

    Each delivery has its own transaction: the row is locked (SKIP LOCKED, so workers share the
    work), the handler runs, and `handled_at` is stamped with the handler's own writes. A handler
    that fails leaves nothing behind but its attempt count and waits twice as long each time.
    """
    tried = 0
    while tried < limit and _run_next_delivery():
        tried += 1
    return tried


def _run_next_delivery() -> bool:
    with transaction.atomic():
        delivery = (
            Delivery.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("event")
            .filter(handled_at=None, given_up_at=None, not_before__lte=Now())
            .order_by("not_before", "id")
            .first()
        )
        if delivery is None:
            return False
        try:
            with transaction.atomic():
                _hear(delivery)
        except Exception as error:  # a listener may fail in any way; the others must still hear
            logger.exception("handler %s failed on event %s", delivery.handler, delivery.event_id)
            _wait_longer(delivery, error)
        return True


def _hear(delivery: Delivery) -> None:
    record = delivery.event
    event = EVENTS[record.name](**record.payload)
    actor = Actor(record.actor_user_id, record.actor_label, record.on_behalf_of)
    HANDLERS[delivery.handler](event, Heard(event_id=record.pk, at=record.at, actor=actor))
    Delivery.objects.filter(pk=delivery.pk).update(handled_at=Now(), attempts=delivery.attempts + 1)


def _wait_longer(delivery: Delivery, error: Exception) -> None:
    attempts = delivery.attempts + 1
    wait = min(timedelta(seconds=5) * 2**attempts, LONGEST_WAIT)
    Delivery.objects.filter(pk=delivery.pk).update(
        attempts=attempts,
        last_error=type(error).__name__[:200],
        not_before=Now() + wait,
        given_up_at=Now() if attempts >= MOST_ATTEMPTS else None,
    )


def beat(*, name: str) -> None:
    """Say that a worker is alive and consuming."""
    Heartbeat.objects.update_or_create(name=name, defaults={"seen_at": Now()})
