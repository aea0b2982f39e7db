"""`python -m tests.bench`: every measurement, in a database of its own that goes away afterwards.

With the names of modules, these only: `python -m tests.bench readers`.
"""

import logging
import sys

import django
from django.test.utils import (
    setup_databases,
    setup_test_environment,
    teardown_databases,
    teardown_test_environment,
)

django.setup()

from tests.bench import (  # noqa: E402  after the set-up above
    assigning,
    cohort,
    figures,
    outbox,
    public_pages,
    readers,
    slow_link,
    staff_lists,
    workbench,
)

MEASUREMENTS = {
    module.__name__.rpartition(".")[2]: module
    for module in (
        public_pages,
        slow_link,
        staff_lists,
        readers,
        assigning,
        cohort,
        workbench,
        outbox,
        figures,
    )
}
HEAD = f"{'CPU in ms for one request':<50} {'both':>9} {'web':>9} {'database':>9} {'queries':>8}  at most"


def main() -> None:
    wanted = [MEASUREMENTS[name] for name in sys.argv[1:] or MEASUREMENTS]
    logging.disable(logging.WARNING)
    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    print(HEAD)
    try:
        for module in wanted:
            for row in module.rows():
                print(row, flush=True)
    finally:
        teardown_databases(databases, verbosity=0)
        teardown_test_environment()


main()
