"""What moves a fact: sending, deciding, enrolling, ending, answering."""

from typing import Any

from apps.applications import events as applying
from apps.applications.models import Application
from apps.enrolments import events as taking_part
from apps.enrolments.models import Enrolment
from apps.events.registry import Heard, subscribe
from apps.inclusion.enums import Occasion
from apps.inclusion.events import ProfileAnswered, ProfileAsked
from apps.inclusion.models import ParticipationFact
from apps.inclusion.services.asking import note_asked
from apps.inclusion.services.facts import refresh_person
from apps.inclusion.services.profiles import remove_profile
from apps.people.enums import ConsentPurpose
from apps.people.events import ConsentWithdrawn
from apps.people.models import Person
from apps.selection import events as selecting


def application_moved(event: Any, heard: Heard) -> None:
    row = Application.objects.filter(pk=event.application_id).values_list("person_id", "intake_id").first()
    if row is not None and row[0] is not None:
        refresh_person(person_id=row[0], intake_ids=[row[1]], actor=heard.actor)


def questions_offered_after_sending(event: applying.ApplicationSubmitted, heard: Heard) -> None:
    """Who sends from their own account sees the page that offers the questions; a helper sees it for nobody."""
    _note_asked(event.application_id, Occasion.AFTER_SENDING, heard)


def questions_offered_at_acceptance(event: selecting.OfferAccepted, heard: Heard) -> None:
    """Who accepts sees their offer or their place, and both pages ask once more."""
    _note_asked(event.application_id, Occasion.AT_ACCEPTANCE, heard)


def _note_asked(application_id: int, occasion: Occasion, heard: Heard) -> None:
    rows = Application.objects.select_related("person")
    application = rows.filter(pk=application_id, person__user=heard.actor.user_id or 0).first()
    if application is not None:
        note_asked(application=application, occasion=occasion, actor=heard.actor)


def profile_asked(event: ProfileAsked, heard: Heard) -> None:
    known = ParticipationFact.objects.filter(person=event.person_id, intake=event.intake_id)
    if known.exists():
        refresh_person(person_id=event.person_id, intake_ids=[event.intake_id], actor=heard.actor)


def enrolment_moved(event: Any, heard: Heard) -> None:
    person, intake = Enrolment.objects.values_list("person_id", "intake_id").get(pk=event.enrolment_id)
    refresh_person(person_id=person, intake_ids=[intake], actor=heard.actor)


def profile_answered(event: ProfileAnswered, heard: Heard) -> None:
    intakes = ParticipationFact.objects.filter(person=event.person_id).values_list("intake_id", flat=True)
    refresh_person(person_id=event.person_id, intake_ids=list(intakes), actor=heard.actor)


def consent_withdrawn(event: ConsentWithdrawn, heard: Heard) -> None:
    """Taken back on "My permissions": the answers go with it."""
    if event.purpose == ConsentPurpose.MONITORING:
        remove_profile(person=Person.objects.get(pk=event.person_id), actor=heard.actor)


def listen() -> None:
    subscribe(
        {
            applying.ApplicationSubmitted: [questions_offered_after_sending, application_moved],
            applying.ApplicationWithdrawn: [application_moved],
            selecting.OfferMade: [application_moved],
            selecting.OfferAccepted: [questions_offered_at_acceptance],
            taking_part.ParticipantEnrolled: [enrolment_moved],
            taking_part.EnrolmentEnded: [enrolment_moved],
            taking_part.EnrolmentReopened: [enrolment_moved],
            ProfileAsked: [profile_asked],
            ProfileAnswered: [profile_answered],
            ConsentWithdrawn: [consent_withdrawn],
        }
    )
