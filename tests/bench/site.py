"""The web processes as production runs them, and what they and their database connections spend."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.test import override_settings

from tests.bench.measure import TICK, ticks
from tests.notifications.house import database_url

KEYS = {
    "DJANGO_SECRET_KEY": "only-for-measuring-" + "x" * 50,
    "FIELD_ENCRYPTION_KEYS": "dGVzdC1rZXktdGVzdC1rZXktdGVzdC1rZXktMTIzNCE=",
    "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
}


class Site:
    def __init__(self, address: tuple[str, int], master: int) -> None:
        self.address = address
        self.master = master

    def spent(self) -> tuple[float, float]:
        """Milliseconds of processor time so far: the web workers', and their database processes'."""
        workers = Path(f"/proc/{self.master}/task/{self.master}/children").read_text().split()
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            database = [pid for (pid,) in cursor.fetchall()]
        return sum(map(ticks, workers)) * TICK, sum(map(ticks, database)) * TICK


@contextmanager
def running_site() -> Iterator[Site]:
    """gunicorn with production's settings on the measurement's own database."""
    with tempfile.TemporaryDirectory() as static, socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(256)
        with override_settings(
            STATIC_ROOT=static,
            STORAGES={"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}},
        ):
            call_command("collectstatic", interactive=False, verbosity=0)
        env = {**os.environ, **KEYS, "DATABASE_URL": database_url(), "DJANGO_STATIC_ROOT": static}
        gunicorn = [sys.executable, "-m", "gunicorn", "-c", "python:talentplatform.gunicorn"]
        child = subprocess.Popen(
            [*gunicorn, "talentplatform.wsgi", "--bind", f"fd://{listener.fileno()}", "--log-level", "error"],
            env=env,
            pass_fds=[listener.fileno()],
        )
        try:
            _wait(listener.getsockname())
            yield Site(listener.getsockname(), child.pid)
        finally:
            child.terminate()
            child.wait()


def _wait(address: tuple[str, int]) -> None:
    with socket.create_connection(address, timeout=60) as probe:
        probe.sendall(b"GET /health/live HTTP/1.0\r\nHost: localhost\r\n\r\n")
        assert probe.recv(12).endswith(b"200")
    time.sleep(0.5)
