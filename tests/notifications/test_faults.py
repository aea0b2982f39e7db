"""500 messages, real worker processes, and something that goes badly wrong in the middle.

Whatever happens, a letter is handed over at most once, and every message ends as sent or in sight of
a person ("unknown"): none lost, none doubled.
"""

from collections.abc import Callable

import pytest
from django.db import connection

from apps.notifications.enums import MessageStatus
from apps.notifications.models import Message
from apps.notifications.services.drain import CHUNK
from tests.factories.accounts import UserFactory
from tests.factories.notifications import MessageFactory
from tests.notifications.house import House

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]
MANY = 500
OPEN = [MessageStatus.PENDING, MessageStatus.LEASED, MessageStatus.SENDING]


@pytest.fixture
def letters() -> None:
    recipient = UserFactory()
    Message.objects.bulk_create(
        MessageFactory.build_batch(MANY, recipient=recipient, address="a@example.org")
    )


def kill_a_worker(house: House) -> None:
    house.kill(0)
    house.hire()


def empty_redis(house: House) -> None:
    with house.bell.connection_for_write() as broker:
        broker.default_channel.client.flushdb()


def break_connections(house: House) -> None:
    house.sink.break_every = 40


def cut_the_database(house: House) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def ring_far_too_often(house: House) -> None:
    for _bell in range(200):
        house.ring()


@pytest.mark.parametrize(
    "fault", [kill_a_worker, empty_redis, break_connections, cut_the_database, ring_far_too_often]
)
def test_no_letter_is_lost_or_doubled(house: House, letters: None, fault: Callable[[House], None]) -> None:
    house.hire()
    house.hire()
    house.work_until(lambda: len(house.sink.taken) > MANY // 10, "starting")

    fault(house)
    house.work_until(lambda: not Message.objects.filter(status__in=OPEN).exists(), "finishing")

    doubled = {key: count for key, count in house.sink.taken.items() if count > 1}
    sent = Message.objects.filter(status=MessageStatus.SENT).count()
    unknown = Message.objects.filter(status=MessageStatus.UNKNOWN).count()
    assert doubled == {}
    assert sent + unknown == MANY
    assert sent <= len(house.sink.taken) <= MANY
    assert unknown <= CHUNK * 2 + MANY // 40
