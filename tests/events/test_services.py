"""Events are told exactly once, and only with the change they tell of."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import ProgrammingError, transaction

from apps.core.actors import SYSTEM, Actor
from apps.events import registry
from apps.events.models import Delivery, EventRecord
from apps.events.registry import subscribe
from apps.events.services import publish, publish_many, run_due_deliveries
from apps.programs.events import IntakeChanged

HEARD: list[int] = []


def listens(event: IntakeChanged, heard: registry.Heard) -> None:
    HEARD.append(event.intake_id)


def fails(event: IntakeChanged, heard: registry.Heard) -> None:
    raise RuntimeError("listener is broken")


@pytest.fixture(autouse=True)
def only_our_listeners(monkeypatch: pytest.MonkeyPatch) -> None:
    HEARD.clear()
    monkeypatch.setattr(registry, "SUBSCRIPTIONS", {})
    monkeypatch.setattr("apps.events.services.SUBSCRIPTIONS", registry.SUBSCRIPTIONS)


def an_event(intake_id: int = 7) -> IntakeChanged:
    return IntakeChanged(intake_id=intake_id, fields=["seats"])


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured):
        publish(an_event(), actor=SYSTEM)


@pytest.mark.django_db
def test_an_event_of_a_rolled_back_change_was_never_there() -> None:
    subscribe({IntakeChanged: [listens]})

    with transaction.atomic():
        publish(an_event(), actor=SYSTEM)
        transaction.set_rollback(True)

    assert not EventRecord.objects.exists()
    assert run_due_deliveries() == 0


@pytest.mark.django_db
def test_each_listener_hears_an_event_once() -> None:
    subscribe({IntakeChanged: [listens]})
    publish_many([an_event(1), an_event(2)], actor=SYSTEM)

    run_due_deliveries()
    run_due_deliveries()

    assert HEARD == [1, 2]


@pytest.mark.django_db
def test_many_events_are_written_as_one_is_in_two_statements(django_assert_num_queries: Callable) -> None:
    actor = Actor(5, "user", 6)
    subscribe({IntakeChanged: [listens, fails]})
    one = publish(IntakeChanged(intake_id=7, fields=['a "b" \\, {c}', "ช"]), actor=actor)

    with django_assert_num_queries(2):
        publish_many([IntakeChanged(**one.payload), *(an_event(n) for n in range(30))], actor=actor)
    with django_assert_num_queries(0):
        publish_many([], actor=actor)

    first, *others = EventRecord.objects.exclude(pk=one.pk).order_by("pk")
    alone = ("name", "payload", "subject_type", "subject_id", "actor_user_id", "actor_label", "on_behalf_of")
    assert [getattr(first, name) for name in alone] == [getattr(one, name) for name in alone]
    assert [row.subject_id for row in others] == list(range(30))
    heard = Delivery.objects.filter(event__gt=one.pk).order_by("pk").values_list("event", "handler")
    names = [registry.handler_name(handler) for handler in (listens, fails)]
    assert list(heard) == [(row.pk, name) for row in (first, *others) for name in names]


@pytest.mark.django_db
def test_a_failing_listener_waits_and_does_not_stop_the_others() -> None:
    subscribe({IntakeChanged: [fails, listens]})
    publish(an_event(), actor=SYSTEM)

    run_due_deliveries()

    waiting = Delivery.objects.get(handled_at=None)
    assert HEARD == [7]
    assert (waiting.attempts, waiting.last_error) == (1, "RuntimeError")


@pytest.mark.django_db
def test_the_audit_trail_cannot_be_rewritten() -> None:
    record = publish(an_event(), actor=SYSTEM)

    with pytest.raises(ProgrammingError), transaction.atomic():
        EventRecord.objects.filter(pk=record.pk).update(name="Other")
