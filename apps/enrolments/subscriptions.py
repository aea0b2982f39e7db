"""What enrolments hear from the stages below."""

from apps.applications.events import ApplicationWithdrawn
from apps.enrolments.enums import TAKES_PART
from apps.enrolments.models import Enrolment
from apps.enrolments.services import withdraw_enrolment
from apps.events.registry import Heard, subscribe


def application_withdrawn(event: ApplicationWithdrawn, heard: Heard) -> None:
    """Somebody who takes their application back after accepting leaves the program too."""
    taking_part = Enrolment.objects.filter(application=event.application_id, source="", status__in=TAKES_PART)
    for enrolment in taking_part:
        withdraw_enrolment(enrolment=enrolment, actor=heard.actor)


def listen() -> None:
    subscribe({ApplicationWithdrawn: [application_withdrawn]})
