from datetime import UTC, datetime

import factory

from apps.selection.models import Offer, WaitlistEntry
from tests.factories.applications import ApplicationFactory


class OfferFactory(factory.django.DjangoModelFactory):
    """An offer that holds no seat yet in `Intake.seats_taken`: services count seats, factories do not."""

    class Meta:
        model = Offer

    application = factory.SubFactory(ApplicationFactory)
    intake = factory.SelfAttribute("application.intake")
    made_at = factory.LazyFunction(lambda: datetime.now(UTC))


class WaitlistEntryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = WaitlistEntry

    application = factory.SubFactory(ApplicationFactory)
    intake = factory.SelfAttribute("application.intake")
    position = factory.Sequence(lambda n: n + 1)
