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


def main() -> int:
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    follow_own_parent()
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
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
