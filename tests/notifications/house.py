"""Workers as the supervisor starts them, a sink for their letters, and a bell to ring."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

from celery import Celery
from django.conf import settings
from django.db import connection

from tests.notifications.smtp_sink import SmtpSink

MOST_SECONDS = 60.0


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
