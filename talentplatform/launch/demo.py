"""`make demo`: the production processes, on servers of our own, with something to look at."""

import hashlib
import json
import logging
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

from talentplatform.launch.folders import ROOT, folders, forget
from talentplatform.launch.locks import hold
from talentplatform.launch.problems import Problem
from talentplatform.launch.secrets_file import keep_secrets
from talentplatform.launch.servers import Postgres, Redis, environment_of
from talentplatform.launch.supervisor import Process, Supervisor

logger = logging.getLogger(__name__)
VAR = ROOT / "var"
LOGS = VAR / "logs"


def bind(port: str) -> socket.socket:
    """Take the port before anything else starts; gunicorn inherits it, so nobody can slip between."""
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise Problem(f"{port!r} is not a port number. For example: PORT=8123 make demo")
    host = os.environ.get("HOST", "127.0.0.1")
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, int(port)))
    except OSError as error:
        raise Problem(f"port {port} cannot be used ({error.strerror}). Try: PORT=8123 make demo") from None
    listener.listen(256)
    listener.set_inheritable(True)
    return listener


def start_servers() -> list:
    """The embedded servers, unless the environment names others."""
    place = folders("demo")
    servers: list = []
    if not os.environ.get("DATABASE_URL"):
        servers.append(Postgres(place))
    if not os.environ.get("REDIS_URL"):
        servers.append(Redis(place))
    for index, server in enumerate(servers):
        try:
            server.start()
        except BaseException:
            for started in servers[: index + 1]:
                started.stop()
            raise
    return servers


def environment(servers: list, port: str) -> dict[str, str]:
    by_type = {type(server): server for server in servers}
    found = environment_of(by_type.get(Postgres), by_type.get(Redis))
    for name, value in keep_secrets(VAR / "secrets.env").items():
        found.setdefault(name, value)
    found["DJANGO_SETTINGS_MODULE"] = "talentplatform.settings.demo"
    found.setdefault("DJANGO_SITE_URL", f"http://localhost:{port}")
    return found


def manage(env: dict[str, str], *arguments: str) -> subprocess.Popen[str]:
    """Begin `manage.py …`; `finish` waits for it."""
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def finish(running: subprocess.Popen[str]) -> str:
    """What the command printed; its last line of complaint becomes the Problem."""
    printed, complaints = running.communicate()
    if running.returncode:
        (LOGS / "prepare.log").write_text(printed + complaints)
        lines = (complaints.strip() or printed.strip() or "no reason given").splitlines()
        asked = " ".join(map(str, running.args[2:]))  # type: ignore[index]
        raise Problem(f"`manage.py {asked}` failed: {lines[-1]} (see var/logs/prepare.log)")
    return printed


def processes(listener: socket.socket) -> list[Process]:
    """What production runs, word for word; only the address of the web server is handed over."""
    python = sys.executable
    celery = [python, "-m", "celery", "-A", "talentplatform", "--quiet"]
    web = [python, "-m", "gunicorn", "-c", "python:talentplatform.gunicorn", "talentplatform.wsgi"]
    return [
        Process(
            "web",
            [*web, "--bind", f"fd://{listener.fileno()}"],
            LOGS / "web.log",
            pass_fds=[listener.fileno()],
        ),
        Process(
            "worker",
            [*celery, "worker", "-Q", "bell,default", "-c", "2", "-l", "warning", "--without-gossip"],
            LOGS / "worker.log",
        ),
        Process(
            "beat",
            [*celery, "beat", "-l", "warning", "-s", str(VAR / "celerybeat"), "--pidfile="],
            LOGS / "beat.log",
        ),
    ]


def static_digest() -> str:
    """Names, sizes and times of everything collectstatic would look at."""
    files = sorted(path for path in (ROOT / "static").rglob("*") if path.is_file())
    marks = [f"{path}:{path.stat().st_size}:{path.stat().st_mtime_ns}" for path in files]
    marks.append((ROOT / "requirements.txt").read_text())
    return hashlib.sha256("\n".join(marks).encode()).hexdigest()


def prepare(env: dict[str, str]) -> str:
    """Bring static files and database up to date side by side; return the sample sign-ins to print."""
    stamp = VAR / "static.sha256"
    digest = static_digest()
    collecting = None
    if not stamp.exists() or stamp.read_text() != digest:
        stamp.unlink(missing_ok=True)
        collecting = manage(env, "collectstatic", "--noinput", "--clear", "-v0")
    sign_ins = finish(manage(env, "prepare_demo"))
    if collecting is not None:
        finish(collecting)
        stamp.write_text(digest)
    return sign_ins


def wait_for_first_page(port: str, supervisor: Supervisor) -> None:
    address = f"http://127.0.0.1:{port}/health/live"
    deadline = time.monotonic() + 60
    while not supervisor.asked_to_stop.is_set():
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                json.load(answer)
                return
        except OSError:
            if time.monotonic() > deadline:
                raise Problem(f"no page came within a minute. See {LOGS / 'web.log'}.") from None
            time.sleep(0.1)


def announce(port: str, sign_ins: str) -> None:
    address = f"http://localhost:{port}/"
    print(f"\nThe talent platform is at {address}\n\n{sign_ins}\nCtrl-C stops it.", flush=True)


def run(port: str) -> None:
    LOGS.mkdir(parents=True, exist_ok=True)
    lock = hold(VAR / "demo.lock")
    listener = bind(port)
    servers: list = []
    supervisor = Supervisor([], servers, {})
    supervisor.listen_for_signals()
    try:
        servers.extend(start_servers())
        supervisor.env = environment(servers, port)
        sign_ins = prepare(dict(supervisor.env))
        if supervisor.asked_to_stop.is_set():
            return
        supervisor.processes = processes(listener)
        supervisor.start()
        wait_for_first_page(port, supervisor)
        announce(port, sign_ins)
        supervisor.watch()
    finally:
        supervisor.stop()
        listener.close()
        os.close(lock)


def reset() -> None:
    lock = hold(VAR / "demo.lock")
    for name in ("demo", "test", "programs"):
        forget(name)
    for path in VAR.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name != "demo.lock":
            path.unlink()
    os.close(lock)
    print("The demo's data is gone. `make demo` starts afresh.")
