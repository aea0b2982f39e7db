"""`make test`: every check in order, the cheap ones first, pytest's own closing line last."""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from talentplatform.launch.browsers import ensure_chromium
from talentplatform.launch.children import die_with_parent
from talentplatform.launch.folders import ROOT, VAR, Folders, folders, private
from talentplatform.launch.servers import Postgres, Redis, environment_of

#: Modules are compiled once for all processes that tests start, whatever the shell says: with workers, web
#: processes and whole demos that is every second of their start.
COMPILED = {"PYTHONPYCACHEPREFIX": str(VAR / "bytecode"), "PYTHONDONTWRITEBYTECODE": ""}
TEST = {"DJANGO_SETTINGS_MODULE": "talentplatform.settings.test", **COMPILED}
#: The browser's loop runs in the thread of the tests, which Django would otherwise refuse.
BROWSER = {**TEST, "DJANGO_ALLOW_ASYNC_UNSAFE": "1"}
#: `check --deploy` looks at settings, it connects to nothing: any well-formed values do.
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "talentplatform.settings.production",
    "DJANGO_SECRET_KEY": "check-deploy-reads-this-and-nothing-is-signed-with-it-0123456789",
    "DJANGO_ALLOWED_HOSTS": "talent.example.org",
    "DJANGO_SITE_URL": "https://talent.example.org",
    "FIELD_ENCRYPTION_KEYS": "Y2hlY2stZGVwbG95LXNlYWxzLW5vdGhpbmcteHh4eHg=",
}


def pytest(python: str) -> list[str]:
    """The tests of one file share a process, so that a file may tell one story in order; files begin in
    the order of the collection, which tests/conftest.py arranges so that no long one comes last.
    """
    processes = os.environ.get("TEST_PROCESSES", "2")
    spread = ["-n", processes, "--dist", "loadfile", "--no-loadscope-reorder"]
    return [python, "-m", "pytest", "-q", *spread]


def steps() -> list[tuple[str, list[str], dict[str, str]]]:
    python = sys.executable
    manage = [python, "manage.py"]
    return [
        ("ruff", ["ruff", "check", "--quiet", "."], {}),
        ("ruff format", ["ruff", "format", "--quiet", "--check", "."], {}),
        ("import-linter", ["lint-imports"], TEST),
        ("mypy", ["mypy", "apps", "talentplatform"], TEST),
        ("messages", [*manage, "compile_messages"], TEST),
        ("makemigrations", [*manage, "makemigrations", "--check", "--dry-run"], TEST),
        ("check --deploy", [*manage, "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
        ("pytest", pytest(python), BROWSER),
    ]


def place_for_tests() -> Folders:
    """Their own servers and data, gone afterwards, so that a running demo is never touched."""
    if os.getuid() == 0:
        return folders("test")
    base = private(Path(tempfile.mkdtemp(prefix="talentplatform-test-")), os.getuid())
    return Folders(base, base, None, None)


def with_servers(commands: list[tuple[str, list[str], dict[str, str]]]) -> int:
    """Run the commands until one fails, with embedded servers unless the environment names others."""
    place = place_for_tests()
    postgres = None if os.environ.get("DATABASE_URL") else Postgres(place, fast=True)
    redis = None if os.environ.get("REDIS_URL") else Redis(place)
    servers = [server for server in (postgres, redis) if server is not None]
    try:
        for server in servers:
            server.start()
        env = environment_of(postgres, redis)
        for name, command, extra in commands:
            print(f"── {name}", flush=True)
            with_us = die_with_parent(signal.SIGTERM, os.getpid())
            code = subprocess.run(command, env={**env, **extra}, cwd=ROOT, preexec_fn=with_us).returncode
            if code:
                return code
        return 0
    finally:
        for server in reversed(servers):
            server.stop()


def run() -> int:
    os.environ["CHROMIUM"] = ensure_chromium()
    return with_servers(steps())


def bench() -> int:
    return with_servers([("bench", [sys.executable, "-m", "tests.bench"], TEST)])
