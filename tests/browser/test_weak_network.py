"""Applying over a bad mobile link: nothing typed is lost, and exactly one application arrives.

400 ms there and back, 50 kbit/s, one request in ten lost on its way or with its answer. In the first run
the network dies after every single field.
"""

import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.files.storage import default_storage
from playwright.sync_api import Browser, Locator, Page, expect
from playwright.sync_api import Error as PlaywrightError

from apps.applications.models import Application, Document
from apps.programs.models import Intake
from tests.applications.test_inspection import a_pdf
from tests.browser.hands import Keyboard, Mouse
from tests.browser.weak_link import WeakLink, weak_link
from tests.factories.applications import FormVersionFactory
from tests.factories.places import CountryFactory
from tests.factories.programs import IntakeFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OPTIONS = [{"value": each, "label": {"en": each.title()}} for each in ("rice", "fish", "fruit")]
FORM = {
    "sections": [
        {
            "key": "about-you",
            "title": {"en": "About you"},
            "questions": [
                {"key": "full-name", "kind": "text", "label": {"en": "Full name"}, "required": True},
                {"key": "date-of-birth", "kind": "date", "label": {"en": "Date of birth"}, "required": True},
                {"key": "country", "kind": "country", "label": {"en": "Country"}, "required": True},
            ],
        },
        {
            "key": "plans",
            "title": {"en": "Your plans"},
            "questions": [
                {"key": "why", "kind": "long_text", "label": {"en": "Why?"}, "required": True},
                {"key": "crops", "kind": "several_choices", "label": {"en": "Crops"}, "options": OPTIONS},
                {"key": "paper", "kind": "document", "label": {"en": "Certificate"}, "required": True},
            ],
        },
    ]
}
#: Section → its fields in order: label, how it is answered, what is typed.
FIELDS = {
    "About you": [
        ("Full name", "fill", "สุดารัตน์ Kaew"),
        ("Day", "fill", "27"),
        ("Month", "fill", "3"),
        ("Year", "fill", "2001"),
        ("Country", "choose", "Thailand"),
    ],
    "Your plans": [
        ("Why?", "fill", "To teach my village.\nAnd the next one."),
        ("Fish", "tick", ""),
        ("Fruit", "tick", ""),
    ],
}
ANSWERS = {
    "full-name": "สุดารัตน์ Kaew",
    "date-of-birth": "2001-03-27",
    "country": "TH",
    "why": "To teach my village.\nAnd the next one.",
    "crops": ["fish", "fruit"],
}
#: The two losses that matter most happen in every run: a section that never arrives, a sending that does.
DOOMED = {"POST .*/about-you/$": "never arrives", "POST .*/check/$": "loses its answer"}
OFFLINE, AT_MOST = "You are offline", 12


@pytest.fixture
def intake(settings: Any, tmp_path: Path) -> Intake:
    settings.MEDIA_ROOT = tmp_path / "media"
    CountryFactory()
    found = IntakeFactory()
    FormVersionFactory(intake=found, definition=FORM)
    return found


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    found = tmp_path / "school.pdf"
    found.write_bytes(a_pdf())
    return found


@pytest.fixture
def link(live_server: Any) -> Iterator[WeakLink]:
    with weak_link(live_server.url, seed=3) as found:
        found.doomed = dict(DOOMED)
        yield found


@pytest.fixture
def open_phone(browser: Browser, link: WeakLink) -> Iterator[Callable[..., Page]]:
    opened = []

    def open_page(**options: Any) -> Page:
        context = browser.new_context(
            base_url=link.url, viewport={"width": 360, "height": 740}, locale="en", **options
        )
        context.set_default_timeout(30_000)
        opened.append(context)
        return context.new_page()

    yield open_page
    for context in opened:
        context.close()


