from datetime import UTC, datetime, timedelta

import factory

from apps.applications.enums import ApplicationStatus, DocumentStatus, ReferenceStatus
from apps.applications.models import (
    Application,
    Document,
    FormVersion,
    Reference,
    ReferenceTerms,
    SectionAnswers,
)
from tests.factories.people import PersonFactory
from tests.factories.programs import IntakeFactory

#: What the referees of a test are asked.
QUESTIONS = [
    {"key": "how-long", "label": {"en": "How long?", "th": "นานเท่าไร"}, "required": True},
    {
        "key": "recommend",
        "label": {"en": "Do you recommend them?"},
        "required": True,
        "options": [
            {"value": "yes", "label": {"en": "Yes", "th": "ใช่"}},
            {"value": "no", "label": {"en": "No"}},
        ],
    },
    {"key": "more", "label": {"en": "Anything else?"}, "required": False},
]


class FormVersionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FormVersion

    intake = factory.SubFactory(IntakeFactory)
    number = 1
    definition = factory.LazyFunction(lambda: {"sections": []})
    published_at = factory.LazyFunction(lambda: datetime.now(UTC))


class ApplicationFactory(factory.django.DjangoModelFactory):
    """A sent application of a person with an account; `status="draft"` for one not sent yet."""

    class Meta:
        model = Application

    reference = factory.Sequence(lambda n: f"AP-{n:08d}")
    intake = factory.SubFactory(IntakeFactory)
    person = factory.SubFactory(PersonFactory)
    status = ApplicationStatus.SUBMITTED
    submitted_at = factory.LazyAttribute(
        lambda application: None if application.status == ApplicationStatus.DRAFT else datetime.now(UTC)
    )


class SectionAnswersFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SectionAnswers

    application = factory.SubFactory(ApplicationFactory)
    section = "about-you"


class DocumentFactory(factory.django.DjangoModelFactory):
    """A checked file of a question. Its content is not stored."""

    class Meta:
        model = Document

    application = factory.SubFactory(ApplicationFactory)
    question = "certificate"
    name = "certificate.pdf"
    content_type = "application/pdf"
    size = 1000
    sha256 = "0" * 64
    stored_as = factory.Sequence(lambda n: f"documents/{n:032x}")
    status = DocumentStatus.CLEAN


class ReferenceTermsFactory(factory.django.DjangoModelFactory):
    """Two referees, two questions."""

    class Meta:
        model = ReferenceTerms

    intake = factory.SubFactory(IntakeFactory)
    wanted = 2
    questions = factory.LazyFunction(lambda: list(QUESTIONS))


class ReferenceFactory(factory.django.DjangoModelFactory):
    """Asked four days ago, due in ten; the intake has terms."""

    class Meta:
        model = Reference

    application = factory.SubFactory(ApplicationFactory, status="draft")
    name = factory.Sequence(lambda n: f"Teacher {n}")
    relation = "My teacher"
    email = factory.Sequence(lambda n: f"teacher{n}@school.example.org")
    status = ReferenceStatus.REQUESTED
    asked_at = factory.LazyFunction(lambda: datetime.now(UTC) - timedelta(days=4))
    due_at = factory.LazyFunction(lambda: datetime.now(UTC) + timedelta(days=10))
    questions = factory.LazyAttribute(
        lambda row: (
            ReferenceTerms.objects.get_or_create(
                intake=row.application.intake, defaults={"wanted": 2, "questions": QUESTIONS}
            )[0].questions
        )
    )
