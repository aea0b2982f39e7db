"""How fast waiting messages leave: two worker processes, as production runs them."""

import multiprocessing
import os
import sys
import time
from collections.abc import Iterator

from django.db import connections

from apps.notifications.enums import Channel
from apps.notifications.models import Message
from apps.notifications.services.drain import drain
from apps.notifications.transports import ConsoleTransport, EmailTransport, Transport
from tests.bench.measure import Cost, Row
from tests.factories.accounts import UserFactory
from tests.factories.notifications import MessageFactory
from tests.notifications.smtp_sink import SmtpSink

MANY = 4000


def rows() -> Iterator[Row]:
    yield _measure("console", 2000, 0)
    sink_port = multiprocessing.Queue()
    sink = multiprocessing.Process(target=_sink, args=(sink_port,), daemon=True)
    sink.start()
    yield _measure("smtp", 1200, sink_port.get())
    sink.terminate()


def _sink(port: multiprocessing.Queue) -> None:
    with SmtpSink() as found:
        port.put(found.port)
        time.sleep(600)


def _transport(name: str, port: int) -> Transport:
    if name == "console":
        sys.stderr = open(os.devnull, "w")  # noqa: SIM115  this process ends with its work
        return ConsoleTransport()
    transport = EmailTransport("django.core.mail.backends.smtp.EmailBackend")
    transport.connection.host, transport.connection.port = "127.0.0.1", port
    return transport


def _work(name: str, port: int) -> None:
    connections.close_all()
    drain(channel=Channel.EMAIL, transport=_transport(name, port))
    os._exit(0)


def _measure(name: str, least: int, port: int) -> Row:
    """Messages a second, by the clock on the wall: how long people wait."""
    Message.objects.all().delete()
    recipient = UserFactory()
    Message.objects.bulk_create(
        MessageFactory.build_batch(MANY, recipient=recipient, address="a@example.org")
    )
    connections.close_all()
    fork = multiprocessing.get_context("fork")
    workers = [fork.Process(target=_work, args=(name, port)) for _worker in range(2)]
    start = time.perf_counter()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    spent = time.perf_counter() - start
    done = Message.objects.filter(status="sent").count()
    rate = done / spent
    return Row(f"Outbox, {name}: {rate:.0f} messages/s finished (≥ {least})", Cost(spent * 1000, 0, done))
