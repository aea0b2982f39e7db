"""The bell: one cheap Celery message that says "look at the table". Losing it costs only delay."""

import logging
import time

from celery import current_app
from django.db import transaction

logger = logging.getLogger(__name__)

#: At most this many bells a second leave one process: the table is the queue, not the bell.
BELLS_A_SECOND = 5
_last_rung: dict[str, float] = {}


def ring(task_name: str) -> None:
    """Ask a worker to drain. Never raises: the sweep finds what a lost bell would have told."""
    now = time.monotonic()
    if now - _last_rung.get(task_name, 0.0) < 1 / BELLS_A_SECOND:
        return
    _last_rung[task_name] = now
    try:
        current_app.send_task(task_name, queue="bell", retry=False, expires=30)
    except Exception:  # the broker may be away in any way; PostgreSQL remembers
        logger.warning("bell for %s not rung: the broker is away", task_name)


def ring_on_commit(task_name: str) -> None:
    """Ring once the transaction has committed. A nested function, not a partial: see the ADR."""

    def ring_now() -> None:
        ring(task_name)

    transaction.on_commit(ring_now, robust=True)
