"""What people tell of themselves and take back, who helps them, and what is corrected around them."""

from datetime import date

from apps.applications.events import ApplicationSubmitted
from apps.applications.models import Application
from apps.applications.services import take_over
from apps.core.actors import SYSTEM, user_actor
from apps.events.services import publish
from apps.inclusion.enums import Occasion
from apps.inclusion.services import note_asked, remove_profile, store_profile
from apps.people.enums import ConsentPurpose
from apps.people.models import Person
from apps.people.services import withdraw_consent
from apps.places.models import Country
from apps.programs.models import Intake, Program
from apps.programs.services.setup import change_intake, change_program
from tests.factories.applications import ApplicationFactory, AssistanceFactory, ConfirmationFactory
from tests.inclusion.histories.finding import first, helped, one, standing
from tests.inclusion.histories.world import COUNTRIES, ZONES, NotPossible, World

GENDERS = ("woman", "man", "another", "pnts")
PLACES = ("city", "town", "village", "pnts")


def answer(world: World, person: Person, intake: Intake, what: int) -> None:
    """Again, or at the other occasion; and now and then an empty page."""
    functioning = {"VIS_SS": 1 + what % 4, "MOB_SS": 1} if what % 2 else {}
    answers = {"gender": one(GENDERS, what), "residence": one(PLACES, what // 4), **functioning}
    store_profile(
        person=person,
        answers=answers if what % 11 else {},
        language="en",
        occasion=one(list(Occasion), what // 3),
        actor=user_actor(person.user),
    )


def see_questions(world: World, person: Person, intake: Intake, what: int) -> None:
    """The page is opened, whether anything is answered or not."""
    note_asked(
        application=first([standing(person, intake)]),
        occasion=one(list(Occasion), what),
        actor=user_actor(person.user),
    )


def take_consent_back(world: World, person: Person, intake: Intake, what: int) -> None:
    """On the page of permissions, or on that of the questions."""
    if what % 2:
        first([withdraw_consent(person=person, purpose=ConsentPurpose.MONITORING, actor=SYSTEM)])
    else:
        remove_profile(person=person, actor=SYSTEM)


def erase(world: World, person: Person, intake: Intake, what: int) -> None:
    if what % 2:  # else most histories would end here
        raise NotPossible
    world.erase(person)


def be_helped(world: World, person: Person, intake: Intake, what: int) -> None:
    """A helper sends for somebody nameless who told them the address of this person's account."""
    if standing(person, intake):
        raise NotPossible
    sent = ApplicationFactory(intake=intake, person=Person.objects.create(full_name="Sok"))
    confirmed = ConfirmationFactory(application=sent, recorded_by_id=world.staff.user_id)
    Application.objects.filter(pk=sent.pk).update(is_assisted=True, confirmation=confirmed)
    AssistanceFactory(application=sent, email=person.user.email)
    publish(ApplicationSubmitted(application_id=sent.pk), actor=SYSTEM)


def take_over_own(world: World, person: Person, intake: Intake, what: int) -> None:
    application = first(helped(person).select_related("application")).application
    take_over(application=application, user=person.user, actor=user_actor(person.user))


def correct_program(world: World, person: Person, intake: Intake, what: int) -> None:
    program = Program.objects.get(pk=intake.program_id)
    country = Country.objects.get(pk=one(COUNTRIES, what)) if what % 3 else None
    values = {"country": country}
    change_program(program=program, values=values, version=program.version, actor=world.staff)


def correct_intake(world: World, person: Person, intake: Intake, what: int) -> None:
    row = Intake.objects.get(pk=intake.pk)
    values = {"time_zone": one(ZONES, what), "ends_on": date(2026, 1 + what % 12, 1)}
    change_intake(intake=row, values=values, version=row.version, actor=world.staff)


def listen(world: World, person: Person, intake: Intake, what: int) -> None:
    world.hear()
