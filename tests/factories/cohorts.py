from datetime import UTC, datetime, timedelta

import factory

from apps.cohorts.enums import MAY_TRAIN
from apps.cohorts.models import OnwardTraining, PracticeStep, Trainer
from apps.programs.enums import ProgramKind
from tests.factories.people import PersonFactory
from tests.factories.programs import ProgramFactory


class PracticeStepFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PracticeStep

    program = factory.SubFactory(ProgramFactory, kind=ProgramKind.COHORT)
    number = factory.Sequence(lambda n: n % 30_000)
    title = factory.LazyAttribute(lambda step: {"en": f"Step {step.number}"})


class TrainerFactory(factory.django.DjangoModelFactory):
    """In training; certified a month ago when given such a status."""

    class Meta:
        model = Trainer

    person = factory.SubFactory(PersonFactory)
    program = factory.SubFactory(ProgramFactory, kind=ProgramKind.COHORT)
    status = "in_training"
    certified_on = factory.LazyAttribute(
        lambda trainer: (
            (datetime.now(UTC) - timedelta(days=30)).date() if trainer.status in MAY_TRAIN else None
        )
    )


class OnwardTrainingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OnwardTraining

    trainer = factory.SubFactory(TrainerFactory, status="certified")
    program = factory.SelfAttribute("trainer.program")
    title = factory.Sequence(lambda n: f"Training {n}")
    held_on = factory.LazyFunction(lambda: datetime.now(UTC).date())
    people_reached = 10
