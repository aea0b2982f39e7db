"""Where the embedded servers keep their data and sockets.

As an ordinary user everything is under `var/`. PostgreSQL refuses to run as root, so for root its
data, its sockets and a copy of its programs are in one private folder of ours in the system's
temporary directory, owned by the user it runs as. No user is made and no other folder is touched.
"""

import os
import secrets
import shutil
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from talentplatform.launch.problems import Problem

ROOT = Path(__file__).resolve().parent.parent.parent
VAR = ROOT / "var"
LOGS = VAR / "logs"
#: "nobody": the user PostgreSQL runs as when we are root.
NOBODY = 65534
#: A unix socket's address has at most 107 bytes; ".s.PGSQL.5432.lock" is the longest name.
LONGEST_FOLDER = 107 - len("/.s.PGSQL.5432.lock")


@dataclass(frozen=True, slots=True)
class Folders:
    """`data` outlives a run, `sockets` does not matter afterwards; `as_user` is None for ourselves."""

    data: Path
    sockets: Path
    programs: Path | None
    as_user: int | None


def private(path: Path, owner: int) -> Path:
    """Make `path` a folder that only `owner` may enter, or refuse one that someone else laid there."""
    try:
        path.mkdir(mode=0o700, parents=True)
        os.chown(path, owner, owner if owner == NOBODY else -1)
    except FileExistsError:
        found = path.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (owner, os.getuid()):
            raise Problem(f"{path} belongs to someone else. Remove it, then start again.") from None
        path.chmod(0o700)
    return path


def shared_folder() -> Path:
    """The private folder in the temporary directory: one for each user and copy of the project.

    Its name is kept under `var/`, so that a new clone at an old address starts with new data.
    """
    name = VAR / "place"
    if not name.exists():
        name.parent.mkdir(parents=True, exist_ok=True)
        name.write_text(secrets.token_hex(5))
    mark = name.read_text().strip()
    if not mark.isalnum():
        raise Problem(f"{name} is damaged. Run `make reset`.")
    return Path(tempfile.gettempdir()) / f"talentplatform-{os.getuid()}-{mark}"


def folders(name: str) -> Folders:
    """`name` keeps the demo's servers and the tests' servers apart."""
    if os.getuid() == 0:
        base = private(private(shared_folder(), NOBODY) / name, NOBODY)
        return Folders(base, private(base / "s", NOBODY), shared_folder() / "programs", NOBODY)
    base = private(VAR / name, os.getuid())
    sockets = base / "s"
    if len(str(sockets)) > LONGEST_FOLDER:
        sockets = private(shared_folder(), os.getuid()) / name
    return Folders(base, private(sockets, os.getuid()), None, None)


def forget(name: str) -> None:
    for base in (VAR / name, shared_folder() / name):
        shutil.rmtree(base, ignore_errors=True)
