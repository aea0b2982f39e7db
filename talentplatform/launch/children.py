"""Processes that never outlive us: own session, and a signal from the kernel when we die."""

import ctypes
import os
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)


def die_with_parent(wanted: signal.Signals, parent: int) -> Callable[[], None]:
    """For `preexec_fn`: ask the kernel for `wanted` when the parent dies, or go if it is dead already."""

    def ask() -> None:
        _libc.prctl(PR_SET_PDEATHSIG, int(wanted), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return ask


def follow_own_parent() -> None:
    """When `make` is killed, we stop as if asked to: SIGTERM."""
    _libc.prctl(PR_SET_PDEATHSIG, int(signal.SIGTERM), 0, 0, 0)


def identity(as_user: int | None) -> dict[str, Any]:
    """What `subprocess` needs to run something as another user, without that user's groups."""
    return {} if as_user is None else {"user": as_user, "group": as_user, "extra_groups": [], "cwd": "/"}


def spawn(
    command: Sequence[str | Path],
    *,
    log: IO[bytes],
    env: Mapping[str, str] | None = None,
    as_user: int | None = None,
    goodbye: signal.Signals = signal.SIGTERM,
    pass_fds: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    """Start `command`; `goodbye` is the signal that makes this program stop quickly and cleanly."""
    return subprocess.Popen(
        [str(part) for part in command],
        env=dict(env) if env is not None else None,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=die_with_parent(goodbye, os.getpid()),
        pass_fds=pass_fds,
        **identity(as_user),
    )


def stop(child: subprocess.Popen[bytes], goodbye: signal.Signals, seconds: float = 10) -> None:
    """Ask, wait, then end the whole session: nothing it started stays behind."""
    if child.poll() is None:
        child.send_signal(goodbye)
        try:
            child.wait(seconds)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
