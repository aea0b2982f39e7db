from datetime import UTC, datetime, timedelta

import factory

from apps.programs.enums import InclusionGroup, IntakeStatus, ProgramKind, RuleAnswer, RuleTest
from apps.programs.models import EligibilityRule, Funding, InclusionTarget, Intake, Program
from tests.factories.accounts import OrganisationFactory


class ProgramFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Program

    organisation = factory.SubFactory(OrganisationFactory)
    kind = ProgramKind.COURSE
    slug = factory.Sequence(lambda n: f"program-{n}")
    title = factory.LazyAttribute(lambda program: {"en": program.slug.replace("-", " ").capitalize()})
    summary = factory.LazyFunction(lambda: {"en": "Learn to work with data."})


class IntakeFactory(factory.django.DjangoModelFactory):
    """Open for a month, with ten seats."""

    class Meta:
        model = Intake

    program = factory.SubFactory(ProgramFactory)
    slug = factory.Sequence(lambda n: f"intake-{n}")
    name = factory.Sequence(lambda n: {"en": f"Intake {n}"})
    status = IntakeStatus.OPEN
    opens_at = factory.LazyFunction(lambda: datetime.now(UTC) - timedelta(days=1))
    closes_at = factory.LazyFunction(lambda: datetime.now(UTC) + timedelta(days=30))
    seats = 10


class EligibilityRuleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EligibilityRule

    intake = factory.SubFactory(IntakeFactory)
    number = factory.Sequence(lambda n: n % 30_000)
    key = factory.Sequence(lambda n: f"rule-{n}")
    question = factory.LazyFunction(lambda: {"en": "Can you take part in English?"})
    answer = RuleAnswer.YES_NO
    test = RuleTest.IS
    value = True
    unmet = factory.LazyFunction(lambda: {"en": "The lessons are in English only."})


class FundingFactory(factory.django.DjangoModelFactory):
    """A stream that may do nothing but outreach."""

    class Meta:
        model = Funding

    program = factory.SubFactory(ProgramFactory)
    funder = factory.SubFactory(OrganisationFactory, kind="funds")


class InclusionTargetFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = InclusionTarget

    intake = factory.SubFactory(IntakeFactory)
    group = InclusionGroup.WOMEN
    percent = 50
