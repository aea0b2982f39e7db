"""What a program came to in trainers: totals by a day, about nobody in particular."""

from datetime import date

import pytest
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import User
from apps.cohorts.models import PracticeTask, Trainer
from apps.enrolments.extension import Result, results_of
from apps.programs.enums import ProgramKind
from apps.programs.models import Program
from tests.factories.cohorts import OnwardTrainingFactory, PracticeStepFactory, TrainerFactory
from tests.factories.enrolments import EnrolmentFactory
from tests.factories.programs import IntakeFactory, ProgramFactory

pytestmark = pytest.mark.django_db
ON = date(2026, 9, 30)
OLD, RECENT, LATER = date(2025, 1, 15), date(2026, 6, 1), date(2026, 10, 1)


@pytest.fixture
def program() -> Program:
    return ProgramFactory(kind=ProgramKind.COHORT)


def enrolled(program: Program, certified_on: date | None = None, generation: int = 2) -> Trainer:
    enrolment = EnrolmentFactory(intake=IntakeFactory(program=program), started_on=OLD)
    return TrainerFactory(
        person=enrolment.person,
        program=program,
        enrolment=enrolment,
        status="certified" if certified_on else "checkout",
        certified_on=certified_on,
        generation=generation,
    )


def told(program: Program, on: date = ON) -> dict[str, tuple[int, int | None]]:
    return {result.code: (result.count, result.base) for result in results_of(program, on)}


def test_certified_of_those_who_enrolled_by_that_day(program: Program) -> None:
    TrainerFactory(program=program, status="certified", certified_on=OLD)
    enrolled(program, certified_on=OLD)
    enrolled(program, certified_on=LATER)
    enrolled(program)

    assert told(program)["TRN-CERT"] == (1, 3)
    assert told(program, LATER)["TRN-CERT"] == (2, 3)


def test_checked_out_of_those_whose_last_step_was_due(program: Program, coordinator: User) -> None:
    step = PracticeStepFactory(program=program)
    for due_on, done_on in [
        (RECENT, RECENT),
        (RECENT, None),
        (RECENT, LATER),
        (LATER, None),
        (LATER, RECENT),
    ]:
        PracticeTask.objects.create(
            trainer=enrolled(program),
            step=step,
            due_on=due_on,
            done_on=done_on,
            observed_by=coordinator if done_on else None,
        )

    assert told(program)["TRN-CHECKOUT"] == (1, 3)


def test_active_are_those_certified_for_half_a_year_who_trained_within_a_year(program: Program) -> None:
    active, idle, new = (enrolled(program, certified_on=day) for day in (OLD, OLD, RECENT))
    for _twice in range(2):
        OnwardTrainingFactory(trainer=active, held_on=RECENT)
    OnwardTrainingFactory(trainer=idle, held_on=OLD)
    OnwardTrainingFactory(trainer=new, held_on=RECENT)

    assert told(program)["TRN-ACTIVE"] == (1, 2)


def test_reach_counts_learners_until_that_day_and_depth_the_certified_generations(program: Program) -> None:
    master, pupil = enrolled(program, OLD, generation=1), enrolled(program, RECENT, generation=2)
    enrolled(program, None, generation=3)
    OnwardTrainingFactory(trainer=master, held_on=OLD, people_reached=30)
    OnwardTrainingFactory(trainer=pupil, held_on=RECENT, people_reached=12)
    OnwardTrainingFactory(trainer=pupil, held_on=RECENT, people_reached=None)
    OnwardTrainingFactory(trainer=pupil, held_on=LATER, people_reached=500)
    OnwardTrainingFactory(people_reached=70, held_on=OLD)

    found = told(program)

    assert (found["TRN-REACH"], found["TRN-DEPTH"]) == ((42, None), (2, None))


def test_a_program_without_trainers_has_no_such_results(
    program: Program, django_assert_num_queries: CaptureQueriesContext
) -> None:
    with django_assert_num_queries(1):
        assert results_of(program, ON) == []

    enrolled(program, OLD)
    with django_assert_num_queries(4):
        assert Result("TRN-CERT", 1, 1) in results_of(program, ON)
