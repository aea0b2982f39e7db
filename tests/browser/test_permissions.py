"""Permissions, a guardian without an account, and support: on a phone, and at the desk that arranges it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import Page, expect

from apps.accounts.enums import Role
from apps.accounts.models import Organisation, User
from apps.applications.models import Application
from apps.applications.services.permissions import set_asked_consents
from apps.core.actors import SYSTEM
from apps.enrolments.models import SupportTask
from apps.people.selectors import has_consent
from tests.applications.test_guardians import born, deliver, link_in_the_letter
from tests.browser.test_applicant import Look
from tests.factories.accounts import UserFactory
from tests.factories.applications import ApplicationFactory, FormVersionFactory, SectionAnswersFactory
from tests.factories.enrolments import EnrolmentFactory
from tests.factories.people import PersonFactory
from tests.factories.programs import IntakeFactory, ProgramFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DEFINITION = {"sections": [{"key": "about-you", "title": {"en": "About you"}, "questions": []}]}
Desk = Callable[[User], Page]


@pytest.fixture
def draft(organisation: Organisation) -> Application:
    """Nok is 16 and has answered everything."""
    call_command("load_places", verbosity=0)
    program = ProgramFactory(organisation=organisation, title={"en": "Data skills", "th": "ทักษะข้อมูล"})
    intake = IntakeFactory(program=program)
    set_asked_consents(intake=intake, purposes=["contact", "sharing", "story"], actor=SYSTEM)
    person = PersonFactory(user=UserFactory(full_name="Nok"), country_id="TH")
    version = FormVersionFactory(intake=intake, definition=DEFINITION)
    found = ApplicationFactory(intake=intake, person=person, status="draft", form_version=version)
    answers = {"full-name": "Nok", "date-of-birth": born(16), "country": "TH"}
    SectionAnswersFactory(application=found, section="about-you", answers=answers, is_complete=True)
    return found


def test_a_young_applicant_asks_a_guardian_who_agrees_without_an_account(
    draft: Application, at_desk: Desk, phone: Page, live_server: Any, looks_right: Look
) -> None:
    nok = at_desk(draft.person.user)
    tasks = reverse("applications:task-list", args=[draft.public_id])
    nok.goto(tasks)
    looks_right(nok)
    nok.get_by_role("link", name="Your permissions").click()
    looks_right(nok)
    expect(nok.locator("input:checked")).to_have_count(0)
    nok.get_by_label("I want to hear about other programs").check()
    nok.get_by_role("button", name="Save my permissions").click()

    nok.get_by_role("button", name="Ask my guardian").click()
    expect(nok.locator(".govuk-error-summary")).to_be_visible()
    looks_right(nok)
    nok.get_by_label("Full name of your parent").fill("Mali Kaew")
    nok.get_by_label("What they are to you").fill("mother")
    nok.get_by_label("We send them a link").check()
    nok.get_by_label("Their e-mail address").fill("mali@example.org")
    nok.get_by_role("button", name="Ask my guardian").click()
    expect(nok.get_by_text("We wrote to Mali Kaew")).to_be_visible()
    looks_right(nok)

    phone.goto(live_server.url + link_in_the_letter())
    expect(phone.get_by_text("I want to hear about other programs")).to_be_visible()
    looks_right(phone)
    phone.get_by_role("button", name="I agree").click()
    expect(phone.get_by_text("You agreed")).to_be_visible()

    nok.goto(tasks)
    nok.get_by_role("link", name="Check answers and send").click()
    nok.get_by_role("button", name="Send application").click()
    expect(nok.get_by_text(draft.reference)).to_be_visible()

    nok.goto("/th/people/permissions/")
    looks_right(nok)
    expect(nok.locator('section[lang="en"] h2').first).to_be_visible()
    nok.get_by_role("button", name="Take this back").click()
    assert not has_consent(draft.person, "contact")


def test_support_is_asked_for_arranged_and_answered(
    draft: Application,
    at_desk: Desk,
    organisation: Organisation,
    staff: Callable[..., User],
    looks_right: Look,
) -> None:
    nok = at_desk(draft.person.user)
    nok.goto(reverse("applications:task-list", args=[draft.public_id]))
    nok.get_by_role("link", name="Support you need").click()
    nok.get_by_label("Captions").check()
    nok.get_by_role("button", name="Save what I need").click()
    expect(nok.locator(".govuk-error-summary")).to_be_visible()
    expect(nok.get_by_label("Captions")).to_be_checked()
    looks_right(nok)
    nok.get_by_label("In your own words").fill("A seat near the screen")
    nok.get_by_label("I agree that what I write here").check()
    nok.get_by_role("button", name="Save what I need").click()

    enrolment = EnrolmentFactory(person=draft.person, intake=draft.intake)
    nok.goto(reverse("enrolments:my-support", args=[enrolment.public_id]))
    nok.get_by_label("Braille").check()
    nok.get_by_role("button", name="Save what I need").click()
    deliver()
    assert SupportTask.objects.count() == 3

    desk = at_desk(staff(Role.LOGISTICS))
    desk.goto("/en/enrolments/support/")
    looks_right(desk)
    desk.get_by_role("link", name="Say how it went").first.click()
    looks_right(desk)
    desk.get_by_label("Partly arranged").check()
    desk.get_by_label("What the person reads").fill("On the first two days")
    desk.get_by_role("button", name="Save answer").click()
    expect(desk.get_by_role("link", name="Correct")).to_have_count(1)

    nok.goto(reverse("enrolments:my-support", args=[enrolment.public_id]))
    expect(nok.get_by_text("On the first two days")).to_be_visible()
    looks_right(nok)
    nok.goto(f"/th/enrolments/{enrolment.public_id}/support/")
    looks_right(nok)

    nok.goto("/en/people/permissions/")
    nok.get_by_role("button", name="Take this back").click()
    assert not SupportTask.objects.exists()


def test_staff_pages_of_permissions_look_right(
    draft: Application,
    at_desk: Desk,
    coordinator: User,
    staff: Callable[..., User],
    looks_right: Look,
) -> None:
    guardian = draft.guardians.create(name="Mali Kaew", relation="mother", way="paper")
    desk = at_desk(coordinator)
    for page in (
        reverse("applications:asked-consents", args=[draft.intake.public_id]),
        reverse("applications:guardian-papers"),
        reverse("applications:guardian-paper", args=[guardian.public_id]),
    ):
        desk.goto(page)
        looks_right(desk)
    administrator = at_desk(staff(Role.ADMINISTRATOR))
    administrator.goto(reverse("people:consent-texts"))
    looks_right(administrator)
