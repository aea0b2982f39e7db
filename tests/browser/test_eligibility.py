"""From a rule that is not met to a person's answer, and a rule's examples, on pages that look right."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from apps.accounts.models import Organisation, User
from apps.programs.models import Enquiry
from tests.browser.test_applicant import Look
from tests.factories.programs import EligibilityRuleFactory, IntakeFactory, ProgramFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_question_is_asked_and_answered(
    phone: Page,
    live_server: Any,
    organisation: Organisation,
    coordinator: User,
    at_desk: Callable[[User], Page],
    looks_right: Look,
    real_places: None,
) -> None:
    intake = IntakeFactory(program=ProgramFactory(organisation=organisation, title={"en": "Data skills"}))
    EligibilityRuleFactory(intake=intake, key="english")
    IntakeFactory(program=ProgramFactory(title={"en": "Village trainers"}))
    phone.goto(f"{live_server.url}/en/programs/{intake.program.slug}/{intake.slug}/can-i-apply/")
    phone.get_by_label("No", exact=True).check()
    phone.get_by_role("button", name="Check my answers").click()
    expect(phone.get_by_role("link", name="Village trainers")).to_be_visible()
    phone.get_by_text("Ask a person").click()
    looks_right(phone)
    phone.get_by_label("Your e-mail address").fill("suda@example.org")
    phone.get_by_label("Your question").fill("I learn English now. May I apply?")
    phone.get_by_role("button", name="Send question").click()
    expect(phone.get_by_text("We have your question.")).to_be_visible()
    phone.emulate_media(media="print")
    expect(phone.get_by_text("The lessons are in English only.")).to_be_visible()

    desk = at_desk(coordinator)
    desk.goto(f"{live_server.url}/en/staff/")
    desk.get_by_role("link", name="Questions to answer").click()
    looks_right(desk)
    desk.get_by_role("link", name="I learn English now").click()
    looks_right(desk)
    desk.get_by_label("Your answer").fill("Yes, do apply.")
    desk.get_by_role("button", name="Send answer").click()
    expect(desk.get_by_text("The answer is on its way.")).to_be_visible()
    assert Enquiry.objects.get().status == "answered"


def test_the_pages_of_rules_outages_and_more_time_look_right(
    live_server: Any,
    organisation: Organisation,
    coordinator: User,
    at_desk: Callable[[User], Page],
    looks_right: Look,
    real_places: None,
) -> None:
    intake = IntakeFactory(program=ProgramFactory(organisation=organisation), status="draft")
    EligibilityRuleFactory(intake=intake, key="english", examples={"passes": False})
    EligibilityRuleFactory(intake=intake, key="born", answer="birth_date", test="age_between", value=[18, 30])
    desk = at_desk(coordinator)
    desk.goto(f"{live_server.url}/en/programs/manage/intakes/{intake.public_id}/")
    desk.get_by_role("link", name="Look at them before you publish").click()
    expect(desk.get_by_text("does not pass, but must")).to_be_visible()
    looks_right(desk)
    desk.goto(f"{live_server.url}/en/programs/manage/outages/?intake={intake.slug}")
    looks_right(desk)
    desk.goto(f"{live_server.url}/en/applications/more-time/{intake.public_id}/")
    looks_right(desk)
