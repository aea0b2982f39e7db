"""`python -m talentplatform.launch demo|test|bench|reset`."""

import logging
import os
import signal
import sys

from talentplatform.launch import checks, demo
from talentplatform.launch.children import follow_own_parent
from talentplatform.launch.problems import Problem, from_os_error

COMMANDS = {
    "demo": lambda: demo.run(os.environ.get("PORT", "8000")),
    "reset": demo.reset,
    "test": checks.run,
    "bench": checks.bench,
}


def listen_for_signals() -> None:
    """Every wish to stop is an exception. A shell ignores Ctrl-C for what it runs behind: we do not."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for wish in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(wish, lambda number, frame: sys.exit(128 + number))


def main() -> int:
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    follow_own_parent()
    listen_for_signals()
    try:
        return COMMANDS[sys.argv[1]]() or 0
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except OSError as error:
        problem = from_os_error(error)
    except Problem as found:
        problem = found
    print(f"Cannot go on: {problem}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
