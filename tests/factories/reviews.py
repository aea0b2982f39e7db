from datetime import UTC, datetime

import factory

from apps.reviews.models import Criterion, IntakeReviewer, ReviewAssignment, Rubric
from tests.factories.accounts import UserFactory
from tests.factories.applications import ApplicationFactory
from tests.factories.programs import IntakeFactory


class RubricFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Rubric

    intake = factory.SubFactory(IntakeFactory)


class CriterionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Criterion

    rubric = factory.SubFactory(RubricFactory)
    number = factory.Sequence(lambda n: n % 30_000)
    title = factory.LazyFunction(lambda: {"en": "Readiness"})
    weight = 50
    highest = 5


class IntakeReviewerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = IntakeReviewer

    intake = factory.SubFactory(IntakeFactory)
    reviewer = factory.SubFactory(UserFactory)


class ReviewAssignmentFactory(factory.django.DjangoModelFactory):
    """An assignment whose reviewer has said that there is no tie."""

    class Meta:
        model = ReviewAssignment

    application = factory.SubFactory(ApplicationFactory, status="in_review")
    reviewer = factory.SubFactory(UserFactory)
    no_conflict_declared_at = factory.LazyFunction(lambda: datetime.now(UTC))
