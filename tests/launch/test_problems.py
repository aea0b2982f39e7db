"""Machines that cannot run the platform are told what to do, in one line."""

import errno
import importlib.util
from collections import namedtuple
from pathlib import Path

import pytest

from talentplatform.launch import bootstrap, servers
from talentplatform.launch.folders import private
from talentplatform.launch.problems import Problem, from_os_error

Usage = namedtuple("Usage", "total used free")


def test_a_python_without_venv_names_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)

    with pytest.raises(SystemExit, match="apt-get install python3-venv"):
        bootstrap.check_machine()


def test_a_nearly_full_disk_stops_before_anything_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap.shutil, "disk_usage", lambda path: Usage(10**9, 10**9, 5_000_000))

    with pytest.raises(SystemExit, match="the disk is nearly full"):
        bootstrap.check_machine()


@pytest.mark.parametrize(
    "words",
    [
        "initdb: error: could not write file: No space left on device",
        "ERROR: could not extend file: wrote only 4096 of 8192 bytes\nHINT:  Check free disk space.",
    ],
)
def test_a_server_that_finds_the_disk_full_says_so_without_its_own_words(words: str) -> None:
    problem = servers._explain("initdb", words)

    assert str(problem) == "the disk is full. Free some space, then start again."
    assert str(from_os_error(OSError(errno.ENOSPC, "No space left on device", "x"))) == str(problem)


def test_a_folder_laid_by_someone_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")

    with pytest.raises(Problem, match="belongs to someone else"):
        private(tmp_path / "file", owner=12345)
