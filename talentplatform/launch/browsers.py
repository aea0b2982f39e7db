"""Chromium for the browser journeys."""

import os
import shutil
import subprocess

from talentplatform.launch.problems import Problem

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
WANTED = "Chromium is missing. Run: apt-get install chromium (or set CHROMIUM to its path)"


def find_chromium() -> str | None:
    named = os.environ.get("CHROMIUM")
    if named:
        return named if shutil.which(named) else None
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def ensure_chromium() -> str:
    """The path of Chromium; root installs the package, others are told its name."""
    if found := find_chromium():
        return found
    if os.getuid() != 0 or not shutil.which("apt-get"):
        raise Problem(WANTED)
    print("Installing Chromium …", flush=True)
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=env, stdout=subprocess.DEVNULL)
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]
    done = subprocess.run(install, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    found = find_chromium()
    if done.returncode or not found:
        raise Problem(f"{WANTED}. {done.stderr.strip()[-200:]}")
    return found
