"""One demo at a time in one project folder."""

import fcntl
import os
from pathlib import Path

from talentplatform.launch.problems import Problem


def hold(path: Path) -> int:
    """Lock `path` for the life of this process; a second start is told who holds it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.read(descriptor, 20).decode() or "another process"
        os.close(descriptor)
        raise Problem(f"it is running already (process {holder}). Stop it first with Ctrl-C.") from None
    os.ftruncate(descriptor, 0)
    os.write(descriptor, str(os.getpid()).encode())
    return descriptor
