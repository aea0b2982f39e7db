from datetime import UTC, datetime

import factory

from apps.applications.enums import Outcome
from apps.selection.models import Decision, Offer, OfferCondition, ReleaseBatch, WaitlistEntry
from tests.factories.accounts import UserFactory
from tests.factories.applications import ApplicationFactory
from tests.factories.programs import IntakeFactory


class DecisionFactory(factory.django.DjangoModelFactory):
    """A held decision that somebody is not selected."""

    class Meta:
        model = Decision

    application = factory.SubFactory(ApplicationFactory)
    outcome = Outcome.NOT_SELECTED
    decided_by = factory.SubFactory(UserFactory)


class ReleaseBatchFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ReleaseBatch

    intake = factory.SubFactory(IntakeFactory)
    size = 1
    prepared_by = factory.SubFactory(UserFactory)


class OfferFactory(factory.django.DjangoModelFactory):
    """An offer that holds no seat yet in `Intake.seats_taken`: services count seats, factories do not."""

    class Meta:
        model = Offer

    application = factory.SubFactory(ApplicationFactory)
    intake = factory.SelfAttribute("application.intake")
    made_at = factory.LazyFunction(lambda: datetime.now(UTC))


class OfferConditionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OfferCondition

    offer = factory.SubFactory(OfferFactory)
    text = factory.Sequence(lambda n: f"Show your diploma number {n}.")


class WaitlistEntryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = WaitlistEntry

    application = factory.SubFactory(ApplicationFactory)
    intake = factory.SelfAttribute("application.intake")
    position = factory.Sequence(lambda n: n + 1)
