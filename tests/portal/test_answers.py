"""Every answer as a table: in words, without formulas, the sensitive ones only when asked for."""

import csv
import io
from time import process_time
from typing import Any

import pytest
from django.test import Client

from apps.accounts.models import Organisation
from apps.applications.models import SectionAnswers
from apps.programs.models import Intake
from tests.factories.applications import (
    ApplicationFactory,
    DocumentFactory,
    FormVersionFactory,
    SectionAnswersFactory,
)
from tests.factories.bulk import applications_for
from tests.factories.places import CountryFactory
from tests.factories.programs import IntakeFactory, ProgramFactory

pytestmark = pytest.mark.django_db
DEFINITION = {
    "sections": [
        {
            "key": "you",
            "title": {"en": "You"},
            "questions": [
                {"key": "phone", "kind": "text", "label": {"en": "Phone"}},
                {"key": "country", "kind": "country", "label": {"en": "Country", "th": "ประเทศ"}},
                {"key": "health", "kind": "text", "label": {"en": "Health"}, "hidden_from_reviewers": True},
                {
                    "key": "tools",
                    "kind": "several_choices",
                    "label": {"en": "Tools"},
                    "options": [
                        {"value": "a", "label": {"en": "Phone"}},
                        {"value": "b", "label": {"en": "Laptop"}},
                    ],
                },
                {
                    "key": "schools",
                    "kind": "rows",
                    "label": {"en": "Schools"},
                    "columns": [{"key": "name", "kind": "text", "label": {"en": "Name"}}],
                },
                {"key": "hello", "kind": "statement", "label": {"en": "Hello"}},
                {"key": "paper", "kind": "document", "label": {"en": "Paper"}},
                {
                    "key": "secret",
                    "kind": "text",
                    "label": {"en": "Only without tools"},
                    "when": {"not": {"question": "tools", "op": "answered"}},
                },
            ],
        }
    ]
}
ANSWERS = {
    "phone": "+66 80",
    "country": "TH",
    "health": "asthma",
    "tools": ["a", "b"],
    "schools": [{"name": "=HYPERLINK(1)"}, {"name": "Two"}],
    "secret": "typed before",
}


@pytest.fixture
def intake(organisation: Organisation) -> Intake:
    return IntakeFactory(program=ProgramFactory(organisation=organisation))


@pytest.fixture
def answered(intake: Intake) -> Any:
    CountryFactory(code="TH", name="Thailand")
    version = FormVersionFactory(intake=intake, definition=DEFINITION)
    application = ApplicationFactory(intake=intake, form_version=version)
    SectionAnswersFactory(application=application, section="you", answers=ANSWERS)
    DocumentFactory(application=application, question="paper", name="=scan.pdf")
    return application


def table(client: Client, language: str = "en", **query: str) -> list[dict[str, str]]:
    answer = client.get(f"/{language}/staff/answers.csv", query)
    text = b"".join(answer.streaming_content).decode().removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text)))


def test_answers_are_told_in_words_and_run_as_no_formula(as_coordinator: Client, answered: Any) -> None:
    (row,) = table(as_coordinator)

    assert row["Country"] == "Thailand"
    assert row["Tools"] == "Phone, Laptop"
    assert row["Schools"] == "Name: =HYPERLINK(1)\nName: Two"
    assert row["Paper"] == "'=scan.pdf"
    assert row["Only without tools"] == ""
    assert "Hello" not in row
    assert row["Reference"] == answered.reference


def test_sensitive_answers_and_names_come_only_when_asked_for(as_coordinator: Client, answered: Any) -> None:
    (plain,), (full,) = table(as_coordinator), table(as_coordinator, sensitive="yes")

    assert not {"Health", "Phone", "Name", "E-mail"} & plain.keys()
    assert "asthma" not in str(plain)
    assert full["Health"] == "asthma"
    assert full["Phone"] == "'+66 80"
    assert full["Name"] == answered.person.full_name


def test_columns_follow_the_readers_language_and_every_version(
    as_coordinator: Client, answered: Any, intake: Intake
) -> None:
    newer = {
        "sections": [
            {
                "key": "more",
                "title": {},
                "questions": [
                    {"key": "country", "kind": "country", "label": {"en": "Land", "th": "ดินแดน"}},
                    {"key": "tools", "kind": "text", "label": {"en": "Land", "th": "ดินแดน"}},
                ],
            }
        ]
    }
    version = FormVersionFactory(intake=intake, definition=newer, number=2)
    ApplicationFactory(intake=intake, form_version=version)

    rows = table(as_coordinator, language="th")

    assert len(rows) == 2
    assert {"ดินแดน [country]", "ดินแดน [tools]", "Paper"} <= rows[0].keys()


def test_ten_thousand_applications_are_told_quickly(
    as_coordinator: Client, intake: Intake, django_assert_max_num_queries: Any
) -> None:
    CountryFactory(code="TH", name="Thailand")
    version = FormVersionFactory(intake=intake, definition=DEFINITION)
    made = applications_for(intake, 10_000)
    type(made[0]).objects.filter(intake=intake).update(form_version=version)
    SectionAnswers.objects.bulk_create(
        [SectionAnswers(application=each, section="you", answers=ANSWERS) for each in made], batch_size=2000
    )

    with django_assert_max_num_queries(20 + 5 * 20):
        begun = process_time()
        answer = as_coordinator.get("/en/staff/answers.csv")
        count = sum(line.count(b"BULK-") for line in answer.streaming_content)
        taken = process_time() - begun

    assert count == 10_000
    assert taken < 20
