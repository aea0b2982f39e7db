"""The one way a trainer's standing changes here."""

from typing import Any

from apps.cohorts.enums import TrainerStatus
from apps.cohorts.events import TrainerMoved
from apps.cohorts.models import Trainer
from apps.core.actors import Actor
from apps.core.lifecycle import change
from apps.events.services import publish


def locked(trainer: Trainer) -> Trainer:
    return (
        Trainer.objects.select_for_update(of=("self",), no_key=True)
        .select_related("person", "program", "enrolment")
        .get(pk=trainer.pk)
    )


def move(trainer: Trainer, *, to: TrainerStatus, actor: Actor, reason: str = "", **values: Any) -> None:
    before = trainer.status
    change(trainer, to=to, **values)
    publish(TrainerMoved(trainer_id=trainer.pk, before=before, after=to, reason=reason), actor=actor)
