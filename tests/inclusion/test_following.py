"""Facts follow what changes beside them: the person, the program, the intake, and whose an application is."""

from datetime import UTC, date, datetime

import pytest

from apps.applications.events import ApplicationSubmitted
from apps.applications.models import Application
from apps.applications.services import take_over
from apps.core.actors import SYSTEM, user_actor
from apps.enrolments.events import EnrolmentEnded
from apps.events.models import Delivery, EventRecord
from apps.events.services import publish, run_due_deliveries
from apps.inclusion.models import ParticipationFact
from apps.inclusion.services import rebuild_facts
from apps.people.events import ConsentWithdrawn
from apps.people.models import Person
from apps.people.services import take_over_answers
from apps.programs.services.setup import change_intake, change_program
from tests.factories.applications import ApplicationFactory, AssistanceFactory, ConfirmationFactory
from tests.factories.enrolments import EnrolmentFactory
from tests.factories.people import PersonFactory
from tests.factories.places import CountryFactory

pytestmark = pytest.mark.django_db
EVENING = datetime(2026, 3, 31, 18, tzinfo=UTC)


@pytest.fixture
def sent() -> Application:
    """Sent and counted; nobody knows the country."""
    application = ApplicationFactory(
        submitted_at=EVENING, intake__program__country=None, intake__time_zone="UTC"
    )
    rebuild_facts(intake_ids=[application.intake_id], actor=SYSTEM)
    return application


def the_fact(application: Application) -> ParticipationFact:
    return ParticipationFact.objects.get(intake=application.intake_id)


def test_what_is_told_when_applying_elsewhere_counts_everywhere(sent: Application) -> None:
    assert (the_fact(sent).country_code, the_fact(sent).age_band) == ("ZZ", "missing")
    other = ApplicationFactory(person=sent.person)
    details = {"country_id": CountryFactory().pk, "born_on": "2001-05-01"}
    take_over_answers(person=sent.person, details=details, actor=SYSTEM)

    publish(ApplicationSubmitted(application_id=other.pk), actor=SYSTEM)
    run_due_deliveries()

    assert (the_fact(sent).country_code, the_fact(sent).age_band) == ("TH", "18_24")


def test_a_corrected_country_of_the_program_counts_for_those_without_one(sent: Application) -> None:
    program = sent.intake.program
    values = {"country": CountryFactory(), "mode": program.mode}

    change_program(program=program, values=values, version=program.version, actor=SYSTEM)
    run_due_deliveries()

    assert EventRecord.objects.get(name="ProgramChanged").payload["fields"] == ["country"]
    assert the_fact(sent).country_code == "TH"


def test_a_corrected_clock_moves_the_day(sent: Application) -> None:
    intake = sent.intake
    values = {"time_zone": "Asia/Bangkok", "seats": intake.seats}

    change_intake(intake=intake, values=values, version=intake.version, actor=SYSTEM)
    run_due_deliveries()

    assert EventRecord.objects.get(name="IntakeChanged").payload["fields"] == ["time_zone"]
    assert the_fact(sent).applied_on == date(2026, 4, 1)


def test_other_changes_of_an_intake_open_nobodys_answers(sent: Application) -> None:
    values = {"seats": 20, "time_zone": "UTC"}

    change_intake(intake=sent.intake, values=values, version=sent.intake.version, actor=SYSTEM)
    before = EventRecord.objects.count()
    run_due_deliveries()

    assert EventRecord.objects.count() == before


def test_whoever_takes_over_what_a_helper_sent_is_counted_in_place_of_the_nameless(
    sent: Application,
) -> None:
    nameless, owner = sent.person, PersonFactory()
    Person.objects.filter(pk=nameless.pk).update(user=None)
    confirmed = ConfirmationFactory(application=sent)
    Application.objects.filter(pk=sent.pk).update(is_assisted=True, confirmation=confirmed)
    AssistanceFactory(application=sent, email=owner.user.email)

    take_over(application=sent, user=owner.user, actor=user_actor(owner.user))
    run_due_deliveries()

    assert the_fact(sent).person == owner
    assert the_fact(sent).applied_on == date(2026, 3, 31)
    assert not Person.objects.filter(pk=nameless.pk).exists()


def test_a_person_erased_before_listeners_hear_is_no_failure() -> None:
    enrolment = EnrolmentFactory()
    publish(EnrolmentEnded(enrolment_id=enrolment.pk, status="withdrawn"), actor=SYSTEM)
    gone = ConsentWithdrawn(person_id=enrolment.person_id, consent_id=1, purpose="monitoring")
    publish(gone, actor=SYSTEM)
    enrolment.delete()
    enrolment.person.delete()

    run_due_deliveries()

    assert not Delivery.objects.filter(handler__startswith="inclusion.", handled_at=None).exists()
