"""What becomes a message, to whom, and which template tells it: one table for each kind of reader."""

from apps.events.registry import subscribe
from apps.notifications.subscriptions import applicants, deciding, guarantors, participants


def listen() -> None:
    for room in (applicants, guarantors, deciding, participants):
        subscribe(room.HEARD)
