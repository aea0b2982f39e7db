"""Every page an applicant can meet besides the straight way: it looks right, and says where one is."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import Page, expect

from apps.accounts.models import User
from apps.applications.models import Application
from apps.applications.selectors import form_of
from apps.applications.services import start_draft
from apps.core.actors import user_actor
from tests.browser.conftest import arrived
from tests.browser.test_applicant import Look
from tests.factories.applications import ApplicationFactory
from tests.factories.programs import EligibilityRuleFactory, IntakeFactory
from tests.factories.selection import OfferFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOW = datetime.now(UTC)


def reads_right(page: Page) -> None:
    """One heading of the first rank, a title that names the page, and error links that lead to a field."""
    arrived(page)
    title = page.title()
    assert page.locator("h1").count() == 1, page.url
    assert len(title.split(" – ")[0]) > 3, page.url
    if page.locator(".govuk-error-summary").count():
        assert title.startswith("Error: "), page.url
        assert page.evaluate("document.activeElement.className") == "govuk-error-summary", page.url
    for link in page.locator(".govuk-error-summary a[href^='#']").all():
        target = (link.get_attribute("href") or "")[1:]
        kind = page.evaluate("id => document.getElementById(id)?.tagName", target)
        assert kind in ("INPUT", "SELECT", "TEXTAREA"), (page.url, target)


@pytest.fixture
def draft(applicant: User) -> Application:
    call_command("load_places", verbosity=0)
    intake = IntakeFactory()
    EligibilityRuleFactory(intake=intake, key="english")
    EligibilityRuleFactory(intake=intake, key="born", answer="birth_date", test="age_between", value=[18, 35])
    return start_draft(intake=intake, user=applicant, language="en", actor=user_actor(applicant))


def test_pages_with_something_wrong(
    draft: Application, applicant: User, at_desk: Callable[[User], Page], looks_right: Look
) -> None:
    page = at_desk(applicant)
    place = [draft.intake.program.slug, draft.intake.slug]
    forms = [reverse("programs:eligibility", args=place)]
    forms += [
        reverse("applications:section", args=[draft.public_id, section.key])
        for section in form_of(draft).sections
        if any(question.required for question in section.questions)
    ]
    for path in forms:
        page.goto(path)
        page.locator("main button.govuk-button").first.click()
        expect(page.locator(".govuk-error-summary"), path).to_have_count(1)
        reads_right(page)
        looks_right(page)

    page.goto(forms[0])
    page.get_by_label("No", exact=True).check()
    for part, value in (("Day", "27"), ("Month", "3"), ("Year", "1950")):
        page.get_by_label(part).fill(value)
    page.get_by_role("button", name="Check my answers").click()
    expect(page.locator("main li strong")).to_have_count(2)
    reads_right(page)
    looks_right(page)


def test_the_other_pages(
    draft: Application, applicant: User, at_desk: Callable[[User], Page], looks_right: Look
) -> None:
    person = draft.person
    sent = ApplicationFactory(person=person)
    decided = {
        outcome: ApplicationFactory(
            person=person, status="decided", outcome=outcome, decided_at=NOW, submitted_at=NOW
        )
        for outcome in ("offer", "not_selected")
    }
    offer = OfferFactory(
        application=decided["offer"], status="delivered", delivered_at=NOW, answer_by=NOW + timedelta(days=5)
    )
    page = at_desk(applicant)
    for path in (
        reverse("portal:home"),
        reverse("applications:check", args=[draft.public_id]),
        reverse("applications:withdraw", args=[draft.public_id]),
        reverse("applications:sent", args=[sent.public_id]),
        reverse("applications:withdraw", args=[sent.public_id]),
        reverse("portal:my-application", args=[sent.public_id]),
        reverse("portal:my-application", args=[decided["not_selected"].public_id]),
        reverse("portal:my-applications"),
        reverse("inclusion:profile", args=[sent.public_id]),
        reverse("selection:offer-detail", args=[offer.public_id]),
        reverse("selection:offer-decline", args=[offer.public_id]),
        reverse("notifications:message-list"),
        reverse("accounts:account"),
        reverse("core:offline"),
        "/en/nowhere/",
        "/en/staff/",
    ):
        page.goto(path)
        reads_right(page)
        looks_right(page)


def test_signing_in_with_something_wrong(phone: Page, live_server: object, looks_right: Look) -> None:
    phone.goto(f"{live_server.url}{reverse('account_request_login_code')}")  # type: ignore[attr-defined]
    phone.get_by_role("button", name="Send me a code").click()
    reads_right(phone)
    looks_right(phone)
    phone.get_by_label("E-mail address").fill("suda@example.org")
    phone.get_by_role("button", name="Send me a code").click()
    phone.get_by_label("6-digit code").fill("000000")
    phone.get_by_role("button", name="Continue").click()
    reads_right(phone)
    looks_right(phone)
