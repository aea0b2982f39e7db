"""What is typed stays on a phone of one's own until it has reached us, and on no other."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from apps.accounts.models import User
from apps.applications.models import Application, SectionAnswers
from tests.factories.applications import ApplicationFactory, FormVersionFactory
from tests.factories.people import PersonFactory
from tests.factories.programs import IntakeFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OPTIONS = [{"value": each, "label": {"en": each.title()}} for each in ("rice", "fish", "fruit")]
FORM = {
    "sections": [
        {
            "key": "plans",
            "title": {"en": "Your plans"},
            "questions": [
                {
                    "key": "why",
                    "kind": "long_text",
                    "label": {"en": "Why?"},
                    "required": True,
                    "most_characters": 20,
                },
                {"key": "crops", "kind": "several_choices", "label": {"en": "Crops"}, "options": OPTIONS},
                {"key": "lamp", "kind": "yes_no", "label": {"en": "Have you electricity?"}},
                {
                    "key": "jobs",
                    "kind": "rows",
                    "label": {"en": "Jobs"},
                    "columns": [{"key": "job", "kind": "text", "label": {"en": "Job"}}],
                },
            ],
        },
        {
            "key": "last",
            "title": {"en": "Last words"},
            "questions": [{"key": "more", "kind": "text", "label": {"en": "Anything else?"}}],
        },
    ]
}
KEPT = "Object.keys(localStorage).filter((key) => key.startsWith('draft:'))"


@pytest.fixture
def draft(applicant: User) -> Application:
    intake = IntakeFactory()
    form = FormVersionFactory(intake=intake, definition=FORM)
    return ApplicationFactory(
        intake=intake, person=PersonFactory(user=applicant), status="draft", form_version=form
    )


@pytest.fixture
def page(draft: Application, applicant: User, at_desk: Callable[[User], Page]) -> Page:
    """The draft's list of sections, after its question was answered: this phone is one's own."""
    found = at_desk(applicant)
    found.goto(tasks(draft))
    found.get_by_role("button", name="Yes, it is mine").click()
    return found


def tasks(draft: Application) -> str:
    return f"/en/applications/{draft.public_id}/"


def section(draft: Application) -> str:
    return f"{tasks(draft)}sections/plans/"


def line(page: Page) -> Locator:
    return page.locator("[data-phone]")


def type_all(page: Page) -> None:
    page.get_by_label("Why?").fill("To teach.")
    page.get_by_label("Fish").check()
    page.get_by_label("Fruit").check()
    page.get_by_label("Yes", exact=True).check()
    page.get_by_label("Job (optional)").fill("Farmer")


def expect_all(page: Page) -> None:
    expect(page.get_by_label("Why?")).to_have_value("To teach.")
    expect(page.get_by_label("Rice")).not_to_be_checked()
    expect(page.get_by_label("Fish")).to_be_checked()
    expect(page.get_by_label("Fruit")).to_be_checked()
    expect(page.get_by_label("Yes", exact=True)).to_be_checked()
    expect(page.get_by_label("Job (optional)").first).to_have_value("Farmer")


def test_after_a_crash_everything_typed_is_back_and_leaves_once_it_is_saved(
    draft: Application, page: Page
) -> None:
    page.goto(section(draft))
    expect(line(page)).to_have_text("Not saved with us yet.")
    type_all(page)
    expect(line(page)).to_contain_text("Saved on this phone at ")

    page.goto("about:blank")
    page.goto(section(draft))
    expect_all(page)
    expect(line(page)).to_contain_text("is back. Not saved with us yet.")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", name="Last words")).to_be_visible()
    assert page.evaluate(KEPT) == []

    page.goto(section(draft))
    expect_all(page)
    expect(line(page)).to_contain_text("Saved with us at ")


def test_a_dead_link_keeps_the_words_and_tries_again(draft: Application, page: Page) -> None:
    page.goto(section(draft))
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    type_all(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Save and continue").click()
    for _try in range(3):
        expect(page.get_by_text("What you typed last is kept on this phone.")).to_be_visible()
        page.get_by_role("link", name="Try again").click()
        expect(page.get_by_role("heading", name="You are offline")).to_be_visible()
    assert SectionAnswers.objects.count() == 0

    page.context.set_offline(False)
    page.get_by_role("link", name="Try again").click()
    expect_all(page)
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", name="Last words")).to_be_visible()
    assert SectionAnswers.objects.get().answers["crops"] == ["fish", "fruit"]


def test_words_that_another_window_overtook_are_shown_beside_its_own(draft: Application, page: Page) -> None:
    page.goto(section(draft))
    page.get_by_label("Why?").fill("Typed here")
    page.goto("about:blank")
    SectionAnswers.objects.create(application=draft, section="plans", answers={"why": "Typed there"})

    page.goto(section(draft))
    expect(page.get_by_label("Why?")).to_have_value("Typed here")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_text("Typed there")).to_be_visible()
    expect(page.get_by_label("Why?")).to_have_value("Typed here")
    expect(line(page)).to_contain_text("Not saved with us yet.")


def test_an_answer_that_arrived_although_nobody_heard_of_it_is_not_offered_again(
    draft: Application, page: Page
) -> None:
    page.goto(section(draft))
    type_all(page)
    answers = {"why": "To teach.", "crops": ["fish", "fruit"], "lamp": "yes", "jobs": [{"job": "Farmer"}]}
    SectionAnswers.objects.create(application=draft, section="plans", answers=answers)

    page.goto(section(draft))
    expect(line(page)).to_contain_text("Saved with us at ")


@pytest.mark.parametrize("said", ["No, others use it too", None])
def test_a_phone_that_is_shared_or_may_be_keeps_nothing(
    said: str | None, draft: Application, applicant: User, at_desk: Callable[[User], Page]
) -> None:
    page = at_desk(applicant)
    page.goto(tasks(draft))
    if said:
        page.get_by_role("button", name=said).click()
        expect(page.get_by_role("button", name=said)).to_have_count(0)
    page.goto(section(draft))
    type_all(page)

    expect(line(page)).to_have_text("Not saved with us yet.")
    assert page.evaluate("localStorage.length") == 0


def test_signing_out_takes_the_words_off_the_phone(draft: Application, page: Page) -> None:
    page.goto(section(draft))
    type_all(page)
    assert len(page.evaluate(KEPT)) == 1

    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/en/")
    assert page.evaluate("localStorage.length") == 0
    assert "device" not in {cookie["name"] for cookie in page.context.cookies()}


def test_finishing_on_a_shared_phone_leaves_nothing_and_nobody_signed_in(
    draft: Application, applicant: User, at_desk: Callable[[User], Page], looks_right: Any
) -> None:
    page = at_desk(applicant)
    page.goto("/en/accounts/device/")
    looks_right(page)
    page.get_by_role("button", name="No, others use it too").click()
    page.goto("/en/accounts/device/finish/")
    looks_right(page)
    page.get_by_role("main").get_by_role("button", name="Finish on this phone").click()
    page.wait_for_url("**/en/")

    page.go_back()
    page.goto(section(draft))
    expect(page.get_by_role("heading", name="Sign in or start")).to_be_visible()


@pytest.mark.parametrize(
    ("text", "words"), [("Suda", "Characters left: 16"), ("สวัสดี", "Characters left: 16")]
)
def test_characters_are_counted_as_the_server_counts_them(
    text: str, words: str, draft: Application, page: Page
) -> None:
    page.goto(section(draft))
    expect(page.get_by_text("Characters left: 20")).to_be_visible()

    page.get_by_label("Why?").fill(text)
    expect(page.get_by_text(words)).to_be_visible()
    page.get_by_label("Why?").fill("x" * 23)
    expect(page.get_by_text("Too many characters: 3")).to_be_visible()


def test_a_change_link_leads_into_the_field(draft: Application, page: Page) -> None:
    page.goto(f"{tasks(draft)}check/")
    links = page.locator("main .govuk-summary-list__actions a")
    targets = [link.get_attribute("href") for link in links.all()]
    for target in targets:
        page.goto("about:blank")
        page.goto(target)
        assert page.evaluate("document.querySelector(location.hash).contains(document.activeElement)"), target
    assert len(targets) == 5
