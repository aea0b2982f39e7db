"""What moves a fact: sending, deciding, enrolling, ending, answering, and corrections of what days and countries
rest on. Each reads what is true when it hears, so that the order of events does not matter.
"""

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
from apps.inclusion.services.facts import rebuild_facts, refresh_person
from apps.inclusion.services.profiles import remove_profile
from apps.people.enums import ConsentPurpose
from apps.people.events import ConsentWithdrawn
from apps.people.models import Person
from apps.programs import events as programs
from apps.programs.models import Intake
from apps.selection import events as selecting

#: Fields of an intake that the day of a stage depends on.
MOVES_DAYS = frozenset({"time_zone", "ends_on"})


def application_moved(event: Any, heard: Heard) -> None:
    row = _place_of(event.application_id)
    if row is not None:
        refresh_person(person_id=row[0], intake_ids=[row[1]], actor=heard.actor)


def application_sent(event: applying.ApplicationSubmitted, heard: Heard) -> None:
    """Sending also tells where somebody lives and when they were born, which counts wherever they take part."""
    row = _place_of(event.application_id)
    if row is not None:
        refresh_person(person_id=row[0], intake_ids={row[1], *_intakes_of(row[0])}, actor=heard.actor)


def application_taken_over(event: applying.ApplicationTakenOver, heard: Heard) -> None:
    """It counts for the person of the account now, and no more for the nameless row."""
    row = _place_of(event.application_id)
    if row is not None:
        people = [row[0], event.before_person_id]
        rebuild_facts(intake_ids=[row[1]], person_ids=people, actor=heard.actor)


def _place_of(application_id: int) -> tuple[int, int] | None:
    """Person and intake, or None when it has no person, or is gone with them."""
    known = Application.objects.filter(pk=application_id, person__isnull=False)
    return known.values_list("person_id", "intake_id").first()


def _intakes_of(person_id: int) -> set[int]:
    return set(ParticipationFact.objects.filter(person=person_id).values_list("intake_id", flat=True))


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
    known = Enrolment.objects.filter(pk=event.enrolment_id).values_list("person_id", "intake_id")
    for person, intake in known:  # one, or none when the person was erased meanwhile
        refresh_person(person_id=person, intake_ids=[intake], actor=heard.actor)


def profile_answered(event: ProfileAnswered, heard: Heard) -> None:
    refresh_person(person_id=event.person_id, intake_ids=_intakes_of(event.person_id), actor=heard.actor)


def consent_withdrawn(event: ConsentWithdrawn, heard: Heard) -> None:
    """Taken back on "My permissions": the answers go with it."""
    person = Person.objects.filter(pk=event.person_id).first()
    if event.purpose == ConsentPurpose.MONITORING and person is not None:
        remove_profile(person=person, actor=heard.actor)


def intake_changed(event: programs.IntakeChanged, heard: Heard) -> None:
    """Days go by the clock of the intake, and records without a day of their own by its end."""
    if MOVES_DAYS.intersection(event.fields):
        rebuild_facts(intake_ids=[event.intake_id], actor=heard.actor)


def program_changed(event: programs.ProgramChanged, heard: Heard) -> None:
    """Whose country nobody knows counts in the program's. One intake after the other, in the order of keys."""
    if "country" in event.fields:
        intakes = Intake.objects.filter(program=event.program_id).order_by("pk")
        rebuild_facts(intake_ids=list(intakes.values_list("pk", flat=True)), actor=heard.actor)


def listen() -> None:
    subscribe(
        {
            applying.ApplicationSubmitted: [questions_offered_after_sending, application_sent],
            applying.ApplicationTakenOver: [application_taken_over],
            applying.ApplicationWithdrawn: [application_moved],
            selecting.OfferMade: [application_moved],
            selecting.OfferAccepted: [questions_offered_at_acceptance],
            taking_part.ParticipantEnrolled: [enrolment_moved],
            taking_part.EnrolmentEnded: [enrolment_moved],
            taking_part.EnrolmentReopened: [enrolment_moved],
            ProfileAsked: [profile_asked],
            ProfileAnswered: [profile_answered],
            ConsentWithdrawn: [consent_withdrawn],
            programs.IntakeChanged: [intake_changed],
            programs.ProgramChanged: [program_changed],
        }
    )
