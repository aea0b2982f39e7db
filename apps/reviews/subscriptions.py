"""What reviewing hears from the stages around it: nobody reads what needs no reading any more."""

from apps.applications.events import ApplicationDecided, ApplicationFoundIneligible, ApplicationWithdrawn
from apps.events.registry import Heard, subscribe
from apps.reviews.services import cancel_assignments


def reading_ended(
    event: ApplicationWithdrawn | ApplicationFoundIneligible | ApplicationDecided, heard: Heard
) -> None:
    cancel_assignments(application_id=event.application_id, actor=heard.actor)


def listen() -> None:
    ends = (ApplicationWithdrawn, ApplicationFoundIneligible, ApplicationDecided)
    subscribe({event: [reading_ended] for event in ends})
