"""Who trained whom, and who teaches an intake."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.accounts.enums import Role
from apps.accounts.models import Membership, User
from apps.cohorts.enums import MAY_TRAIN, TrainerStatus
from apps.cohorts.events import TrainerCertified
from apps.cohorts.models import IntakeTrainer, Trainer, TrainerLink
from apps.cohorts.rules import generation_of, makes_a_circle
from apps.cohorts.selectors import today_for
from apps.core.actors import Actor
from apps.core.errors import Conflict, Invalid
from apps.events.services import publish
from apps.people.models import Person
from apps.programs.events import IntakeChanged
from apps.programs.models import Intake, Program


@transaction.atomic
def add_master_trainer(*, program: Program, user: User, actor: Actor) -> Trainer:
    """Make a trainer of the organisation the first generation of a program, without an enrolment.

    Adding the same person twice gives the same trainer. Raises Invalid for somebody who is not a
    trainer of the organisation, so that nobody can look up who else has an account.
    """
    roles = Membership.objects.current().filter(
        user=user, organisation=program.organisation_id, role=Role.TRAINER
    )
    if not roles.exists():
        raise Invalid(fields={"user": [_("Choose a trainer of your organisation.")]})
    person, _created = Person.objects.get_or_create(user=user, defaults={"full_name": user.full_name})
    trainer, created = Trainer.objects.get_or_create(
        person=person,
        program=program,
        defaults={
            "status": TrainerStatus.CERTIFIED,
            "certified_on": today_for(Trainer(person=person)),
            "certified_by_id": actor.user_id,
        },
    )
    if created:
        publish(TrainerCertified(trainer_id=trainer.pk), actor=actor)
    return trainer


@transaction.atomic
def set_teachers(*, intake: Intake, trainers: Iterable[Trainer], actor: Actor) -> None:
    """Say who teaches an intake: from now on, the teachers of everyone certified through it."""
    chosen = {trainer.pk: trainer for trainer in trainers}
    Intake.objects.select_for_update(no_key=True).get(pk=intake.pk)
    strangers = [
        trainer
        for trainer in chosen.values()
        if trainer.program_id != intake.program_id or trainer.status not in MAY_TRAIN
    ]
    if strangers:
        raise Invalid(fields={"trainers": [_("Choose certified trainers of this program.")]})
    IntakeTrainer.objects.filter(intake=intake).exclude(trainer__in=chosen).delete()
    IntakeTrainer.objects.bulk_create(
        [IntakeTrainer(intake=intake, trainer=trainer) for trainer in chosen.values()],
        ignore_conflicts=True,
    )
    publish(IntakeChanged(intake_id=intake.pk, fields=["teachers"]), actor=actor)


@transaction.atomic
def link_trainers(*, trainers: Iterable[Trainer], trainee: Trainer, actor: Actor) -> None:
    """Note that `trainers` trained `trainee`. Noting it twice is the same as once.

    The program's row is locked while the circle is looked for, so two links written at once cannot
    close one together. Raises Conflict for a circle: nobody is taught by their own pupils.
    """
    trainers = list(trainers)
    Program.objects.select_for_update(no_key=True).get(pk=trainee.program_id)
    taught = set(
        TrainerLink.objects.filter(trainer__program=trainee.program_id).values_list("trainer", "trainee")
    )
    for trainer in trainers:
        if makes_a_circle(trainer=trainer.pk, trainee=trainee.pk, taught=taught):
            raise Conflict(_("This would make somebody the trainer of their own trainer."))
    TrainerLink.objects.bulk_create(
        [TrainerLink(trainer=trainer, trainee=trainee) for trainer in trainers], ignore_conflicts=True
    )
    teachers = Trainer.objects.filter(taught__trainee=trainee).values_list("generation", flat=True)
    trainee.generation = generation_of(teachers)
    trainee.save(update_fields=["generation", "updated_at"])
