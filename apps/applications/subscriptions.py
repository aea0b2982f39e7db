"""What applications hear: from the stages below, and from themselves."""

from apps.applications.events import ApplicationDecided, ApplicationExpired, ApplicationWithdrawn
from apps.applications.services import follow_outage
from apps.applications.services.reference_clock import end_references
from apps.events.registry import Heard, subscribe
from apps.programs.events import OutageDeclared
from apps.programs.models import Outage


def outage_declared(event: OutageDeclared, heard: Heard) -> None:
    follow_outage(outage=Outage.objects.get(pk=event.outage_id), actor=heard.actor)


def application_over(
    event: ApplicationWithdrawn | ApplicationExpired | ApplicationDecided, heard: Heard
) -> None:
    """With the application its open requests to referees end."""
    end_references(application_id=event.application_id, actor=heard.actor)


def listen() -> None:
    ends = (ApplicationWithdrawn, ApplicationExpired, ApplicationDecided)
    subscribe({OutageDeclared: [outage_declared], **{event: [application_over] for event in ends}})
