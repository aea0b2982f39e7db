"""When the network is away, when a session ended, when two windows are open: nothing typed is lost."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from apps.accounts.models import User
from apps.applications.models import Application, SectionAnswers
from tests.factories.applications import ApplicationFactory, FormVersionFactory
from tests.factories.people import PersonFactory
from tests.factories.programs import IntakeFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FORM = {
    "sections": [
        {
            "key": "plans",
            "title": {"en": "Your plans"},
            "questions": [{"key": "why", "kind": "long_text", "label": {"en": "Why?"}, "required": True}],
        }
    ]
}


@pytest.fixture
def draft(applicant: User) -> Application:
    intake = IntakeFactory()
    form = FormVersionFactory(intake=intake, definition=FORM)
    person = PersonFactory(user=applicant)
    return ApplicationFactory(intake=intake, person=person, status="draft", form_version=form)


def section(draft: Application) -> str:
    return f"/en/applications/{draft.public_id}/sections/plans/"


def test_a_form_sent_into_a_dead_link_comes_back_with_what_was_typed(
    draft: Application, applicant: User, at_desk: Callable[[User], Page]
) -> None:
    page = at_desk(applicant)
    page.goto(section(draft))
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    page.get_by_label("Why?").fill("To teach my village.")
    page.context.set_offline(True)
    page.get_by_role("button", name="Save and continue").click()

    expect(page.get_by_text("kept on this phone")).to_be_hidden()
    expect(page.get_by_role("heading", name="You are offline")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.app-header')).backgroundColor") != ""
    assert SectionAnswers.objects.count() == 0

    page.context.set_offline(False)
    page.get_by_role("link", name="Try again").click()
    expect(page.get_by_label("Why?")).to_have_value("To teach my village.")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", name="Your application")).to_be_visible()
    assert SectionAnswers.objects.get().answers == {"why": "To teach my village."}


def test_the_worker_keeps_no_page_with_anyones_data(
    draft: Application, applicant: User, at_desk: Callable[[User], Page]
) -> None:
    page = at_desk(applicant)
    page.goto(section(draft))
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()

    kept = page.evaluate(
        "async () => { const found = [];"
        " for (const name of await caches.keys())"
        "  for (const request of await (await caches.open(name)).keys())"
        "   found.push(new URL(request.url).pathname); return found }"
    )
    assert "/en/offline/" in kept
    assert [path for path in kept if path != "/en/offline/" and not path.startswith("/static/")] == []


def test_a_tab_older_than_the_sign_in_sends_its_words_with_one_more_click(
    draft: Application, applicant: User, at_desk: Callable[[User], Page]
) -> None:
    page = at_desk(applicant)
    page.goto(section(draft))
    page.get_by_label("Why?").fill("To teach <my> village.")
    page.context.clear_cookies(name="csrftoken")
    page.get_by_role("button", name="Save and continue").click()

    expect(page.get_by_role("heading", name="Your page was open for too long")).to_be_visible()
    page.get_by_role("button", name="Send it again").click()
    expect(page.get_by_role("heading", name="Your application")).to_be_visible()
    assert SectionAnswers.objects.get().answers == {"why": "To teach <my> village."}
