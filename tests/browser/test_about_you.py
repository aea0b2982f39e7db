"""The optional questions on a cheap phone: after sending, without scripts, and once more at acceptance."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from apps.accounts.models import User
from apps.applications.models import Application
from apps.core.actors import SYSTEM
from apps.inclusion.models import Asking, InclusionProfile
from apps.inclusion.services import own_answers, read_known
from tests.browser.pictures import keep
from tests.browser.test_applicant import Look
from tests.factories.applications import ApplicationFactory
from tests.factories.people import PersonFactory
from tests.factories.selection import OfferFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def sent(applicant: User) -> Application:
    call_command("load_places", verbosity=0)
    person = PersonFactory(user=applicant, country_id="VN", subdivision_id="VN-DN")
    return ApplicationFactory(person=person)


def answer(page: Page, question: str, label: str) -> None:
    page.get_by_role("group", name=question).get_by_label(label, exact=True).check()


def test_answering_after_sending_and_once_more_when_a_place_is_accepted(
    sent: Application, applicant: User, at_desk: Callable[[User], Page], looks_right: Look
) -> None:
    page = at_desk(applicant)
    page.goto(reverse("applications:sent", args=[sent.public_id]))
    page.get_by_role("link", name="Answer the optional questions").click()
    keep(page, "about-you")
    looks_right(page)
    assert page.locator("main input:checked").count() == 0
    answer(page, "What is your gender?", "Woman")
    answer(page, "Which best describes the place", "Village")
    page.get_by_label("Which town or village").fill("Đà Nẵng")
    answer(page, "Which kind of official unit", "Xã (commune)")
    answer(page, "Do you have difficulty seeing", "Yes – a lot of difficulty")
    answer(page, "Who is answering", "I am, and somebody types for me")
    page.get_by_role("button", name="Save my answers").click()
    expect(page.get_by_text("Your answers are kept apart")).to_be_visible()

    profile = InclusionProfile.objects.get()
    assert (profile.mode, profile.answered_by) == ("assisted", "self")
    known = read_known(days={(profile.person_id, sent.intake_id): None}, actor=SYSTEM)
    classes = known[profile.person_id, sent.intake_id].classes
    assert (classes.residence, classes.residence_basis, classes.disability) == ("rural", "unit", "yes")

    offer = OfferFactory(application=sent, status="accepted", answered_at=timezone.now())
    page.goto(reverse("selection:offer-detail", args=[offer.public_id]))
    keep(page, "about-you-offer")
    looks_right(page)
    page.get_by_role("link", name="Answer the optional questions").click()
    expect(page.get_by_text("We ask once more")).to_be_visible()
    keep(page, "about-you-once-more")
    looks_right(page)
    answer(page, "Which kind of official unit", "Phường (ward)")
    page.get_by_role("button", name="Save my answers").click()
    expect(page.get_by_text("Your answers are kept apart")).to_be_visible()
    assert Asking.objects.count() == InclusionProfile.objects.count() == 2
    assert own_answers(person=profile.person, actor=SYSTEM)["unit"] == "phuong"


def test_the_page_works_without_scripts_and_says_what_is_wrong(
    sent: Application, applicant: User, browser: Browser, live_server: Any
) -> None:
    context = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, viewport={"width": 360, "height": 740}
    )
    client = Client()
    client.force_login(applicant, backend="apps.accounts.backends.EmailBackend")
    name = django_settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    page = context.new_page()

    page.goto(reverse("inclusion:profile", args=[sent.public_id]))
    answer(page, "What is your gender?", "Man")
    page.get_by_label("Which town or village").fill("x" * 130)
    page.get_by_role("button", name="Save my answers").click()
    expect(page.get_by_text("This is too long").first).to_be_visible()
    keep(page, "about-you-wrong")
    assert page.get_by_label("Man", exact=True).is_checked()
    page.get_by_label("Which town or village").fill("Da Nang")
    page.get_by_role("button", name="Save my answers").click()

    expect(page.get_by_text("Your answers are kept apart")).to_be_visible()
    answers = own_answers(person=sent.person, actor=SYSTEM)
    assert answers["gender"] == "man"
    assert answers["settlement_id"]
    context.close()
