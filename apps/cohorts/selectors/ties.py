"""Who trained whom, for the question who may judge whom."""

from collections.abc import Collection, Iterator

from django.db.models import QuerySet

from apps.applications.models import Application
from apps.cohorts.models import IntakeTrainer, TrainerLink
from apps.enrolments.models import Enrolment


def trained_together(
    applications: QuerySet[Application], reviewers: Collection[int]
) -> Iterator[tuple[int, int]]:
    """Pairs of an application and a reviewer where one trained the other, or teaches an intake the
    other takes or took part in. Four statements.
    """
    people = applications.order_by().values("person")
    partners: dict[int, set[int]] = {}
    for person, reviewer in _links(people, reviewers):
        partners.setdefault(person, set()).add(reviewer)
    found = applications.order_by().filter(person__in=partners).values_list("pk", "person_id")
    return ((pk, reviewer) for pk, person in found for reviewer in partners[person])


def _links(people: QuerySet, reviewers: Collection[int]) -> Iterator[tuple[int, int]]:
    taught = TrainerLink.objects.filter(trainee__person__in=people, trainer__person__user__in=reviewers)
    yield from taught.values_list("trainee__person_id", "trainer__person__user_id")
    learnt = TrainerLink.objects.filter(trainer__person__in=people, trainee__person__user__in=reviewers)
    yield from learnt.values_list("trainer__person_id", "trainee__person__user_id")
    teachers = IntakeTrainer.objects.filter(trainer__person__user__in=reviewers)
    by_intake: dict[int, set[int]] = {}
    for intake, user in teachers.values_list("intake_id", "trainer__person__user_id"):
        by_intake.setdefault(intake, set()).add(user)
    parts = Enrolment.objects.filter(intake__in=by_intake, person__in=people)
    for intake, person in parts.values_list("intake_id", "person_id"):
        yield from ((person, user) for user in by_intake[intake])
