"""A session that ends in mid-form: whatever kind of answer was typed, it is there after signing in."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.applications.models import Application
from apps.applications.views.own import last_edited
from tests.accounts.test_sign_in import code_in_mail
from tests.factories.applications import ApplicationFactory, FormVersionFactory
from tests.factories.people import PersonFactory
from tests.factories.programs import IntakeFactory

pytestmark = pytest.mark.django_db
OPTIONS = [{"value": each, "label": {"en": each}} for each in ("rice", "fish", "fruit")]
QUESTIONS = [
    {"key": "home", "kind": "place", "label": {"en": "Home"}},
    {"key": "crops", "kind": "several_choices", "label": {"en": "Crops"}, "options": OPTIONS},
    {"key": "began", "kind": "date", "label": {"en": "Began"}},
    {"key": "jobs", "kind": "rows", "label": {"en": "Jobs"}, "columns": [
        {"key": "job", "kind": "text", "label": {"en": "Job"}},
        {"key": "year", "kind": "number", "label": {"en": "Year"}},
    ]},
]  # fmt: skip
TYPED: dict[str, Any] = {
    "version": "0",
    "home_country": "TH",
    "home_subdivision": "TH-50",
    "home_settlement": "Mae Rim",
    "crops": ["fish", "fruit"],
    "began_day": "31",
    "began_month": "2",
    "began_year": "2020",
    "jobs_rows": "2",
    "jobs_0-job": "Farmer",
    "jobs_0-year": "2019",
    "jobs_1-job": "Teacher",
    "jobs_1-year": "",
}


@pytest.fixture
def draft(real_places: None, applicant: User) -> Application:
    intake = IntakeFactory()
    part = {"key": "life", "title": {"en": "Your life"}, "questions": QUESTIONS}
    form = FormVersionFactory(intake=intake, definition={"sections": [part]})
    User.objects.filter(pk=applicant.pk).update(email="suda@example.org")
    person = PersonFactory(user=applicant)
    return ApplicationFactory(intake=intake, form_version=form, person=person, status="draft")


def test_every_kind_of_answer_is_there_after_signing_in_and_so_is_the_field(
    client: Client, draft: Application
) -> None:
    address = reverse("applications:section", args=[draft.public_id, "life"])

    answer = client.post(address, {**TYPED, "last.edited": "id_jobs_1-job"})
    asked = urlsplit(answer["Location"])
    onward = parse_qs(asked.query)["next"][0]
    assert onward == f"{address}#id_jobs_1-job"

    assert sign_in(client, answer["Location"]) == onward
    page = client.get(address).content.decode()
    for part in (
        '<option value="TH" selected>',
        '<option value="TH-50" selected>',
        'value="Mae Rim"',
        'value="fish" id="id_crops_1" checked',
        'value="fruit" id="id_crops_2" checked',
        'name="began_day" type="text" inputmode="numeric" value="31"',
        'name="jobs_0-job" value="Farmer"',
        'name="jobs_0-year" value="2019"',
        'name="jobs_1-job" value="Teacher"',
        'data-unsaved="1"',
        'id="id_jobs_1-job"',
    ):
        assert part in page, part
    assert 'value="rice" id="id_crops_0" checked' not in page

    saved = client.post(address, TYPED)
    assert saved.status_code == 422  # 31 February
    kept = draft.sections.get().answers
    assert kept["jobs"] == [{"job": "Farmer", "year": "2019"}, {"job": "Teacher"}]
    assert kept["began"] == ["31", "2", "2020"]


def sign_in(client: Client, page: str) -> str:
    """Through the forms as they are, by code; where that leads in the end."""
    onward = re.search(r'name="next" value="([^"]*)"', client.get(page).content.decode()).group(1)
    answer = client.post(page, {"email": "suda@example.org", "next": onward})
    onward = re.search(r'name="next" value="([^"]*)"', client.get(answer["Location"]).content.decode()).group(
        1
    )
    return str(client.post(answer["Location"], {"code": code_in_mail(), "next": onward})["Location"])


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ({"last.edited": "id_why"}, "#id_why"),
        ({"last.edited": "", "why": "x", "later": "1"}, "#id_why"),
        ({"born_day": "1", "born_year": "2000"}, "#id_born"),
        ({"home_country": "TH", "home_settlement": ""}, "#id_home"),
        ({"jobs_rows": "1", "jobs_0-job": "Farmer", "more": "jobs"}, "#id_jobs_0-job"),
        ({"last.edited": '"><script>', "version": "3"}, ""),
        ({}, ""),
    ],
)
def test_the_field_is_the_one_told_or_the_last_with_an_answer(
    typed: dict[str, str], place: str, rf: Any
) -> None:
    assert last_edited(rf.post("/", typed)) == place


def test_the_browser_of_a_shared_phone_is_asked_not_to_remember_answers(
    signed_in: Callable[[User], Client], draft: Application
) -> None:
    client = signed_in(draft.person.user)
    address = reverse("applications:section", args=[draft.public_id, "life"])
    assert 'novalidate autocomplete="off"' not in client.get(address).content.decode()

    client.post(reverse("accounts:device"), {"device": "shared"})
    assert 'novalidate autocomplete="off"' in client.get(address).content.decode()


def test_autofill_is_offered_for_what_says_who_someone_is(
    signed_in: Callable[[User], Client], draft: Application
) -> None:
    questions = [
        {"key": "full-name", "kind": "text", "label": {"en": "Name"}},
        {"key": "phone_number", "kind": "text", "label": {"en": "Phone"}},
        {"key": "email", "kind": "text", "label": {"en": "E-mail"}},
        {"key": "country", "kind": "country", "label": {"en": "Country"}},
        {"key": "date-of-birth", "kind": "date", "label": {"en": "Birthday"}},
        {"key": "motto", "kind": "text", "label": {"en": "Motto"}},
    ]
    draft.form_version.definition["sections"][0]["questions"] = questions
    draft.form_version.save()

    address = reverse("applications:section", args=[draft.public_id, "life"])
    page = signed_in(draft.person.user).get(address).content.decode()

    for word in ("name", "tel", "email", "country", "bday-day", "bday-month", "bday-year"):
        assert page.count(f'autocomplete="{word}"') == 1, word
    assert page.count("autocomplete=") == 7
    assert 'inputmode="tel"' in page
