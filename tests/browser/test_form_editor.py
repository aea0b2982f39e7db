"""The editor of a form with a large imported form in it: looked at by a machine, weighed, and used."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from apps.accounts.enums import Role
from apps.accounts.models import Organisation, User
from apps.applications.selectors import current_draft
from apps.programs.models import Intake
from tests.access.test_weight import NEXT_PAGE, weight
from tests.browser.test_applicant import Look
from tests.factories.programs import IntakeFactory, ProgramFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FILES = Path(__file__).parent.parent / "data" / "xlsforms"


@pytest.fixture
def intake(organisation: Organisation) -> Intake:
    return IntakeFactory(program=ProgramFactory(organisation=organisation))


def address(name: str, intake: Intake, *more: str) -> str:
    return reverse(f"applications:{name}", args=[intake.public_id, *more])


@pytest.mark.parametrize("name", ["UCL_Biomass_Plot_Form.xlsx", "attribute_columns_test.xlsx"])
def test_a_workbook_is_imported_looked_at_and_published(
    name: str,
    intake: Intake,
    staff: Callable[..., User],
    at_desk: Callable[[User], Page],
    looks_right: Look,
    signed_in: Callable[[User], Client],
    real_places: None,
) -> None:
    coordinator = staff(Role.COORDINATOR)
    page, client = at_desk(coordinator), signed_in(coordinator)

    page.goto(address("form-import", intake))
    page.set_input_files("input[type=file]", FILES / name)
    page.click("text=Read the workbook")
    expect(page.get_by_role("heading", name="What we read")).to_be_visible()
    looks_right(page)
    report = page.url.split("/", 3)[3]
    weighed = {"report": weight(client.get(f"/{report}", headers={"accept-encoding": "gzip"}))}
    page.click("text=Make this the draft")
    for section in current_draft(intake).definition["sections"]:
        for view, *more in (
            ("form-setup",),
            ("form-publish",),
            ("form-section-setup", section["key"]),
            ("form-preview", section["key"]),
            ("form-texts", section["key"], "km"),
            ("form-question-setup", section["key"], section["questions"][-1]["key"]),
        ):
            found = address(view, intake, *more)
            weighed[found] = weight(client.get(found, headers={"accept-encoding": "gzip"}))
            page.goto(found)
            looks_right(page)
    assert {found: size for found, size in weighed.items() if size > NEXT_PAGE} == {}
    page.goto(address("form-publish", intake))
    page.click("text=Publish this version")
    expect(page.get_by_text("is in force.")).to_be_visible()
    assert current_draft(intake) is None


def test_the_preview_shows_and_hides_like_the_real_page(
    intake: Intake, staff: Callable[..., User], at_desk: Callable[[User], Page], real_places: None
) -> None:
    page = at_desk(staff(Role.COORDINATOR))
    page.goto(address("form-import", intake))
    page.set_input_files("input[type=file]", FILES / "or_other.xlsx")
    page.click("text=Read the workbook")
    page.click("text=Make this the draft")
    page.goto(address("form-preview", intake, "questions"))
    other = page.get_by_label("Specify other.")

    expect(other).to_be_hidden()
    page.get_by_label("Other", exact=True).check()
    expect(other).to_be_visible()
    other.fill("Ochre")
    other.press("Enter")

    assert "preview" in page.url
    assert page.locator(".app-phone").bounding_box()["width"] <= 360
