"""What becomes a message, to whom, and which template tells it: one table for each kind of reader."""

from apps.events.registry import subscribe
from apps.notifications.subscriptions import applicants, deciding, guarantors, helping, participants


def listen() -> None:
    for room in (applicants, helping, guarantors, deciding, participants):
        subscribe(room.HEARD)
