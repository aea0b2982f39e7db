"""What the worker does when the bell rings, and what beat asks for."""

from celery import shared_task

from apps.events.services import beat as write_heartbeat
from apps.events.services import run_due_deliveries


@shared_task(name="apps.events.tasks.drain_deliveries")
def drain_deliveries() -> int:
    return run_due_deliveries()


@shared_task(name="apps.events.tasks.beat")
def beat() -> None:
    write_heartbeat(name="worker")
