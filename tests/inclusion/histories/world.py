"""Three people with accounts and two intakes in which they apply, take part, leave, and are erased."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from django.db import transaction
from django.db.models import Q

from apps.applications.models import Application
from apps.core.actors import SYSTEM, user_actor
from apps.core.errors import DomainError
from apps.enrolments.models import Enrolment
from apps.events.models import Delivery
from apps.events.services import run_due_deliveries
from apps.inclusion.services import rebuild_facts
from apps.people.models import Person
from apps.programs.models import Intake
from apps.selection.models import Decision, Offer, WaitlistEntry
from tests.factories.accounts import UserFactory
from tests.factories.applications import FormVersionFactory
from tests.factories.courses import UnitFactory
from tests.factories.enrolments import EnrolmentFactory
from tests.factories.people import PersonFactory
from tests.factories.places import CountryFactory
from tests.factories.programs import IntakeFactory, ProgramFactory

#: The first evening of all histories: the quarter ends soon, and in each place at another moment.
BEGINS = datetime(2026, 3, 30, 12, tzinfo=UTC)
ZONES = ("Asia/Bangkok", "America/Los_Angeles")
COUNTRIES = ("TH", "ID")
FORM = {
    "sections": [
        {
            "key": "about-you",
            "title": {"en": "About you"},
            "questions": [
                {"key": "date-of-birth", "kind": "date", "label": {"en": "Date of birth"}},
                {"key": "country", "kind": "country", "label": {"en": "Country"}},
            ],
        }
    ]
}
#: Whose deliveries move what facts are made of. Messages and readings are the matter of other tests.
HEARING = ("inclusion.", "selection.", "enrolments.")


class World:
    """The last intake also holds an imported record of each person, which an import has counted."""

    def __init__(self) -> None:
        for code in COUNTRIES:
            CountryFactory(code=code)
        self.staff = user_actor(UserFactory())
        self.people = [PersonFactory() for _each in range(3)]
        self.intakes = [_intake(zone) for zone in ZONES]
        for person in self.people:
            EnrolmentFactory(
                person=person,
                intake=self.intakes[-1],
                source="t",
                source_key=str(person.pk),
                status="not_completed",
            )
        rebuild_facts(intake_ids=[self.intakes[-1].pk], actor=SYSTEM)

    @contextmanager
    def told_once(self) -> Iterator[None]:
        """What happens within is taken back, so that one world does for many histories."""
        people = list(self.people)
        try:
            with transaction.atomic():
                yield
                transaction.set_rollback(True)
        finally:
            self.people = people

    def erase(self, person: Person) -> None:
        """Nothing of them is left, row by row from the last stage to the first. The next one is somebody else."""
        mine = Application.objects.filter(person=person)
        Enrolment.objects.filter(person=person).delete()
        for model in (Offer, WaitlistEntry, Decision):
            model.objects.filter(application__in=mine).delete()
        mine.update(is_assisted=False, confirmation=None)
        mine.delete()
        Person.objects.filter(pk=person.pk).delete()
        self.people[self.people.index(person)] = PersonFactory()

    def hear(self) -> None:
        """The listeners hear what is under way, and what comes of that."""
        is_theirs = Q(handler__startswith=HEARING[0])
        for app in HEARING[1:]:
            is_theirs |= Q(handler__startswith=app)
        others = Delivery.objects.filter(handled_at=None).exclude(is_theirs)
        others.delete()
        while run_due_deliveries(limit=1):
            others.delete()


#: What happens to a person in an intake; the number chooses among the variants of the step.
Step = Callable[[World, Person, Intake, int], None]


class NotPossible(Exception):
    """There is nothing this step could be about."""


def take(world: World, step: Step, who: int, where: int, what: int) -> bool:
    """Whether the step was possible. One that is not is refused by its service and changes nothing."""
    try:
        with transaction.atomic():
            step(world, world.people[who], world.intakes[where], what)
    except (DomainError, NotPossible):
        return False
    return True


def _intake(zone: str) -> Intake:
    """Takes applications as long as histories last; one unit completes it."""
    intake = IntakeFactory(
        program=ProgramFactory(country=None),
        time_zone=zone,
        seats=3,
        opens_at=datetime(2026, 1, 1, tzinfo=UTC),
        closes_at=datetime(2030, 1, 1, tzinfo=UTC),
    )
    FormVersionFactory(intake=intake, definition=FORM)
    UnitFactory(intake=intake)
    return intake
