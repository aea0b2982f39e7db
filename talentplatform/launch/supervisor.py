"""Keeps the platform's processes running until someone says stop, then stops every one of them."""

import logging
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from talentplatform.launch.children import spawn, stop
from talentplatform.launch.problems import Problem

logger = logging.getLogger(__name__)

#: A process that ends sooner than this after its start has failed; three in a row stop everything.
SOON = 5.0
MOST_FAILURES = 3


@dataclass
class Process:
    """One program of the platform. `goodbye` makes it stop cleanly."""

    name: str
    command: Sequence[str]
    log: Path
    pass_fds: Sequence[int] = ()
    goodbye: signal.Signals = signal.SIGTERM
    child: subprocess.Popen[bytes] | None = field(default=None, init=False)
    started: float = field(default=0.0, init=False)
    failures: int = field(default=0, init=False)

    def start(self, env: Mapping[str, str]) -> None:
        self.started = time.monotonic()
        with self.log.open("ab") as log:
            self.child = spawn(self.command, log=log, env=env, goodbye=self.goodbye, pass_fds=self.pass_fds)


class Supervisor:
    """`servers` are stopped last and never restarted: without its data the platform cannot go on."""

    def __init__(self, servers: Sequence, env: Mapping[str, str]) -> None:
        self.processes: list[Process] = []
        self.servers = servers
        self.env = env
        self.asked_to_stop = threading.Event()

    def listen_for_signals(self) -> None:
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, self._on_signal)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self.asked_to_stop.set()

    def start(self, *processes: Process) -> None:
        for process in processes:
            self.processes.append(process)
            process.start(self.env)

    def watch(self) -> None:
        """Restart what ends by itself, until asked to stop or until restarting does not help."""
        while not self.asked_to_stop.wait(0.5):
            for server in self.servers:
                if server.child is not None and server.child.poll() is not None:
                    raise Problem(f"{type(server).__name__} has ended. See {server.log}.")
            for process in self.processes:
                if process.child is not None and process.child.poll() is not None:
                    self._again(process)

    def _again(self, process: Process) -> None:
        lived = time.monotonic() - process.started
        process.failures = process.failures + 1 if lived < SOON else 1
        if process.failures >= MOST_FAILURES:
            raise Problem(f"{process.name} ends again and again. See {process.log}.")
        logger.warning("%s ended and is started again", process.name)
        process.start(self.env)

    def stop(self) -> None:
        """Clock first, then workers, then web, then the servers they talk to."""
        for process in reversed(self.processes):
            if process.child is not None and process.child.poll() is None:
                process.child.send_signal(process.goodbye)
        for process in reversed(self.processes):
            if process.child is not None:
                stop(process.child, process.goodbye)
        for server in reversed(self.servers):
            server.stop()
