"""What selection hears from the stages below."""

from apps.applications.events import ApplicationWithdrawn
from apps.events.registry import Heard, subscribe
from apps.selection.services import follow_withdrawal


def application_withdrawn(event: ApplicationWithdrawn, heard: Heard) -> None:
    follow_withdrawal(application_id=event.application_id, actor=heard.actor)


def listen() -> None:
    subscribe({ApplicationWithdrawn: [application_withdrawn]})
