"""Two at once: one report, one certificate, no circle."""

from uuid import uuid4

import pytest
from django.utils import timezone

from apps.accounts.enums import Role
from apps.cohorts.models import OnwardTraining, Trainer, TrainerLink
from apps.cohorts.services import (
    begin_training,
    certify_trainer,
    link_trainers,
    mark_step_done,
    report_training,
)
from apps.core.actors import SYSTEM, Actor, user_actor
from apps.core.errors import Conflict
from apps.enrolments.services import withdraw_enrolment
from apps.events.models import EventRecord
from apps.programs.enums import ProgramKind
from tests.factories.accounts import MembershipFactory
from tests.factories.cohorts import PracticeStepFactory, TrainerFactory
from tests.factories.enrolments import EnrolmentFactory
from tests.factories.programs import IntakeFactory, ProgramFactory
from tests.racing import race

pytestmark = pytest.mark.django_db(transaction=True)

TODAY = timezone.now().date()


def a_coordinator() -> Actor:
    return user_actor(MembershipFactory(role=Role.COORDINATOR).user)


def ready_to_certify(actor: Actor) -> Trainer:
    program = PracticeStepFactory().program
    enrolment = EnrolmentFactory(intake=IntakeFactory(program=program, seats_taken=1), started_on=TODAY)
    trainer = begin_training(enrolment=enrolment, actor=actor)
    mark_step_done(task=trainer.practice.get(), done_on=TODAY, actor=actor)
    return Trainer.objects.get(pk=trainer.pk)


def test_two_clicks_on_report_are_one_training() -> None:
    trainer, key = TrainerFactory(status="certified"), uuid4()

    def report() -> OnwardTraining:
        return report_training(
            trainer=trainer, key=key, title="Data", held_on=TODAY, people_reached=9, actor=SYSTEM
        )

    results = race(report, report, report)

    assert {result.pk for result in results} == {OnwardTraining.objects.get().pk}
    assert EventRecord.objects.filter(name="OnwardTrainingReported").count() == 1


def test_two_coordinators_certify_somebody_once() -> None:
    one, two = a_coordinator(), a_coordinator()
    trainer = ready_to_certify(one)

    results = race(
        lambda: certify_trainer(trainer=trainer, actor=one),
        lambda: certify_trainer(trainer=trainer, actor=two),
    )

    assert [type(result) for result in results] == [Trainer, Trainer]
    assert EventRecord.objects.filter(name="TrainerCertified").count() == 1
    assert EventRecord.objects.filter(name="EnrolmentEnded").count() == 1


def test_certifying_against_withdrawing_ends_in_one_of_the_two() -> None:
    one = a_coordinator()
    trainer = ready_to_certify(one)
    enrolment = trainer.enrolment
    assert enrolment is not None

    certified, withdrawn = race(
        lambda: certify_trainer(trainer=trainer, actor=one),
        lambda: withdraw_enrolment(enrolment=enrolment, actor=SYSTEM),
    )

    trainer.refresh_from_db()
    enrolment.refresh_from_db()
    assert sorted([isinstance(certified, Conflict), isinstance(withdrawn, Conflict)]) == [False, True]
    assert (trainer.status, enrolment.status) in [("certified", "completed"), ("lapsed", "withdrawn")]


def test_two_links_at_once_never_close_a_circle() -> None:
    program = ProgramFactory(kind=ProgramKind.COHORT)
    first, second = TrainerFactory.create_batch(2, program=program, status="certified")

    results = race(
        lambda: link_trainers(trainers=[first], trainee=second, actor=SYSTEM),
        lambda: link_trainers(trainers=[second], trainee=first, actor=SYSTEM),
    )

    assert sum(isinstance(result, Conflict) for result in results) == 1
    assert TrainerLink.objects.count() == 1
