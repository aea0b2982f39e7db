"""What applying hears from itself: with the application its open requests to referees end."""

from apps.applications.events import ApplicationDecided, ApplicationExpired, ApplicationWithdrawn
from apps.applications.services.reference_clock import end_references
from apps.events.registry import Heard, subscribe


def application_over(
    event: ApplicationWithdrawn | ApplicationExpired | ApplicationDecided, heard: Heard
) -> None:
    end_references(application_id=event.application_id, actor=heard.actor)


def listen() -> None:
    ends = (ApplicationWithdrawn, ApplicationExpired, ApplicationDecided)
    subscribe({event: [application_over] for event in ends})
