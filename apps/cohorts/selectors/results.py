"""What a program came to in trainers and in the people they reached, as figures for its indicators."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Sum
from django.db.models.aggregates import Count

from apps.cohorts.models import OnwardTraining, PracticeTask, Trainer
from apps.cohorts.rules import months_before
from apps.enrolments.extension import Result
from apps.enrolments.models import Enrolment
from apps.programs.models import Program

#: A trainer is judged active by the last year, once they have had half a year to begin.
ACTIVE_WITHIN, CERTIFIED_FOR = 12, 6


def cohort_results(program: Program, on: date) -> Iterator[Result]:
    """Four statements at most; one, and no results, where nobody is a trainer."""
    trainers = Trainer.objects.filter(program=program)
    found = _standing(trainers, on)
    if not found["trainers"]:
        return
    yield Result("TRN-CERT", *_certified(trainers, program, on))
    yield Result("TRN-CHECKOUT", *_checked_out(trainers, on))
    yield Result("TRN-ACTIVE", found["active"], found["settled"])
    yield Result("TRN-REACH", _reach(program, on))
    yield Result("TRN-DEPTH", found["depth"] or 0)


def _standing(trainers: QuerySet[Trainer], on: date) -> dict[str, int]:
    settled = Q(certified_on__lte=months_before(on, CERTIFIED_FOR))
    recent = OnwardTraining.objects.filter(
        trainer=OuterRef("pk"), held_on__lte=on, held_on__gt=months_before(on, ACTIVE_WITHIN)
    )
    return trainers.aggregate(
        trainers=Count("pk"),
        settled=Count("pk", filter=settled),
        active=Count("pk", filter=settled & Q(Exists(recent))),
        depth=Max("generation", filter=Q(certified_on__lte=on)),
    )


def _certified(trainers: QuerySet[Trainer], program: Program, on: date) -> tuple[int, int]:
    """Of the people who enrolled, each once, those who were certified. Master trainers never enrolled."""
    certified = trainers.filter(certified_on__lte=on, person=OuterRef("person"))
    begun = Q(started_on=None) | Q(started_on__lte=on)  # imported records may not say when
    found = Enrolment.objects.filter(begun, intake__program=program).aggregate(
        people=Count("person", distinct=True),
        certified=Count("person", distinct=True, filter=Q(Exists(certified))),
    )
    return found["certified"], found["people"]


def _checked_out(trainers: QuerySet[Trainer], on: date) -> tuple[int, int]:
    """Who showed every step by that day, of those whose last step was due by then."""
    steps = PracticeTask.objects.filter(trainer=OuterRef("pk"))
    due = Q(Exists(steps)) & ~Q(Exists(steps.filter(due_on__gt=on)))
    is_open = Q(Exists(steps.filter(Q(done_on=None) | Q(done_on__gt=on))))
    found = trainers.aggregate(due=Count("pk", filter=due), done=Count("pk", filter=due & ~is_open))
    return found["done"], found["due"]


def _reach(program: Program, on: date) -> int:
    held = OnwardTraining.objects.filter(program=program, held_on__lte=on)
    return held.aggregate(people=Sum("people_reached"))["people"] or 0
