"""From practice to certificate to trainings that reach people."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from apps.accounts.enums import Role
from apps.accounts.models import User
from apps.cohorts.models import IntakeTrainer, OnwardTraining, PracticeTask, Trainer, TrainerLink
from apps.cohorts.rules import months_before
from apps.cohorts.selectors import cascade_of, reach_of
from apps.cohorts.services import (
    add_master_trainer,
    add_step,
    begin_training,
    certify_trainer,
    link_trainers,
    mark_step_done,
    refresh_standing,
    reinstate_trainer,
    remove_step,
    report_training,
    set_teachers,
    set_terms,
    suspend_trainer,
    unmark_step,
)
from apps.core.actors import CLOCK, Actor, user_actor
from apps.core.errors import Conflict, Invalid, NotAllowed
from apps.enrolments.models import Enrolment
from apps.enrolments.services import complete_enrolment, reopen_enrolment, withdraw_enrolment
from apps.events.models import EventRecord
from apps.programs.enums import ProgramKind
from tests.factories.cohorts import OnwardTrainingFactory, PracticeStepFactory, TrainerFactory
from tests.factories.enrolments import EnrolmentFactory
from tests.factories.programs import IntakeFactory, ProgramFactory

pytestmark = pytest.mark.django_db

TODAY = timezone.now().date()
#: The day where the intakes of the tests are: from 17:00 UTC on it is tomorrow there.
THERE = timezone.localdate(timezone=ZoneInfo("Asia/Bangkok"))


@pytest.fixture
def enrolment() -> Enrolment:
    intake = IntakeFactory(program=ProgramFactory(kind=ProgramKind.COHORT))
    PracticeStepFactory(program=intake.program, number=1)
    PracticeStepFactory(program=intake.program, number=2)
    return EnrolmentFactory(intake=intake, started_on=TODAY - timedelta(days=60))


@pytest.fixture
def trainee(enrolment: Enrolment, actor: Actor) -> Trainer:
    return begin_training(enrolment=enrolment, actor=actor)


@pytest.fixture
def ready(trainee: Trainer, actor: Actor) -> Trainer:
    for task in trainee.practice.all():
        mark_step_done(task=task, done_on=TODAY - timedelta(days=1), actor=actor)
    trainee.refresh_from_db()
    return trainee


@pytest.fixture
def certified(ready: Trainer, actor: Actor) -> Trainer:
    return certify_trainer(trainer=ready, actor=actor)


def report(trainer: Trainer, **values: object) -> OnwardTraining:
    given = {
        "key": uuid4(),
        "title": "Data for farmers",
        "held_on": TODAY,
        "people_reached": 25,
        "actor": user_actor(trainer.person.user),
    }
    return report_training(trainer=trainer, **{**given, **values})  # type: ignore[arg-type]


def moves() -> list[str]:
    return list(
        EventRecord.objects.filter(name="TrainerMoved")
        .order_by("id")
        .values_list("payload__after", flat=True)
    )


def test_joining_lays_out_every_step_with_its_day(trainee: Trainer, enrolment: Enrolment) -> None:
    start = enrolment.started_on
    assert start is not None

    assert trainee.status == "in_training"
    assert [task.due_on for task in trainee.practice.all()] == [
        start + timedelta(days=45),
        start + timedelta(days=90),
    ]


def test_joining_twice_gives_one_plan(trainee: Trainer, enrolment: Enrolment, actor: Actor) -> None:
    assert begin_training(enrolment=enrolment, actor=actor) == trainee
    assert trainee.practice.count() == 2


def test_the_first_step_begins_the_practice_time(trainee: Trainer, actor: Actor) -> None:
    task = mark_step_done(task=trainee.practice.all()[0], done_on=TODAY, note="Clear voice", actor=actor)

    trainee.refresh_from_db()
    assert trainee.status == "checkout"
    assert (task.done_on, task.observed_by_id, task.note) == (TODAY, actor.user_id, "Clear voice")


def test_a_step_is_marked_once_and_can_be_corrected(trainee: Trainer, actor: Actor) -> None:
    task = trainee.practice.all()[0]
    mark_step_done(task=task, done_on=TODAY, actor=actor)
    again = mark_step_done(task=task, done_on=TODAY - timedelta(days=3), actor=actor)
    assert again.done_on == TODAY

    assert unmark_step(task=task, actor=actor).done_on is None


def test_nobody_marks_their_own_step_or_certifies_themselves(ready: Trainer, trainee: Trainer) -> None:
    own = user_actor(trainee.person.user)
    unmarked = PracticeTask.objects.filter(trainer=trainee).first()
    assert unmarked is not None
    PracticeTask.objects.filter(pk=unmarked.pk).update(done_on=None, observed_by=None)

    with pytest.raises(NotAllowed):
        mark_step_done(task=unmarked, done_on=TODAY, actor=own)
    with pytest.raises(NotAllowed):
        certify_trainer(trainer=ready, actor=own)


@pytest.mark.parametrize("days", [-2, 61])
def test_a_step_is_not_done_in_the_future_or_before_the_training(
    days: int, trainee: Trainer, actor: Actor
) -> None:
    with pytest.raises(Invalid) as refused:
        mark_step_done(task=trainee.practice.all()[0], done_on=TODAY - timedelta(days=days), actor=actor)

    assert "done_on" in refused.value.fields


def test_a_step_can_be_shown_between_enrolling_and_the_first_day(enrolment: Enrolment, actor: Actor) -> None:
    enrolment.started_on = TODAY + timedelta(days=60)
    enrolment.save()
    trainer = begin_training(enrolment=enrolment, actor=actor)

    assert mark_step_done(task=trainer.practice.all()[0], done_on=THERE, actor=actor).done_on == THERE


def test_certification_needs_every_step(trainee: Trainer, actor: Actor) -> None:
    mark_step_done(task=trainee.practice.all()[0], done_on=TODAY, actor=actor)

    with pytest.raises(Invalid, match="Every practice step"):
        certify_trainer(trainer=trainee, actor=actor)


@pytest.mark.parametrize("status", ["lapsed", "suspended"])
def test_nobody_who_stopped_practising_is_certified(status: str, ready: Trainer, actor: Actor) -> None:
    Trainer.objects.filter(pk=ready.pk).update(status=status)

    with pytest.raises(Conflict):
        certify_trainer(trainer=ready, actor=actor)


def test_certification_completes_the_enrolment_and_is_told_once(
    certified: Trainer, enrolment: Enrolment, actor: Actor
) -> None:
    certify_trainer(trainer=certified, actor=actor)

    enrolment.refresh_from_db()
    assert certified.status == "certified"
    assert certified.certified_on is not None
    assert enrolment.status == "completed"
    assert EventRecord.objects.filter(name="TrainerCertified").count() == 1


def test_an_enrolment_completes_only_after_certification(
    ready: Trainer, enrolment: Enrolment, actor: Actor
) -> None:
    with pytest.raises(Invalid, match="Certification is still to come"):
        complete_enrolment(enrolment=enrolment, actor=actor)


def test_the_teachers_of_the_intake_are_kept_as_who_trained_whom(
    ready: Trainer, enrolment: Enrolment, actor: Actor
) -> None:
    master = TrainerFactory(program=enrolment.intake.program, status="certified", generation=2)
    set_teachers(intake=enrolment.intake, trainers=[master], actor=actor)

    certify_trainer(trainer=ready, actor=actor)

    ready.refresh_from_db()
    assert list(TrainerLink.objects.values_list("trainer", "trainee")) == [(master.pk, ready.pk)]
    assert ready.generation == 3


def test_only_certified_trainers_of_the_program_teach(enrolment: Enrolment, actor: Actor) -> None:
    stranger = TrainerFactory(status="certified")
    beginner = TrainerFactory(program=enrolment.intake.program)

    for chosen in (stranger, beginner):
        with pytest.raises(Invalid) as refused:
            set_teachers(intake=enrolment.intake, trainers=[chosen], actor=actor)
        assert "trainers" in refused.value.fields
    assert not IntakeTrainer.objects.exists()


def test_nobody_becomes_the_trainer_of_their_own_trainer(actor: Actor) -> None:
    program = ProgramFactory(kind=ProgramKind.COHORT)
    first, second, third = TrainerFactory.create_batch(3, program=program, status="certified")
    link_trainers(trainers=[first], trainee=second, actor=actor)
    link_trainers(trainers=[second], trainee=third, actor=actor)

    with pytest.raises(Conflict):
        link_trainers(trainers=[third], trainee=first, actor=actor)

    assert TrainerLink.objects.count() == 2


def test_a_report_counts_once_however_often_it_is_sent(certified: Trainer) -> None:
    key = uuid4()

    assert report(certified, key=key) == report(certified, key=key)
    with pytest.raises(Invalid) as refused:
        report(certified)

    assert "title" in refused.value.fields
    assert OnwardTraining.objects.count() == 1
    assert reach_of(certified.program).people == 25


def test_a_key_of_another_trainer_is_not_theirs_to_use(certified: Trainer) -> None:
    other = TrainerFactory(program=certified.program, status="certified")
    key = uuid4()
    report(other, key=key)

    with pytest.raises(Conflict):
        report(certified, key=key)


def test_a_training_makes_a_certified_trainer_active(certified: Trainer) -> None:
    report(certified)

    certified.refresh_from_db()
    assert (certified.status, certified.last_trained_on) == ("active", TODAY)


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("held_on", {"held_on": TODAY + timedelta(days=3)}),
        ("held_on", {"held_on": TODAY - timedelta(days=400)}),
        ("people_reached", {"people_reached": 0}),
        ("people_reached", {"people_reached": 100_001}),
        ("women_reached", {"people_reached": 10, "women_reached": 11}),
        ("women_reached", {"people_reached": 10, "women_reached": -1}),
    ],
)
def test_impossible_reports_are_refused_at_their_field(field: str, values: dict, certified: Trainer) -> None:
    with pytest.raises(Invalid) as refused:
        report(certified, **values)

    assert list(refused.value.fields) == [field]


@pytest.mark.parametrize("status", ["in_training", "checkout", "lapsed", "suspended"])
def test_only_certified_trainers_report(status: str) -> None:
    with pytest.raises(NotAllowed):
        report(TrainerFactory(status=status))


def test_a_year_without_a_training_lapses_and_a_coordinator_brings_back(
    certified: Trainer, actor: Actor
) -> None:
    assert certified.certified_on is not None
    last_day = date(certified.certified_on.year + 1, certified.certified_on.month, 28)
    assert refresh_standing(on=months_before(last_day, 1), actor=CLOCK) == 0
    assert refresh_standing(on=last_day + timedelta(days=40), actor=CLOCK) == 1
    assert refresh_standing(on=last_day + timedelta(days=40), actor=CLOCK) == 0
    certified.refresh_from_db()
    assert certified.status == "lapsed"

    assert reinstate_trainer(trainer=certified, reason="New job", actor=actor).status == "certified"


def test_the_months_of_the_program_decide_when_a_trainer_lapses(certified: Trainer, actor: Actor) -> None:
    set_terms(program=certified.program, checkout_days=90, active_months=24, actor=actor)

    assert refresh_standing(on=TODAY + timedelta(days=500), actor=CLOCK) == 0
    assert refresh_standing(on=TODAY + timedelta(days=800), actor=CLOCK) == 1


def test_imported_trainers_keep_the_standing_of_their_record() -> None:
    TrainerFactory(status="active", certified_on=date(2015, 1, 1), source="records", source_key="1")

    assert refresh_standing(on=TODAY, actor=CLOCK) == 0


def test_suspension_needs_a_reason_and_stops_reports(certified: Trainer, actor: Actor) -> None:
    with pytest.raises(Invalid):
        suspend_trainer(trainer=certified, reason="", actor=actor)

    suspended = suspend_trainer(trainer=certified, reason="Complaint", actor=actor)

    with pytest.raises(NotAllowed):
        report(suspended)


def test_leaving_the_cohort_ends_the_practice_and_coming_back_resumes_it(
    trainee: Trainer, enrolment: Enrolment, actor: Actor
) -> None:
    enrolment.intake.seats_taken = 1
    enrolment.intake.save()
    ended = withdraw_enrolment(enrolment=enrolment, actor=actor)
    trainee.refresh_from_db()
    assert trainee.status == "lapsed"

    reopen_enrolment(enrolment=ended, reason="A mistake", actor=actor)

    trainee.refresh_from_db()
    assert trainee.status == "checkout"


def test_a_new_step_reaches_everybody_who_practises(trainee: Trainer, actor: Actor) -> None:
    step = add_step(program=trainee.program, title={"en": "Teach"}, instructions={}, actor=actor)
    again = add_step(program=trainee.program, title={"en": "Teach"}, instructions={}, actor=actor)
    assert again == step
    assert trainee.practice.count() == 3

    remove_step(step=step, actor=actor)
    assert trainee.practice.count() == 2


def test_a_step_somebody_has_done_stays(ready: Trainer, actor: Actor) -> None:
    task = ready.practice.select_related("step").first()
    assert task is not None

    with pytest.raises(Conflict):
        remove_step(step=task.step, actor=actor)


def test_master_trainers_are_trainers_of_the_organisation(staff: Callable[..., User], actor: Actor) -> None:
    trainer, stranger = staff(Role.TRAINER), staff(Role.REVIEWER)
    membership = trainer.memberships.get()
    program = ProgramFactory(kind=ProgramKind.COHORT, organisation=membership.organisation)

    first = add_master_trainer(program=program, user=trainer, actor=actor)
    assert add_master_trainer(program=program, user=trainer, actor=actor) == first
    assert (first.generation, first.status, first.enrolment) == (1, "certified", None)
    with pytest.raises(Invalid):
        add_master_trainer(program=program, user=stranger, actor=actor)


def test_a_cascade_counts_every_training_once_however_many_teachers_lead_to_it(actor: Actor) -> None:
    program = ProgramFactory(kind=ProgramKind.COHORT)
    root, left, right, leaf = TrainerFactory.create_batch(4, program=program, status="certified")
    for trainers, trainee in (([root], left), ([root], right), ([left, right], leaf)):
        link_trainers(trainers=trainers, trainee=trainee, actor=actor)
    for trainer, people in ((root, 5), (left, 10), (right, 20), (leaf, 40)):
        OnwardTrainingFactory(trainer=trainer, people_reached=people)

    cascade = cascade_of(root)

    assert (cascade.people, cascade.trainings, cascade.trainers) == (75, 4, 3)
    assert [(level.depth, level.trainers, level.people) for level in cascade.levels] == [
        (1, 2, 30),
        (2, 1, 40),
    ]
    assert cascade_of(leaf).people == 40
    assert reach_of(program).people == 75
