"""What applications hear from the stages below."""

from apps.applications.services import follow_outage
from apps.events.registry import Heard, subscribe
from apps.programs.events import OutageDeclared
from apps.programs.models import Outage


def outage_declared(event: OutageDeclared, heard: Heard) -> None:
    follow_outage(outage=Outage.objects.get(pk=event.outage_id), actor=heard.actor)


def listen() -> None:
    subscribe({OutageDeclared: [outage_declared]})
