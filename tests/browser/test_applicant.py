"""An applicant with a phone: from the catalogue to the reference number, on pages that look right."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from playwright.sync_api import Page, expect

from apps.applications.models import Application
from apps.programs.enums import ProgramKind
from apps.programs.models import Intake
from tests.applications.test_inspection import a_pdf
from tests.factories.programs import EligibilityRuleFactory, IntakeFactory, ProgramFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Look = Callable[[Page], None]


@pytest.fixture(params=ProgramKind.values)
def intake(request: Any) -> Intake:
    call_command("load_places", verbosity=0)
    found = IntakeFactory(
        program=ProgramFactory(kind=request.param, title={"en": "Data skills", "th": "ทักษะข้อมูล"})
    )
    EligibilityRuleFactory(intake=found, key="english")
    return found


def fill(page: Page) -> None:
    """Answer every question of a section in the way its kind wants."""
    for box in page.locator("main input[type=text]:not([inputmode=numeric])").all():
        box.fill("Suda Kaew")
    for number in page.locator("main input[type=number]").all():
        number.fill("12")
    for part, value in (("day", "27"), ("month", "3"), ("year", "2001")):
        for box in page.locator(f"main input[id$=_{part}]").all():
            box.fill(value)
    for area in page.locator("main textarea").all():
        area.fill("I want to teach my village.")
    for choice in page.locator("main select").all():
        choice.select_option(index=1)
    for group in page.locator("main .govuk-radios").all():
        group.locator("input").first.check()
    for box in page.locator("main .govuk-checkboxes").all():
        box.locator("input").first.check()


def test_from_catalogue_to_reference_number(
    phone: Page, live_server: Any, intake: Intake, looks_right: Look, tmp_path: Path, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    paper = tmp_path / "school.pdf"
    paper.write_bytes(a_pdf())
    phone.goto(f"{live_server.url}/en/programs/")
    looks_right(phone)
    phone.get_by_role("link", name="Data skills").click()
    looks_right(phone)
    phone.get_by_role("link", name="Check if you can apply").click()
    phone.get_by_label("Yes").check()
    phone.get_by_role("button", name="Check my answers").click()
    phone.get_by_role("button", name="Start application").click()
    looks_right(phone)

    while phone.locator(".govuk-task-list .govuk-tag").count():
        phone.locator(".govuk-task-list__item:has(.govuk-tag) a").first.click()
        looks_right(phone)
        fill(phone)
        for upload in phone.locator("main input[type=file]").all():
            upload.set_input_files(paper)
            expect(upload.locator("xpath=following-sibling::output")).to_contain_text("checked")
        phone.get_by_role("button", name="Save and continue").click()
        expect(phone.locator(".govuk-error-summary")).to_have_count(0)
        phone.goto(f"{live_server.url}/en/applications/{Application.objects.get().public_id}/")

    phone.get_by_role("link", name="Check answers and send").click()
    looks_right(phone)
    phone.get_by_role("link", name="Sign in to send").click()
    phone.get_by_label("E-mail address").fill("suda@example.org")
    phone.get_by_role("button", name="Send me a code").click()
    looks_right(phone)
    phone.get_by_label("6-digit code").fill(re.search(r"\b\d{6}\b", str(mail.outbox[-1].body)).group())
    phone.get_by_role("button", name="Continue").click()
    phone.get_by_role("button", name="Send application").dblclick()

    expect(phone.get_by_role("heading", name="Application sent")).to_be_visible()
    looks_right(phone)
    application = Application.objects.get()
    expect(phone.get_by_text(application.reference)).to_be_visible()
    assert application.status == "eligible"
    phone.goto(f"{live_server.url}/en/my/applications/")
    looks_right(phone)
    expect(phone.get_by_text("Received")).to_be_visible()


def test_a_thai_page_speaks_thai_and_says_which_words_do_not(
    phone: Page, live_server: Any, intake: Intake
) -> None:
    phone.goto(f"{live_server.url}/th/programs/")

    assert phone.locator("html").get_attribute("lang") == "th"
    expect(phone.get_by_role("link", name="ทักษะข้อมูล")).to_be_visible()
    assert phone.locator("[lang=en]").count() >= 1
