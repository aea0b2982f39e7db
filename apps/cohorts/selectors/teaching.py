"""Who teaches an intake, and who may."""

from django.db.models import QuerySet

from apps.accounts.enums import Role
from apps.accounts.models import Membership, User
from apps.cohorts.enums import MAY_TRAIN
from apps.cohorts.models import (
    IntakeTrainer,
    Trainer,
)
from apps.programs.models import Intake, Program


def may_teach(intake: Intake) -> QuerySet[Trainer]:
    return (
        Trainer.objects.filter(program=intake.program_id, status__in=MAY_TRAIN)
        .select_related("person")
        .order_by("person__full_name", "pk")
    )


def teaches(intake: Intake) -> QuerySet[Trainer]:
    """The trainers who teach an intake."""
    chosen = IntakeTrainer.objects.filter(intake=intake).values("trainer")
    return Trainer.objects.filter(pk__in=chosen).select_related("person").order_by("pk")


def may_become_master(program: Program) -> QuerySet[User]:
    """Trainers of the program's organisation who are not trainers of the program yet."""
    role = Membership.objects.current().filter(organisation=program.organisation_id, role=Role.TRAINER)
    already = Trainer.objects.filter(program=program, person__user__isnull=False).values("person__user")
    return User.objects.filter(pk__in=role.values("user")).exclude(pk__in=already).order_by("full_name", "pk")
