"""A helper and the person they help: begin, confirm by code, send, hand over; and more information."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from apps.accounts.enums import Role
from apps.accounts.models import User
from apps.applications.models import Application
from apps.applications.services.confirming import code_of
from apps.programs.models import Intake
from tests.applications.conftest import DEFINITION
from tests.applications.test_inspection import a_pdf
from tests.factories.accounts import MembershipFactory, OrganisationFactory, UserFactory
from tests.factories.applications import FormVersionFactory
from tests.factories.places import CountryFactory
from tests.factories.programs import IntakeFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AtDesk = Callable[[User], Page]
Look = Callable[[Page], None]


@pytest.fixture
def helper(db: None) -> User:
    school = OrganisationFactory(name="Village School", kind="helps")
    return MembershipFactory(role=Role.HELPER, organisation=school, user__full_name="Dara").user


@pytest.fixture
def intake(db: None) -> Intake:
    CountryFactory()
    found = IntakeFactory(program__title={"en": "Data skills", "th": "ทักษะข้อมูล"})
    FormVersionFactory(intake=found, definition=DEFINITION)
    return found


def type_everything(page: Page, paper: Path) -> None:
    """The whole of the small form, section by section."""
    page.get_by_role("link", name="About you").click()
    page.get_by_label("Full name").fill("Sok Dara")
    for label, value in (("Day", "27"), ("Month", "3"), ("Year", "2001")):
        page.get_by_label(label).fill(value)
    page.get_by_label("Country").select_option("TH")
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_label("Why?").fill("I want to teach my village.")
    page.locator("main input[type=file]").set_input_files(paper)
    page.get_by_role("button", name="Save and continue").click()
    expect(page.locator(".govuk-task-list .govuk-tag")).to_have_count(0)


def test_from_the_helpers_desk_into_the_applicants_hands(
    at_desk: AtDesk, helper: User, intake: Intake, looks_right: Look, tmp_path: Path, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STAFF_NEED_SECOND_STEP = False
    paper = tmp_path / "school.pdf"
    paper.write_bytes(a_pdf())
    page = at_desk(helper)
    page.goto("/en/applications/helping/")
    looks_right(page)
    page.get_by_role("link", name="Help someone apply").click()
    looks_right(page)
    page.get_by_label("Program").select_option(label=str(intake))
    page.get_by_label("Full name of the person you help").fill("Sok Dara")
    page.get_by_label("Their own e-mail address").fill("sok@example.org")
    page.get_by_role("button", name="Begin the application").click()
    looks_right(page)
    expect(page.get_by_text("There is a problem")).to_be_visible()
    page.get_by_label("The applicant only").check()
    page.get_by_role("button", name="Begin the application").click()
    looks_right(page)

    page.get_by_role("link", name="Fill in the sections").click()
    looks_right(page)
    type_everything(page, paper)
    page.get_by_role("link", name="Check answers and send").click()
    looks_right(page)
    page.get_by_role("link", name="Let the applicant confirm").click()
    looks_right(page)
    page.get_by_role("button", name="Send a code").click()
    application = Application.objects.get()
    page.get_by_label("6-digit code").fill("12")
    page.get_by_role("button", name="Confirm with this code").click()
    looks_right(page)
    page.get_by_label("6-digit code").fill(code_of(application.codes.get()))
    page.get_by_role("button", name="Confirm with this code").click()
    page.get_by_role("button", name="Send application").dblclick()
    expect(page.get_by_text("Confirmed with a code sent to the applicant")).to_be_visible()
    looks_right(page)

    owner = at_desk(UserFactory(email="sok@example.org"))
    owner.goto("/en/my/applications/")
    looks_right(owner)
    owner.get_by_role("link", name="Look at it").click()
    expect(owner.get_by_text("typed by Dara, Village School").first).to_be_visible()
    looks_right(owner)
    owner.get_by_role("button", name="Take over my application").click()
    owner.get_by_role("link", name="Help with this application").click()
    looks_right(owner)
    answer = page.goto(f"/en/applications/{application.public_id}/helped/")
    assert answer is not None
    assert answer.status == 404


def test_more_information_from_question_to_difference(
    at_desk: AtDesk, intake: Intake, looks_right: Look, tmp_path: Path, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STAFF_NEED_SECOND_STEP = False
    paper = tmp_path / "school.pdf"
    paper.write_bytes(a_pdf())
    applicant = UserFactory()
    coordinator = MembershipFactory(role=Role.COORDINATOR, organisation=intake.program.organisation).user
    page, desk = at_desk(applicant), at_desk(coordinator)
    page.goto(f"/en/programs/{intake.program.slug}/{intake.slug}/")
    page.get_by_role("button", name="Start application").click()
    type_everything(page, paper)
    page.get_by_role("link", name="Check answers and send").click()
    page.get_by_role("button", name="Send application").click()
    expect(page.get_by_role("heading", name="Application sent")).to_be_visible()
    application = Application.objects.get()

    desk.goto(f"/en/staff/applications/{application.public_id}/")
    desk.get_by_role("link", name="Ask for more information").click()
    looks_right(desk)
    desk.get_by_label("Your plans").check()
    desk.get_by_label("What do you need?").fill("Which school will you teach at?")
    day = datetime.now(UTC).date() + timedelta(days=4)
    for part in ("day", "month", "year"):
        desk.locator(f"#id_due_on_{('day', 'month', 'year').index(part)}").fill(str(getattr(day, part)))
    desk.get_by_role("button", name="Ask the applicant").click()
    looks_right(desk)

    page.goto("/en/my/applications/")
    page.get_by_role("link", name="Add information").click()
    looks_right(page)
    page.get_by_role("link", name="Your plans").click()
    page.get_by_label("Why?").fill("At the school of my village.")
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("button", name="Send the added information").click()
    expect(page.get_by_text("We received what you added")).to_be_visible()
    page.goto(f"/en/applications/{application.public_id}/information/")
    looks_right(page)

    desk.reload()
    expect(desk.get_by_text("At the school of my village.")).to_be_visible()
    looks_right(desk)
