"""Static files, migrations and sample records: whatever stands between the servers and a page."""

import hashlib
import json
import os
import signal
import subprocess
import sys

from talentplatform.launch.children import die_with_parent
from talentplatform.launch.folders import LOGS, ROOT, VAR
from talentplatform.launch.problems import Problem

SOURCES = ("apps", "talentplatform", "static", "locale")


def manage(env: dict[str, str], *arguments: str) -> subprocess.Popen[str]:
    """Begin `manage.py …`; `finish` waits for it."""
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.Popen(
        command,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=die_with_parent(signal.SIGTERM, os.getpid()),
    )


def finish(running: subprocess.Popen[str]) -> str:
    """What the command printed; its last line of complaint becomes the Problem."""
    printed, complaints = running.communicate()
    if running.returncode:
        (LOGS / "prepare.log").write_text(printed + complaints)
        lines = (complaints.strip() or printed.strip() or "no reason given").splitlines()
        asked = " ".join(map(str, running.args[2:]))  # type: ignore[index]
        raise Problem(f"`manage.py {asked}` failed: {lines[-1]} (see var/logs/prepare.log)")
    return printed


def digest(*folders: str) -> str:
    """Names, sizes and times of every file of the project's `folders`, and what is installed."""
    files = sorted(path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file())
    kept = [path for path in files if "__pycache__" not in path.parts]
    marks = [f"{path}:{path.stat().st_size}:{path.stat().st_mtime_ns}" for path in kept]
    marks.append((ROOT / "requirements.txt").read_text())
    return hashlib.sha256("\n".join(marks).encode()).hexdigest()


def prepare_once(env: dict[str, str], data_is_kept: bool) -> str:
    """`prepare`, unless this very code has prepared this very data before. Returns the sign-ins.

    A database that is not ours may have been changed by others, so it is always prepared. The
    digest is taken afterwards, because preparing compiles the message catalogues.
    """
    stamp = VAR / "prepared.json"
    if data_is_kept and stamp.exists():
        known = json.loads(stamp.read_text())
        if known["digest"] == digest(*SOURCES):
            return known["sign_ins"]
    stamp.unlink(missing_ok=True)
    sign_ins = prepare(env)
    stamp.write_text(json.dumps({"digest": digest(*SOURCES), "sign_ins": sign_ins}))
    return sign_ins


def prepare(env: dict[str, str]) -> str:
    """Bring static files and database up to date side by side; return the sample sign-ins to print."""
    stamp = VAR / "static.sha256"
    now = digest("static")
    collecting = None
    if not stamp.exists() or stamp.read_text() != now:
        stamp.unlink(missing_ok=True)
        collecting = manage(env, "collectstatic", "--noinput", "--clear", "-v0")
    sign_ins = finish(manage(env, "prepare_demo"))
    if collecting is not None:
        finish(collecting)
        stamp.write_text(now)
    return sign_ins
