"""Looking for what a step is about."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from django.db.models import QuerySet

from apps.applications.models import Application, Assistance
from apps.enrolments.models import Enrolment
from apps.people.models import Person
from apps.programs.models import Intake
from tests.inclusion.histories.world import NotPossible

Thing = TypeVar("Thing")


def helped(person: Person) -> QuerySet[Assistance]:
    """Applications that a helper sent for them and they have not taken over."""
    return Assistance.objects.filter(email=person.user.email, application__person__user=None)


def standing(person: Person, intake: Intake) -> Application | None:
    mine = Application.objects.filter(person=person, intake=intake).exclude(status="withdrawn")
    return mine.select_related("intake", "person__user").first()


def latest(person: Person, intake: Intake) -> Enrolment:
    return first(Enrolment.objects.filter(person=person, intake=intake).order_by("-pk"))


def one(words: Sequence[Thing], number: int) -> Thing:
    return words[number % len(words)]


def first(rows: Iterable[Thing | None]) -> Thing:
    for row in rows:
        if row is not None:
            return row
    raise NotPossible
