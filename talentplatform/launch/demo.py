"""`make demo`: the production processes, on servers of our own, with something to look at."""

import json
import logging
import os
import shutil
import socket
import sys
import time
import urllib.request

from talentplatform.launch.folders import LOGS, VAR, folders, forget
from talentplatform.launch.locks import hold
from talentplatform.launch.preparing import prepare_once
from talentplatform.launch.problems import DISK_IS_FULL, Problem
from talentplatform.launch.secrets_file import keep_secrets
from talentplatform.launch.servers import Postgres, Redis, disk_was_full, environment_of
from talentplatform.launch.supervisor import Process, Supervisor

logger = logging.getLogger(__name__)


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


def keeps_data(servers: list) -> bool:
    """Whether nobody but this demo can have touched the data since it last ran."""
    return any(isinstance(server, Postgres) and not server.is_new for server in servers)


def environment(servers: list, port: str) -> dict[str, str]:
    by_type = {type(server): server for server in servers}
    found = environment_of(by_type.get(Postgres), by_type.get(Redis))
    for name, value in keep_secrets(VAR / "secrets.env").items():
        found.setdefault(name, value)
    found["DJANGO_SETTINGS_MODULE"] = "talentplatform.settings.demo"
    found.setdefault("DJANGO_SITE_URL", f"http://localhost:{port}")
    return found


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


def wait_for_first_page(port: str, web: Process, supervisor: Supervisor) -> None:
    address = f"http://127.0.0.1:{port}/health/live"
    deadline = time.monotonic() + 60
    while not supervisor.asked_to_stop.is_set():
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                json.load(answer)
                return
        except OSError:
            ended = web.child is not None and web.child.poll() is not None
            if ended or time.monotonic() > deadline:
                raise Problem(f"the web server did not start. See {web.log}.") from None
            time.sleep(0.1)


def announce(port: str, sign_ins: str) -> None:
    address = f"http://localhost:{port}/"
    print(f"\nThe talent platform is at {address}\n\n{sign_ins}\nCtrl-C stops it.", flush=True)


def run(port: str) -> None:
    """Until the first process runs, a signal ends us at once (an exception); then it is a wish to stop."""
    LOGS.mkdir(parents=True, exist_ok=True)
    lock = hold(VAR / "demo.lock")
    listener = bind(port)
    servers: list = []
    supervisor = Supervisor(servers, {})
    try:
        servers.extend(start_servers())
        supervisor.env = environment(servers, port)
        sign_ins = prepare_once(dict(supervisor.env), keeps_data(servers))
        supervisor.listen_for_signals()
        web, *others = processes(listener)
        supervisor.start(web)
        wait_for_first_page(port, web, supervisor)
        supervisor.start(*others)
        announce(port, sign_ins)
        supervisor.watch()
    except Problem:
        if any(disk_was_full(server) for server in servers):
            raise Problem(DISK_IS_FULL) from None
        raise
    finally:
        supervisor.listen_for_signals()  # impatience must not leave half of them running
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
