"""`make demo` on a fresh copy: it starts, it says what is wrong in one line, it leaves nothing behind.

The tests run in this order in one process: the first makes the data, the last forgets it.
"""

import json
import os
import signal
import socket
import time
from pathlib import Path

import pytest

from tests.launch.conftest import Project

pytestmark = pytest.mark.faults


def ready(project: Project) -> dict[str, object]:
    """`/health/ready`, once the worker's first heartbeat has been heard."""
    deadline = time.monotonic() + 30
    while True:
        try:
            status, body = project.get("/health/ready")
        except OSError:
            assert time.monotonic() < deadline
            time.sleep(0.3)
        else:
            assert status == 200
            return json.loads(body)


def prepares(project: Project) -> bool:
    return any(b"prepare_demo" in Path(f"/proc/{pid}/cmdline").read_bytes() for pid in project.processes())


@pytest.mark.parametrize("wish", [signal.SIGINT, signal.SIGKILL])
def test_a_start_stopped_while_it_prepares_leaves_nothing_behind(
    project: Project, wish: signal.Signals
) -> None:
    project.running = project.make("demo")
    deadline = time.monotonic() + 120
    while not prepares(project):
        assert time.monotonic() < deadline
        time.sleep(0.1)

    os.kill(project.launcher(), wish)

    project.wait_until_nothing_is_left()


def test_a_fresh_copy_starts_and_prints_where_and_whom(running: Project) -> None:
    assert f"http://localhost:{running.port}/" in running.printed
    assert all(role in running.printed for role in ("coordinator", "reviewer", "funder", "administrator"))
    assert running.get("/health/live")[0] == 200
    assert ready(running)
    assert "Data skills for work" in running.get("/en/programs/")[1]


def test_a_second_demo_in_the_same_folder_is_told_who_runs(running: Project) -> None:
    printed = running.refused(PORT=str(running.port + 1))

    assert f"it is running already (process {running.launcher()})" in printed
    assert "Traceback" not in printed


def test_ctrl_c_ends_every_process(running: Project) -> None:
    assert len(running.processes()) > 6

    os.killpg(running.running.pid, signal.SIGINT)

    running.wait_until_nothing_is_left()


@pytest.mark.parametrize("victim", ["make", "launcher"])
def test_a_killed_parent_leaves_no_process_behind(running: Project, victim: str) -> None:
    os.kill(running.running.pid if victim == "make" else running.launcher(), signal.SIGKILL)

    running.wait_until_nothing_is_left()


def test_a_busy_port_and_a_word_for_a_port_are_one_line(project: Project) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        busy = str(taken.getsockname()[1])

        printed = project.refused(PORT=busy)

    assert f"Cannot go on: port {busy} cannot be used (Address already in use). Try: PORT=8123" in printed
    assert "'eighty' is not a port number" in project.refused(PORT="eighty")
    assert "Traceback" not in printed


def test_data_of_another_postgresql_is_left_alone_and_named(project: Project) -> None:
    marker = project.data_folder() / "postgres" / "PG_VERSION"
    now = marker.read_text()
    marker.write_text("13\n")

    printed = project.refused()

    assert "was made by PostgreSQL 13, this is" in printed
    assert "Run `make reset` to start afresh" in printed
    assert "Traceback" not in printed
    marker.write_text(now)


def test_reset_forgets_the_data(project: Project) -> None:
    data = project.data_folder()
    assert (data / "postgres").exists()

    done = project.make("reset")
    done.communicate(timeout=60)

    assert done.returncode == 0
    assert not data.exists()
