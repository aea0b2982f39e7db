"""From a bare Python to an installed project, then on to the asked command in the same process.

Standard library only: it runs before anything is installed. Every failure is one line that says
what to do. The same process goes on (exec), so a signal to `make`'s child reaches the supervisor.
"""

import ctypes
import hashlib
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "installed.sha256"
#: What the installation and a first start need, and what a start needs when all is installed.
LEAST_FREE_BYTES, LEAST_FREE_INSTALLED = 900 * 1024 * 1024, 300 * 1024 * 1024
REQUIREMENTS = {"demo": "requirements.txt", "test": "requirements-dev.txt", "bench": "requirements-dev.txt"}


def stop(problem: str) -> None:
    sys.exit(f"Cannot start: {problem}")


def digest(names: list[str]) -> str:
    content = b"".join((ROOT / name).read_bytes() for name in names)
    return hashlib.sha256(content + sys.version.encode()).hexdigest()


def is_installed(requirements: str) -> bool:
    """The development requirements include the others, so either stamp will do for the demo."""
    if not STAMP.exists() or not (VENV / "bin" / "python").exists():
        return False
    good = {digest([requirements]), digest(["requirements-dev.txt"])}
    return STAMP.read_text() in good


def check_machine() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036  the system's Python may be older than the project's
        stop(f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}. Install python3.11.")
    if not VENV.exists() and importlib.util.find_spec("ensurepip") is None:
        stop("this Python cannot make virtual environments. Run: apt-get install python3-venv")
    least = LEAST_FREE_INSTALLED if STAMP.exists() else LEAST_FREE_BYTES
    if shutil.disk_usage(ROOT).free < least:
        stop(f"the disk is nearly full. Free {least // 1024**2} MB in the project's folder.")


def follow_parent() -> None:
    """Ask the kernel for SIGTERM when our parent is gone: a killed `make` leaves no installer behind."""
    ctypes.CDLL(None).prctl(1, int(signal.SIGTERM), 0, 0, 0)


def run(*command: str | Path, quiet: bool = False) -> bool:
    environment = {**os.environ, "VIRTUAL_ENV": str(VENV)}
    pipe = subprocess.PIPE if quiet else None
    parts = [str(part) for part in command]
    done = subprocess.run(parts, env=environment, stdout=pipe, stderr=pipe, preexec_fn=follow_parent)
    return done.returncode == 0


def install(requirements: str) -> None:
    """uv takes seconds; pip, with the same hashes, a minute. Both refuse a file that was changed."""
    python = VENV / "bin" / "python"
    if not python.exists() and not run(sys.executable, "-m", "venv", VENV, quiet=True):
        shutil.rmtree(VENV, ignore_errors=True)
        stop("the virtual environment could not be made. Run: apt-get install python3-venv")
    print(f"Installing {requirements} …", flush=True)
    STAMP.unlink(missing_ok=True)
    pip: list[str | Path] = [
        python,
        "-m",
        "pip",
        "install",
        "-q",
        "--disable-pip-version-check",
        "--require-hashes",
        "-r",
    ]
    with_uv = run(*pip, ROOT / "requirements-uv.txt", quiet=True) and run(
        VENV / "bin" / "uv", "pip", "install", "-q", "--require-hashes", "-r", ROOT / requirements, quiet=True
    )
    if not with_uv and not run(*pip, ROOT / requirements):
        stop("the requirements could not be installed. Check the network and the free disk space above.")
    STAMP.write_text(digest([requirements]))


def main(command: str) -> None:
    if command == "reset" and not (VENV / "bin" / "python").exists():
        shutil.rmtree(ROOT / "var", ignore_errors=True)
        return
    if command != "reset":
        check_machine()
        requirements = REQUIREMENTS[command]
        if not is_installed(requirements):
            install(requirements)
    os.chdir(ROOT)
    python = str(VENV / "bin" / "python")
    os.environ["PATH"] = f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    os.execv(python, [python, "-m", "talentplatform.launch", command])


if __name__ == "__main__":
    follow_parent()
    try:
        main(sys.argv[1])
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        stop(f"{error.strerror} ({error.filename}).")
