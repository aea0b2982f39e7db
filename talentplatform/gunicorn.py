"""How the web processes run, in the demo as in production."""

import multiprocessing
import os

#: Sync workers: the cheapest way to serve pages that wait for nothing but PostgreSQL.
worker_class = "sync"
workers = int(os.environ.get("WEB_CONCURRENCY", 2 * multiprocessing.cpu_count() + 1))
#: One copy of the code in memory; connections open after the fork, on first use.
preload_app = True
timeout = 30
graceful_timeout = 10
#: Longer than any address of ours, shorter than an attack.
limit_request_line = 4094
accesslog = None
errorlog = "-"
control_socket_disable = True
