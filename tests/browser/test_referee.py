"""A referee with a phone and no account, an applicant who waits, a coordinator who reads: one journey."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from apps.accounts.enums import Role
from apps.accounts.models import User
from apps.applications.models import Reference
from apps.applications.referee_links import token_of
from apps.applications.services.referees import record_bounce
from apps.core.actors import SYSTEM
from apps.programs.models import Intake
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.applications import ApplicationFactory, FormVersionFactory
from tests.factories.people import PersonFactory
from tests.factories.programs import IntakeFactory, ProgramFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Look = Callable[[Page], None]
AtDesk = Callable[[User], Page]


@pytest.fixture
def intake() -> Intake:
    return IntakeFactory(program=ProgramFactory(title={"en": "Data skills", "th": "ทักษะข้อมูล"}))


@pytest.fixture
def suda(intake: Intake) -> User:
    user = UserFactory(full_name="Suda Kaew")
    ApplicationFactory(
        intake=intake,
        form_version=FormVersionFactory(intake=intake),
        person=PersonFactory(user=user),
        status="draft",
    )
    return user


def name_a_referee(page: Page, name: str, email: str) -> None:
    page.get_by_label("Name of the referee").fill(name)
    page.get_by_label("How do you know each other?").fill("My teacher for six years")
    page.get_by_label("E-mail address of the referee").fill(email)
    page.get_by_label("Language we write to them in").select_option("th")
    page.get_by_label("I have asked this person").check()
    page.get_by_role("button", name="Ask now").click()


def set_terms(desk: Page, intake: Intake) -> None:
    desk.goto(reverse("programs:intake-setup", args=[intake.public_id]))
    desk.get_by_role("link", name="References").click()
    desk.get_by_label("How many referees").fill("2")
    desk.get_by_role("button", name="Save references").click()
    expect(desk.get_by_text("Saved.")).to_be_visible()


def test_from_the_terms_to_the_text_on_the_coordinators_page(
    intake: Intake, suda: User, at_desk: AtDesk, looks_right: Look, browser: Browser, live_server: Any
) -> None:
    desk = at_desk(MembershipFactory(role=Role.COORDINATOR, organisation=intake.program.organisation).user)
    set_terms(desk, intake)
    looks_right(desk)
    mine = at_desk(suda)
    mine.goto("/en/my/applications/")
    mine.get_by_role("link", name="Continue").click()
    looks_right(mine)
    mine.get_by_role("link", name="Referees").click()
    mine.get_by_role("button", name="Ask now").click()
    looks_right(mine)
    name_a_referee(mine, "Kru Malee", "malee@school.example.org")
    expect(mine.get_by_text("We have sent Kru Malee a message.")).to_be_visible()
    name_a_referee(mine, "Uncle Som", "sm@mistyped.example.org")
    record_bounce(reference_id=Reference.objects.latest("pk").pk, actor=SYSTEM)
    mine.reload()
    expect(mine.get_by_text("Your message to Uncle Som did not arrive.")).to_be_visible()
    looks_right(mine)
    mine.get_by_role("link", name="Correct the address").click()
    looks_right(mine)
    name_a_referee(mine, "Uncle Som", "som@village.example.org")

    answer_without_scripts(browser, live_server.url, looks_right)

    mine.goto(mine.url)
    expect(mine.get_by_text(re.compile("Answered on"))).to_be_visible()
    assert "Six years of mathematics" not in mine.content()
    application = Reference.objects.first().application
    type(application).objects.update(status="in_review", submitted_at=application.created_at)
    desk.goto(f"/en/staff/applications/{application.public_id}/")
    expect(desk.get_by_text("Six years of mathematics")).to_be_visible()
    looks_right(desk)
    desk.get_by_role("link", name="Record it on paper").click()
    looks_right(desk)
    desk.get_by_label("Reason").fill("By post, folder 3")
    desk.get_by_role("button", name="Save").click()
    expect(desk.get_by_text("Received on paper on")).to_be_visible()


def answer_without_scripts(browser: Browser, site: str, looks_right: Look) -> None:
    """Every script of the page is refused; axe is put in by the test itself."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    context.route("**/*.js", lambda route: route.abort())
    page = context.new_page()
    page.set_default_timeout(10_000)
    reference = Reference.objects.get(name="Kru Malee")
    page.goto(f"{site}/th/applications/referee/{token_of(reference.public_id)}")
    assert token_of(reference.public_id) not in page.url
    looks_right(page)
    page.goto(page.url.replace("/th/", "/en/"))
    page.get_by_role("textbox").first.fill("Six years of mathematics")
    page.get_by_role("button", name="Save and come back later").click()
    expect(page.get_by_text("The same link brings you back here")).to_be_visible()
    page.get_by_role("button", name="Send reference").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    looks_right(page)
    page.get_by_label("Yes, strongly").check()
    page.get_by_role("textbox").last.fill("She taught the others.")
    page.get_by_role("link", name="I would rather not").click()
    looks_right(page)
    page.go_back()
    page.get_by_label("Yes, strongly").check()
    page.get_by_role("textbox").last.fill("She taught the others.")
    page.get_by_role("button", name="Send reference").dblclick()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    looks_right(page)
    page.goto(f"{site}/en/applications/referee/cut-in-half")
    looks_right(page)
    context.close()
