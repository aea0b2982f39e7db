from datetime import UTC, datetime, timedelta

import factory

from apps.courses.models import CourseTerms, Session, Unit
from tests.factories.programs import IntakeFactory, ProgramFactory


class CourseTermsFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CourseTerms

    program = factory.SubFactory(ProgramFactory)


class SessionFactory(factory.django.DjangoModelFactory):
    """A session that began an hour ago and was not marked yet."""

    class Meta:
        model = Session

    intake = factory.SubFactory(IntakeFactory)
    number = factory.Sequence(lambda n: n % 30_000)
    title = factory.LazyAttribute(lambda session: {"en": f"Session {session.number}"})
    starts_at = factory.LazyFunction(lambda: datetime.now(UTC) - timedelta(hours=1))


class UnitFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Unit

    intake = factory.SubFactory(IntakeFactory)
    code = factory.Sequence(lambda n: f"U{n}")
    title = factory.LazyAttribute(lambda unit: {"en": f"Unit {unit.code}"})
