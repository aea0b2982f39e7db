"""A copy of the project in an empty folder, started as a person would start it."""

import contextlib
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from talentplatform.launch.folders import ROOT

LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "var", "media", "node_modules", "__pycache__", ".*_cache")
#: What `make test` sets for the suite and a person's shell does not have.
NOT_THEIRS = re.compile("DATABASE|REDIS|CELERY|DJANGO|TEST_|PYTEST|CHROMIUM|MAKE|PORT$")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Project:
    """`mark` is in the environment of every process that `make` starts, and of nothing else."""

    root: Path
    mark: str = field(default_factory=lambda: f"started_by={secrets.token_hex(8)}")
    port: int = field(default_factory=free_port)
    running: subprocess.Popen[str] | None = None
    printed: str = ""

    def make(self, target: str, **environment: str) -> subprocess.Popen[str]:
        kept = {name: value for name, value in os.environ.items() if not NOT_THEIRS.search(name)}
        name, value = self.mark.split("=")
        return subprocess.Popen(
            ["make", target],
            cwd=self.root,
            env={**kept, name: value, "PORT": str(self.port), "PYTHON": sys.executable, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def demo(self) -> None:
        """Start and read until the address is printed. Fails with what was printed instead."""
        self.running = self.make("demo")
        lines = []
        for line in self.running.stdout:
            lines.append(line)
            if line.startswith("Ctrl-C"):
                self.printed = "".join(lines)
                return
        pytest.fail("".join(lines))

    def refused(self, **environment: str) -> str:
        """What `make demo` prints when it cannot start."""
        done = self.make("demo", **environment)
        printed, _ = done.communicate(timeout=60)
        assert done.returncode != 0
        return printed

    def get(self, path: str) -> tuple[int, str]:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
            return answer.status, answer.read().decode()

    def processes(self) -> list[int]:
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if self.mark.encode() in (process / "environ").read_bytes():
                    found.append(int(process.name))
        return found

    def launcher(self) -> int:
        """The process under `make` that starts all the others."""
        return int((self.root / "var" / "demo.lock").read_text())

    def data_folder(self) -> Path:
        if os.getuid():
            return self.root / "var" / "demo"
        mark = (self.root / "var" / "place").read_text().strip()
        return Path(tempfile.gettempdir()) / f"talentplatform-0-{mark}" / "demo"

    def wait_until_nothing_is_left(self, seconds: float = 20) -> None:
        deadline = time.monotonic() + seconds
        while left := self.processes():
            assert time.monotonic() < deadline, [Path(f"/proc/{pid}/cmdline").read_text() for pid in left]
            time.sleep(0.1)
        self.running.communicate(timeout=60)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    root = tmp_path_factory.mktemp("clone") / "platform"
    shutil.copytree(ROOT, root, ignore=LEFT_OUT)
    (root / ".venv").symlink_to(sys.prefix)
    made = Project(root)
    yield made
    for pid in made.processes():
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    if made.running is not None:
        made.running.communicate(timeout=60)
    made.make("reset").communicate(timeout=60)


@pytest.fixture
def running(project: Project) -> Project:
    """The demo, started unless an earlier test left it running."""
    if project.running is None or project.running.poll() is not None:
        project.demo()
    return project
