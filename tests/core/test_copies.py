"""Copies of a thing in processes of their own: answers in order, errors passed on, none outlives its owner."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from apps.core.copies import CopyEnded, copies_of


class Counter:
    """What it is asked to do it does in whatever process it is."""

    def __init__(self, start: int) -> None:
        self.start = start

    def plus(self, number: int) -> tuple[int, int]:
        time.sleep(0.05)
        print("a library says something")  # noqa: T201  it must not be taken for an answer
        return self.start + number, os.getpid()

    def divided_by(self, number: int) -> float:
        return self.start / number

    def end(self, _number: int) -> None:
        os.kill(os.getpid(), signal.SIGKILL)


def is_running(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rsplit(") ", 1)[1][0] != "Z"


def test_answers_come_in_the_order_of_the_questions_and_from_several_processes() -> None:
    with copies_of(Counter(10), 2) as copies:
        answers = copies.ask("plus", range(6))

    assert [answer for answer, _pid in answers] == [10, 11, 12, 13, 14, 15]
    pids = {pid for _answer, pid in answers}
    assert len(pids) == 2
    assert os.getpid() not in pids
    assert not any(is_running(pid) for pid in pids)


def test_an_error_is_raised_where_the_question_came_from_and_the_copy_goes_on() -> None:
    with copies_of(Counter(10), 1) as copies:
        with pytest.raises(ZeroDivisionError):
            copies.ask("divided_by", [5, 0])

        assert copies.ask("divided_by", [5]) == [2]


def test_a_copy_that_ends_is_an_error_and_not_an_answer() -> None:
    with copies_of(Counter(10), 1) as copies, pytest.raises(CopyEnded, match="-9"):
        copies.ask("end", [0])


def test_a_copy_that_has_ended_before_is_an_error_too() -> None:
    with copies_of(Counter(10), 1) as copies:
        pid = copies.ask("plus", [0])[0][1]
        os.kill(pid, signal.SIGKILL)
        with pytest.raises(CopyEnded):
            copies.ask("plus", ["x" * 10_000_000])


def test_no_question_starts_no_trouble() -> None:
    with copies_of(Counter(10), 1) as copies:
        assert copies.ask("plus", []) == []


#: Says the number of its copy's process, and never comes to its end.
OWNER = """
import sys, time
from apps.core.copies import copies_of
from tests.core.test_copies import Counter

with copies_of(Counter(0), 1) as copies:
    print(copies.ask("plus", [0])[0][1], flush=True)
    time.sleep(60)
"""


def test_a_copy_ends_with_its_owner() -> None:
    owner = subprocess.Popen([sys.executable, "-c", OWNER], stdout=subprocess.PIPE, text=True)
    with owner:
        assert owner.stdout is not None
        pid = int(owner.stdout.readline())
        assert is_running(pid)
        owner.kill()
    for _try in range(100):
        if not is_running(pid):
            return
        time.sleep(0.05)
    pytest.fail(f"{pid} still runs")
