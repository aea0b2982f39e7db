"""500 messages, real worker processes, and something that goes badly wrong in the middle.

Whatever happens, a letter is handed over at most once, and every message ends as sent or in sight of
a person ("unknown"): none lost, none doubled.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest
from celery import Celery
from django.conf import settings
from django.db import connection

from apps.notifications.enums import MessageStatus
from apps.notifications.models import Message
from apps.notifications.services.drain import CHUNK
from tests.factories.accounts import UserFactory
from tests.factories.notifications import MessageFactory
from tests.notifications.smtp_sink import SmtpSink

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]
MANY = 500
MOST_SECONDS = 60.0
OPEN = [MessageStatus.PENDING, MessageStatus.LEASED, MessageStatus.SENDING]


def database_url() -> str:
    found = connection.settings_dict
    host = found["HOST"] or found["OPTIONS"].get("host", "")
    user = f"{found['USER']}:{found['PASSWORD']}" if found["PASSWORD"] else found["USER"]
    if host.startswith("/") or not host:
        return f"postgres://{user}@/{found['NAME']}?host={host}"
    return f"postgres://{user}@{host}:{found['PORT'] or 5432}/{found['NAME']}"


class House:
    """Workers as the supervisor starts them, a sink for their letters, and a bell to ring."""

    def __init__(self, sink: SmtpSink, queue: str) -> None:
        self.sink = sink
        self.queue = queue
        self.bell = Celery(broker=settings.CELERY_BROKER_URL)
        self.workers: list[subprocess.Popen[bytes]] = []

    def hire(self) -> None:
        env = {
            **os.environ,
            "DATABASE_URL": database_url(),
            "TEST_DATABASE_NAME": "unused",
            "DJANGO_SETTINGS_MODULE": "talentplatform.settings.test",
            "MAIL_TRANSPORT": "smtp",
            "EMAIL_PORT": str(self.sink.port),
            "EMAIL_HOST": "127.0.0.1",
            "MESSAGE_LEASE_SECONDS": "10",
        }
        command = [sys.executable, "-m", "celery", "-A", "talentplatform", "worker", "-Q", self.queue]
        options = [
            "-c",
            "1",
            "--loglevel",
            "error",
            "--without-gossip",
            "--without-mingle",
            "-n",
            f"{len(self.workers)}@{self.queue}",
        ]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.workers.append(subprocess.Popen([*command, *options], env=env, start_new_session=True, **quiet))

    def kill(self, number: int) -> None:
        os.killpg(self.workers[number].pid, signal.SIGKILL)
        self.workers[number].wait()

    def ring(self) -> None:
        self.bell.send_task("apps.notifications.tasks.drain_messages", queue=self.queue, expires=5)

    def work_until(self, done: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + MOST_SECONDS
        while not done():
            assert time.monotonic() < deadline, f"{what} took too long"
            self.ring()
            time.sleep(0.2)

    def close(self) -> None:
        for worker in self.workers:
            if worker.poll() is None:
                os.killpg(worker.pid, signal.SIGKILL)
                worker.wait()


@pytest.fixture
def house() -> Iterator[House]:
    with SmtpSink() as sink:
        found = House(sink, f"faults-{os.getpid()}")
        yield found
        found.close()


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
