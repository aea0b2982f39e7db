"""How the web processes run, in the demo as in production."""

import gc
import multiprocessing
import os
from typing import Any

#: Sync workers: the cheapest way to serve pages that wait for nothing but PostgreSQL.
worker_class = "sync"
#: One more than the processors: PostgreSQL works beside them, and more only take turns.
workers = int(os.environ.get("WEB_CONCURRENCY", multiprocessing.cpu_count() + 1))
#: One copy of the code in memory; connections open after the fork, on first use.
preload_app = True
timeout = 30
graceful_timeout = 10
#: Longer than any address of ours, shorter than an attack.
limit_request_line = 4094
accesslog = None
errorlog = "-"
control_socket_disable = True


def when_ready(server: Any) -> None:
    """What was loaded before the fork is never garbage: workers need not walk through it again."""
    gc.collect()
    gc.freeze()


def post_fork(server: Any, worker: Any) -> None:
    """A page makes thousands of objects and few circles: look for circles ten times less often."""
    gc.set_threshold(7_000, 20, 20)
