"""Trainings that certified trainers hold, and the people they reach."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.cohorts.enums import MAY_TRAIN
from apps.cohorts.events import OnwardTrainingReported
from apps.cohorts.models import OnwardTraining, Trainer
from apps.cohorts.selectors import today_for
from apps.cohorts.services.moves import locked
from apps.cohorts.services.standing import note_training
from apps.core.actors import Actor
from apps.core.errors import Conflict, Invalid, NotAllowed
from apps.events.services import publish
from apps.places.models import Country

MOST_PEOPLE = 100_000


@transaction.atomic
def report_training(
    *,
    trainer: Trainer,
    key: UUID,
    title: str,
    held_on: date,
    people_reached: int,
    women_reached: int | None = None,
    country: Country | None = None,
    place: str = "",
    actor: Actor,
) -> OnwardTraining:
    """Report one training. The same `key` twice is one report, however often it is sent.

    A second report of the same title, day and place is refused too, because people reached must
    not count twice. Raises NotAllowed for somebody who is not certified, Invalid at the field.
    """
    trainer = locked(trainer)
    if before := OnwardTraining.objects.filter(public_id=key).first():
        if before.trainer_id != trainer.pk:
            raise Conflict
        return before
    if trainer.status not in MAY_TRAIN or trainer.certified_on is None:
        raise NotAllowed(_("Only certified trainers report trainings."))
    _require_day(held_on, trainer)
    _require_people(people_reached, women_reached)
    _require_new(trainer, title, held_on, place)
    training = OnwardTraining.objects.create(
        public_id=key,
        trainer=trainer,
        program_id=trainer.program_id,
        title=title,
        held_on=held_on,
        country=country,
        place=place,
        people_reached=people_reached,
        women_reached=women_reached,
    )
    publish(OnwardTrainingReported(training_id=training.pk, trainer_id=trainer.pk), actor=actor)
    note_training(trainer, held_on=held_on, actor=actor)
    return training


def _require_day(held_on: date, trainer: Trainer) -> None:
    if held_on > today_for(trainer):
        raise Invalid(fields={"held_on": [_("Enter today or a day before. Report a training after it.")]})
    if trainer.certified_on and held_on < trainer.certified_on:
        raise Invalid(fields={"held_on": [_("This day is before you were certified.")]})


def _require_people(people: int, women: int | None) -> None:
    if not 1 <= people <= MOST_PEOPLE:
        raise Invalid(
            fields={
                "people_reached": [_("Enter a number between 1 and %(most)s.") % {"most": f"{MOST_PEOPLE:,}"}]
            }
        )
    if women is not None and not 0 <= women <= people:
        raise Invalid(fields={"women_reached": [_("Enter at most the number of people reached.")]})


def _require_new(trainer: Trainer, title: str, held_on: date, place: str) -> None:
    same = OnwardTraining.objects.filter(
        trainer=trainer, held_on=held_on, title__iexact=title, place__iexact=place
    )
    if same.exists():
        raise Invalid(fields={"title": [_("You have reported this training already.")]})