class Applicant:
    """Somebody who wants to apply and does not give up: looks where they are and goes on from there."""

    def __init__(self, page: Page, hand: Mouse, paper: Path, *, kills: bool) -> None:
        self.page, self.hand, self.paper, self.kills = page, hand, paper, kills

    def heading(self) -> str:
        self.page.wait_for_load_state()
        return self.page.locator("h1").inner_text()

    def button(self, name: str) -> Locator:
        main = self.page.get_by_role("main")
        return main.get_by_role("button", name=name, exact=True).or_(
            main.get_by_role("link", name=name, exact=True)
        )

    def field(self, label: str) -> Locator:
        return self.page.get_by_role("main").get_by_label(label, exact=True)

    def press(self, name: str) -> str:
        """Press and read the next page; when the link is dead, press "Try again" until it is not."""
        with self.page.expect_event("domcontentloaded"):
            self.hand.press(self.button(name))
        return self.try_again()

    def try_again(self) -> str:
        for _try in range(AT_MOST):
            heading = self.heading()
            if heading != OFFLINE:
                return heading
            with self.page.expect_event("domcontentloaded"):
                self.hand.press(self.button("Try again"))
        raise AssertionError(f"still offline after {AT_MOST} tries")

    def get_to(self, wanted: str, by: str) -> None:
        """Press `by` as often as the page stays what it was."""
        for _try in range(AT_MOST):
            if self.press(by) == wanted:
                return
        raise AssertionError(f"no way to {wanted!r} by {by!r}, only to {self.heading()!r}")

    def answer(self, section: str) -> None:
        assert self.heading() == section
        for number, (label, how, text) in enumerate(FIELDS[section], start=1):
            getattr(self.hand, how)(self.field(label), *[text] * (how != "tick"))
            if self.kills:
                self.kill_the_network(section)
                self.expect_kept(FIELDS[section][:number])

    def kill_the_network(self, section: str) -> None:
        self.page.context.set_offline(True)
        self.page.reload()
        assert self.heading() == OFFLINE
        expect(self.page.get_by_text("What you typed last is kept on this phone.")).to_be_visible()
        self.page.context.set_offline(False)
        assert self.try_again() == section

    def expect_kept(self, fields: list[tuple[str, str, str]]) -> None:
        for label, how, text in fields:
            if how == "fill":
                expect(self.field(label)).to_have_value(text)
            elif how == "tick":
                expect(self.field(label)).to_be_checked()
            else:
                expect(self.field(label).locator(":checked")).to_have_text(text)

    def apply(self, intake: Intake) -> None:
        self.page.goto(f"/en/programs/{intake.program.slug}/{intake.slug}/")
        self.try_again()
        self.get_to("Your application", by="Start application")
        self.get_to("Your application", by="Yes, it is mine")
        self.get_to("About you", by="About you")
        self.answer("About you")
        self.get_to("Your plans", by="Save and continue")
        self.answer("Your plans")
        self.send_paper()
        self.get_to("Check your answers", by="Check answers and send")
        self.get_to("Sign in or start", by="Sign in to send")
        self.sign_in()
        self.get_to_sent()

    def send_paper(self) -> None:
        for _try in range(AT_MOST):
            if "We have school.pdf" not in self.page.get_by_role("main").inner_text():
                self.hand.attach(self.field("Certificate"), self.paper)
            if self.press("Save and continue") == "Your application":
                return
        raise AssertionError("the file never arrived")

    def sign_in(self) -> None:
        for _try in range(AT_MOST):
            if self.heading() == "Sign in or start":
                self.hand.fill(self.field("E-mail address"), "suda@example.org")
                self.press("Send me a code")
            elif self.heading() == "Enter your code":
                code = re.search(r"\b\d{6}\b", str(mail.outbox[-1].body)).group()
                self.hand.fill(self.field("6-digit code"), code)
                self.press("Continue")
            else:
                return

    def get_to_sent(self) -> None:
        """A page that went missing on the way to "sent" is looked for among one's applications."""
        for _try in range(AT_MOST):
            if self.heading() != "Check your answers" or self.press("Send application") == "Application sent":
                break
        assert self.button("Send application").count() == 0


class ApplicantWithoutScript(Applicant):
    """No worker and no page of ours for a dead link: the browser's own error, and its reload button."""

    def press(self, name: str) -> str:
        with self.page.expect_event("domcontentloaded"):
            self.hand.press(self.button(name))
        return self.try_again()

    def try_again(self) -> str:
        for _try in range(AT_MOST):
            if not self.page.url.startswith("chrome-error:"):
                return self.heading()
            with suppress(PlaywrightError):
                self.page.reload()
        raise AssertionError(f"no page after {AT_MOST} tries")


def expect_one_application(paper: Path) -> None:
    application = Application.objects.exclude(status="expired").get()
    assert application.submitted_at is not None
    rows = application.sections.all()
    assert {key: value for row in rows for key, value in row.answers.items()} == ANSWERS
    document = Document.objects.get(application=application, removed_at=None)
    sent = paper.read_bytes()
    with default_storage.open(document.stored_as) as stored:
        kept = stored.read()
    assert document.sha256 == hashlib.sha256(sent).hexdigest()
    assert hashlib.sha256(kept).hexdigest() == document.sha256


@pytest.mark.parametrize(("hand", "kills"), [(Mouse, True), (Keyboard, False)])
def test_no_answer_is_lost_and_exactly_one_application_arrives(
    hand: type[Mouse],
    kills: bool,
    intake: Intake,
    paper: Path,
    link: WeakLink,
    open_phone: Callable[..., Page],
) -> None:
    page = open_phone()
    page.goto("/en/offline/")  # the phone has been here before: it has the style and the page for this
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    link.is_weak = True

    Applicant(page, hand(page), paper, kills=kills).apply(intake)

    expect_one_application(paper)
    assert link.doomed == {}
    assert len(link.lost) > len(DOOMED), link.lost


def test_the_same_without_javascript(
    intake: Intake, paper: Path, link: WeakLink, open_phone: Callable[..., Page]
) -> None:
    page = open_phone(java_script_enabled=False)
    page.goto("/en/offline/")
    link.is_weak = True

    ApplicantWithoutScript(page, Mouse(page), paper, kills=False).apply(intake)

    expect_one_application(paper)
    assert link.doomed == {}
    assert len(link.lost) > len(DOOMED), link.lost
