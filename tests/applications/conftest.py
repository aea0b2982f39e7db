"""A small form, and an intake that uses it."""

from pathlib import Path
from typing import Any

import pytest

from apps.accounts.models import User
from apps.applications.models import Application, FormVersion
from apps.applications.services import save_section
from apps.core.actors import SYSTEM
from apps.places.models import Country
from apps.programs.models import Intake
from tests.factories.applications import ApplicationFactory, DocumentFactory, FormVersionFactory
from tests.factories.people import PersonFactory
from tests.factories.places import CountryFactory
from tests.factories.programs import IntakeFactory

DEFINITION = {
    "sections": [
        {
            "key": "about-you",
            "title": {"en": "About you", "th": "เกี่ยวกับคุณ"},
            "questions": [
                {"key": "full-name", "kind": "text", "label": {"en": "Full name"}, "required": True},
                {"key": "date-of-birth", "kind": "date", "label": {"en": "Date of birth"}, "required": True},
                {"key": "country", "kind": "country", "label": {"en": "Country"}, "required": True},
            ],
        },
        {
            "key": "plans",
            "title": {"en": "Your plans"},
            "questions": [
                {
                    "key": "why",
                    "kind": "long_text",
                    "label": {"en": "Why?"},
                    "required": True,
                    "most_words": 50,
                },
                {"key": "hours", "kind": "number", "label": {"en": "Hours a week"}, "required": False},
                {"key": "certificate", "kind": "document", "label": {"en": "Certificate"}, "required": True},
            ],
        },
    ]
}


def fill_in(draft: Application) -> None:
    """Everything that DEFINITION needs, as the applicant would have saved it."""
    fill_in_answers(draft)
    DocumentFactory(application=draft, question="certificate")


def fill_in_answers(draft: Application) -> None:
    answers = {
        "about-you": {"full-name": "Suda", "date-of-birth": "2001-03-27", "country": "TH"},
        "plans": {"why": "To teach my village."},
    }
    for section, given in answers.items():
        save_section(
            application=draft, section=section, answers=given, is_complete=True, version=0, actor=SYSTEM
        )


@pytest.fixture
def country(db: None) -> Country:
    return CountryFactory()


@pytest.fixture
def intake(country: Country) -> Intake:
    return IntakeFactory()


@pytest.fixture
def form_version(intake: Intake) -> FormVersion:
    return FormVersionFactory(intake=intake, definition=DEFINITION)


@pytest.fixture
def own_files(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def draft(applicant: User, form_version: FormVersion, own_files: Path) -> Application:
    """A draft of `applicant`, whose files lie in a folder of this test."""
    return ApplicationFactory(
        intake=form_version.intake,
        form_version=form_version,
        person=PersonFactory(user=applicant),
        status="draft",
    )
