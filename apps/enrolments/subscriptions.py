"""What enrolments hear from the stages below."""

from apps.applications.events import ApplicationWithdrawn
from apps.enrolments.enums import TAKES_PART
from apps.enrolments.events import EnrolmentEnded, EnrolmentReopened, ParticipantEnrolled
from apps.enrolments.models import Enrolment
from apps.enrolments.services import begin_enrolment, cancel_support, plan_support, withdraw_enrolment
from apps.events.registry import Heard, subscribe
from apps.people.events import SupportNeedsTold
from apps.selection.events import ConditionsMet


def application_withdrawn(event: ApplicationWithdrawn, heard: Heard) -> None:
    """Somebody who takes their application back after accepting leaves the program too."""
    taking_part = Enrolment.objects.filter(application=event.application_id, source="", status__in=TAKES_PART)
    for enrolment in taking_part:
        withdraw_enrolment(enrolment=enrolment, actor=heard.actor)


def conditions_met(event: ConditionsMet, heard: Heard) -> None:
    begin_enrolment(offer_id=event.offer_id, actor=heard.actor)


def support_needed(event: ParticipantEnrolled | EnrolmentReopened, heard: Heard) -> None:
    plan_support(enrolment=Enrolment.objects.get(pk=event.enrolment_id), actor=heard.actor)


def support_no_longer_needed(event: EnrolmentEnded, heard: Heard) -> None:
    cancel_support(enrolment=Enrolment.objects.get(pk=event.enrolment_id), actor=heard.actor)


def support_told(event: SupportNeedsTold, heard: Heard) -> None:
    """Whoever takes part already gets tasks for what is new."""
    for enrolment in Enrolment.objects.filter(person=event.person_id, source="", status__in=TAKES_PART):
        plan_support(enrolment=enrolment, actor=heard.actor)


def listen() -> None:
    subscribe(
        {
            ApplicationWithdrawn: [application_withdrawn],
            ConditionsMet: [conditions_met],
            ParticipantEnrolled: [support_needed],
            EnrolmentReopened: [support_needed],
            EnrolmentEnded: [support_no_longer_needed],
            SupportNeedsTold: [support_told],
        }
    )
