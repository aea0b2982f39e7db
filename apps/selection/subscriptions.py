"""What selection hears from the stages below."""

from apps.applications.events import ApplicationWithdrawn
from apps.events.registry import Heard, subscribe
from apps.programs.enums import IntakeStatus
from apps.programs.events import IntakeMoved
from apps.programs.models import Intake
from apps.selection.services import close_waitlist, follow_withdrawal

#: Moves after which no place becomes free for anybody.
ENDS_WAITING = (IntakeStatus.ARCHIVED, IntakeStatus.CANCELLED)


def application_withdrawn(event: ApplicationWithdrawn, heard: Heard) -> None:
    follow_withdrawal(application_id=event.application_id, actor=heard.actor)


def intake_over(event: IntakeMoved, heard: Heard) -> None:
    if event.after in ENDS_WAITING:
        close_waitlist(intake=Intake.objects.get(pk=event.intake_id), actor=heard.actor)


def listen() -> None:
    subscribe({ApplicationWithdrawn: [application_withdrawn], IntakeMoved: [intake_over]})
