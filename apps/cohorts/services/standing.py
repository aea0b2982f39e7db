"""Certified, active, lapsed, suspended. Locks the enrolment first, then the trainer."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.cohorts.enums import MAY_TRAIN, PRACTISING, TrainerStatus
from apps.cohorts.events import TrainerCertified
from apps.cohorts.models import CohortTerms, IntakeTrainer, PracticeTask, Trainer
from apps.cohorts.rules import Standing, has_lapsed, is_active, may_certify
from apps.cohorts.selectors import may_have_lapsed, terms_of, today_for
from apps.cohorts.services.moves import locked, move
from apps.cohorts.services.teaching import link_trainers
from apps.core.actors import Actor
from apps.core.errors import Conflict, Invalid, NotAllowed
from apps.enrolments.enums import TAKES_PART
from apps.enrolments.models import Enrolment
from apps.enrolments.services import complete_enrolment
from apps.events.services import publish


@transaction.atomic
def certify_trainer(*, trainer: Trainer, actor: Actor) -> Trainer:
    """Certify somebody who has shown every step, note who trained them, and complete their enrolment.

    Certifying twice is the same as once. Raises Invalid while a step is open, NotAllowed for
    oneself, Conflict for somebody lapsed or suspended.
    """
    enrolment = _locked_enrolment(trainer)
    trainer = locked(trainer)
    if trainer.status in MAY_TRAIN:
        return trainer
    if trainer.status not in PRACTISING:
        raise Conflict(_("This person is not practising now."))
    if actor.user_id is None or actor.user_id == trainer.person.user_id:
        raise NotAllowed(_("Somebody else has to certify you."))
    done = PracticeTask.objects.filter(trainer=trainer).values_list("done_on", flat=True)
    if not may_certify(day is not None for day in done):
        raise Invalid(_("Every practice step has to be done before certification."))
    move(
        trainer,
        to=TrainerStatus.CERTIFIED,
        actor=actor,
        certified_on=today_for(trainer),
        certified_by_id=actor.user_id,
    )
    publish(TrainerCertified(trainer_id=trainer.pk), actor=actor)
    if enrolment:
        _note_teachers(trainer, enrolment, actor)
        if enrolment.status in TAKES_PART:
            complete_enrolment(enrolment=enrolment, actor=actor)
    return trainer


def _locked_enrolment(trainer: Trainer) -> Enrolment | None:
    if trainer.enrolment_id is None:  # a master trainer
        return None
    return Enrolment.objects.select_for_update(no_key=True).get(pk=trainer.enrolment_id)


def _note_teachers(trainer: Trainer, enrolment: Enrolment, actor: Actor) -> None:
    teaching = IntakeTrainer.objects.filter(intake=enrolment.intake_id).exclude(trainer=trainer)
    teachers = [row.trainer for row in teaching.select_related("trainer").order_by("trainer")]
    link_trainers(trainers=teachers, trainee=trainer, actor=actor)


@transaction.atomic
def suspend_trainer(*, trainer: Trainer, reason: str, actor: Actor) -> Trainer:
    """Stop somebody from training others, for a reason that is kept."""
    if not reason:
        raise Invalid(fields={"reason": [_("Say why.")]})
    trainer = locked(trainer)
    move(trainer, to=TrainerStatus.SUSPENDED, reason=reason, actor=actor)
    return trainer


@transaction.atomic
def reinstate_trainer(*, trainer: Trainer, reason: str, actor: Actor) -> Trainer:
    """Bring back a lapsed or suspended trainer: certified ones as certified, others to practice."""
    if not reason:
        raise Invalid(fields={"reason": [_("Say why.")]})
    trainer = locked(trainer)
    if trainer.status not in (TrainerStatus.LAPSED, TrainerStatus.SUSPENDED):
        raise Conflict(_("This person is neither lapsed nor suspended."))
    if actor.user_id == trainer.person.user_id:
        raise NotAllowed(_("Somebody else has to reinstate you."))
    if not trainer.certified_on:
        move(trainer, to=TrainerStatus.CHECKOUT, reason=reason, actor=actor)
        return trainer
    # the certificate counts anew from today, otherwise tonight's clock would lapse it again
    move(trainer, to=TrainerStatus.CERTIFIED, reason=reason, actor=actor, certified_on=today_for(trainer))
    return trainer


@transaction.atomic
def leave_training(*, trainer: Trainer, reason: str, actor: Actor) -> None:
    """Somebody stops before certification. Certified trainers are not touched."""
    trainer = locked(trainer)
    if trainer.status in PRACTISING:
        move(trainer, to=TrainerStatus.LAPSED, reason=reason, actor=actor)


def refresh_standing(*, on: date, actor: Actor) -> int:
    """Lapse trainers without a training in the last months; return how many moved.

    Called by the daily task. Imported trainers keep the standing their record gave them. Each
    trainer is their own transaction, so one conflict does not hold up the others.
    """
    months = dict(CohortTerms.objects.values_list("program", "active_months"))
    moved = 0
    for trainer in may_have_lapsed(before=on).iterator():
        standing = _standing(trainer, months.get(trainer.program_id, CohortTerms().active_months))
        if standing and has_lapsed(standing, on=on):
            with transaction.atomic():
                moved += _settle(locked(trainer), on=on, actor=actor)
    return moved


def _settle(trainer: Trainer, *, on: date, actor: Actor) -> bool:
    standing = standing_of(trainer)
    if trainer.status not in MAY_TRAIN or standing is None or not has_lapsed(standing, on=on):
        return False
    move(trainer, to=TrainerStatus.LAPSED, reason="no training in time", actor=actor)
    return True


def standing_of(trainer: Trainer) -> Standing | None:
    return _standing(trainer, terms_of(trainer.program_id).active_months)


def _standing(trainer: Trainer, active_months: int) -> Standing | None:
    if trainer.certified_on is None:
        return None
    return Standing(trainer.certified_on, trainer.last_trained_on, active_months)


def note_training(trainer: Trainer, *, held_on: date, actor: Actor) -> None:
    """A training was held: remember the newest day; recent ones make the trainer active.

    Needs the trainer locked by the caller.
    """
    if trainer.last_trained_on is None or held_on > trainer.last_trained_on:
        trainer.last_trained_on = held_on
        trainer.save(update_fields=["last_trained_on", "updated_at"])
    standing = standing_of(trainer)
    certified = trainer.status == TrainerStatus.CERTIFIED
    if certified and standing and is_active(standing, on=today_for(trainer)):
        move(trainer, to=TrainerStatus.ACTIVE, actor=actor)
