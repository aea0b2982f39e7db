"""From joining a cohort to having shown every practice step."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.cohorts.enums import PRACTISING, TrainerStatus
from apps.cohorts.events import PracticePlanned, PracticeStepDone
from apps.cohorts.models import PracticeStep, PracticeTask, Trainer
from apps.cohorts.rules import practice_days
from apps.cohorts.selectors import terms_of, today_for
from apps.cohorts.services.moves import locked, move
from apps.core.actors import Actor
from apps.core.errors import Conflict, Invalid, NotAllowed
from apps.core.zones import zone_or
from apps.enrolments.models import Enrolment
from apps.enrolments.selectors import today_at
from apps.events.services import publish


@transaction.atomic
def begin_training(*, enrolment: Enrolment, actor: Actor) -> Trainer:
    """Make the new participant a trainer in training, with a practice plan.

    Somebody who was a trainer of this program before keeps what they have shown: a lapsed trainer
    practises again, a certified one stays certified.
    """
    trainer, created = Trainer.objects.get_or_create(
        person_id=enrolment.person_id,
        program_id=enrolment.intake.program_id,
        defaults={"enrolment": enrolment},
    )
    trainer = locked(trainer)
    if not created and trainer.certified_on is None:
        trainer.enrolment = enrolment
        trainer.save(update_fields=["enrolment", "updated_at"])
    if trainer.status == TrainerStatus.LAPSED:
        move(trainer, to=TrainerStatus.CHECKOUT, reason="enrolled again", actor=actor)
    if trainer.status in PRACTISING:
        plan_practice(trainer, actor=actor)
    return trainer


def plan_practice(trainer: Trainer, *, actor: Actor) -> None:
    """Give the trainer every step of the program they do not have yet, with its day.

    Tells of the plan once, when its first step appears.
    """
    is_new = not PracticeTask.objects.filter(trainer=trainer).exists()
    steps = list(PracticeStep.objects.filter(program=trainer.program_id))
    enrolment = trainer.enrolment
    start = (enrolment and enrolment.started_on) or today_for(trainer)
    days = practice_days(
        start=start, steps=len(steps), checkout_days=terms_of(trainer.program_id).checkout_days
    )
    PracticeTask.objects.bulk_create(
        [PracticeTask(trainer=trainer, step=step, due_on=day) for step, day in zip(steps, days, strict=True)],
        ignore_conflicts=True,
    )
    if is_new and steps and enrolment:
        publish(PracticePlanned(trainer_id=trainer.pk, enrolment_id=enrolment.pk), actor=actor)


@transaction.atomic
def mark_step_done(*, task: PracticeTask, done_on: date, note: str = "", actor: Actor) -> PracticeTask:
    """Somebody else saw the step done. The first step begins the practice time.

    Marking the same step twice keeps the first mark. Raises NotAllowed for one's own step, Invalid
    for a day in the future or before the training began, Conflict when the practice is over.
    """
    trainer = locked(task.trainer)
    task = PracticeTask.objects.select_for_update(no_key=True).get(pk=task.pk)
    if task.done_on:
        return task
    _require_observer(trainer, actor)
    _require_day(trainer, done_on)
    if trainer.status not in PRACTISING:
        raise Conflict(_("This person is not practising now."))
    task.done_on, task.note, task.observed_by_id = done_on, note, actor.user_id
    task.save(update_fields=["done_on", "note", "observed_by", "updated_at"])
    if trainer.status == TrainerStatus.IN_TRAINING:
        move(trainer, to=TrainerStatus.CHECKOUT, actor=actor)
    publish(PracticeStepDone(trainer_id=trainer.pk, task_id=task.pk), actor=actor)
    return task


@transaction.atomic
def unmark_step(*, task: PracticeTask, actor: Actor) -> PracticeTask:
    """Correct a mark made by mistake, as long as the person practises."""
    trainer = locked(task.trainer)
    if trainer.status not in PRACTISING:
        raise Conflict(_("This person is not practising now."))
    PracticeTask.objects.filter(pk=task.pk).update(done_on=None, note="", observed_by=None)
    task.refresh_from_db()
    return task


def _require_observer(trainer: Trainer, actor: Actor) -> None:
    if actor.user_id is None or actor.user_id == trainer.person.user_id:
        raise NotAllowed(_("Somebody else has to see this step done."))


def _require_day(trainer: Trainer, done_on: date) -> None:
    enrolment = trainer.enrolment
    today = today_at(enrolment.intake) if enrolment else today_for(trainer)
    zone = zone_or(enrolment.intake.time_zone if enrolment else None, "UTC")
    begun = (enrolment and enrolment.joined_on(zone)) or today - timedelta(days=3650)
    if done_on > today:
        raise Invalid(fields={"done_on": [_("Enter today or a day before.")]})
    if done_on < begun:
        raise Invalid(fields={"done_on": [_("This day is before the training began.")]})
