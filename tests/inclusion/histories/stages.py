"""Coming to a stage, leaving it, and corrections of how it ended."""

from uuid import uuid4

from apps.applications.models import Application
from apps.applications.services import (
    save_section,
    start_draft,
    submit_application,
    withdraw_application,
)
from apps.core.actors import user_actor
from apps.courses.models import Unit
from apps.courses.services import assess_unit
from apps.courses.services.assessments import Finding
from apps.enrolments.models import Enrolment
from apps.enrolments.services import complete_enrolment, end_enrolment, reopen_enrolment, take_up
from apps.people.models import Person
from apps.programs.models import Intake
from apps.selection.models import Offer
from apps.selection.services import decline_offer, prepare_batch, release_batch
from tests.factories.selection import DecisionFactory
from tests.inclusion.histories.finding import first, helped, latest, one, standing
from tests.inclusion.histories.world import COUNTRIES, NotPossible, World

BIRTHS = ("1950-06-01", "1996-04-01", "2001-04-01", "2007-12-31")
ENDS = ("withdrawn", "no_show", "not_completed", "partly_completed")


def advance(world: World, person: Person, intake: Intake, what: int) -> None:
    """One stage further, or as far as two or three; whose part has ended, back into it."""
    for _stage in range(1 + what % 3):
        _advance(world, person, intake, what)


def _advance(world: World, person: Person, intake: Intake, what: int) -> None:
    application = standing(person, intake)
    if application is None:
        _apply(world, person, intake, what)
    elif application.status != "decided":
        _decide(world, application, what)
    elif enrolment := Enrolment.objects.filter(application=application).first():
        _complete_or_reopen(world, enrolment)
    else:
        offer = first(Offer.objects.filter(application=application))
        take_up(offer=offer, actor=user_actor(person.user))


def _apply(world: World, person: Person, intake: Intake, what: int) -> None:
    """Some say their country, and another than they said elsewhere. Some have it sent, and see no question."""
    if helped(person).filter(application__intake=intake).exists():
        raise NotPossible
    actor = user_actor(person.user) if what % 5 else world.staff
    draft = start_draft(intake=intake, user=person.user, language="en", actor=actor)
    country = {"country": one(COUNTRIES, what // 4)} if what % 3 else {}
    save_section(
        application=draft,
        section="about-you",
        answers={"date-of-birth": one(BIRTHS, what), **country},
        is_complete=True,
        version=0,
        actor=actor,
    )
    submit_application(application=draft, submission_key=uuid4(), actor=actor)


def _decide(world: World, application: Application, what: int) -> None:
    outcome = "offer" if what % 4 else "waitlist"
    DecisionFactory(application=application, outcome=outcome, decided_by_id=world.staff.user_id)
    release_batch(batch=prepare_batch(intake=application.intake, actor=world.staff), actor=world.staff)


def _complete_or_reopen(world: World, enrolment: Enrolment) -> None:
    if enrolment.status != "active":
        reopen_enrolment(enrolment=enrolment, reason="A mistake", actor=world.staff)
        return
    unit = Unit.objects.get(intake=enrolment.intake_id)
    assess_unit(unit=unit, findings=[Finding(enrolment.pk, "competent")], actor=world.staff)
    complete_enrolment(enrolment=enrolment, actor=world.staff)


def withdraw(world: World, person: Person, intake: Intake, what: int) -> None:
    application = first([standing(person, intake)])
    withdraw_application(application=application, reason="", actor=user_actor(person.user))


def decline(world: World, person: Person, intake: Intake, what: int) -> None:
    offer = first(Offer.objects.filter(application__person=person, intake=intake))
    decline_offer(offer=offer, reason="", actor=user_actor(person.user))


def end(world: World, person: Person, intake: Intake, what: int) -> None:
    enrolment = latest(person, intake)
    status = "completed" if enrolment.source and what % 2 else one(ENDS, what)
    end_enrolment(enrolment=enrolment, status=status, reason="Written down", actor=world.staff)


def reopen(world: World, person: Person, intake: Intake, what: int) -> None:
    reopen_enrolment(enrolment=latest(person, intake), reason="A mistake", actor=world.staff)
