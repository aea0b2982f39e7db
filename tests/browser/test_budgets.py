"""Bytes, requests and layout shift of the applicant's pages: a cheap phone pays for each of them."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import brotli
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, Response

from apps.accounts.models import User
from apps.applications.selectors import form_of
from apps.applications.services import start_draft
from apps.core.actors import user_actor
from apps.programs.enums import ProgramKind
from apps.programs.models import Intake
from tests.browser.conftest import unexpected, watch
from tests.factories.applications import ApplicationFactory, FormVersionFactory
from tests.factories.people import PersonFactory
from tests.factories.programs import EligibilityRuleFactory, IntakeFactory, ProgramFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
#: Of an applicant's page, as docs and research set them.
FIRST_VISIT, NEXT_PAGE, MOST_REQUESTS, MOST_SHIFT = 20_000, 6_000, 5, 0.02
MOST_SCRIPT = 3 * 1024
#: The names of 249 countries, in letters of three bytes each.
WITH_ALL_COUNTRIES = 6_300
WHEN_ABROAD = {"question": "abroad", "op": "is", "value": "yes"}
Signed = Callable[[User], Client]
WATCH_SHIFT = """
    window.shift = 0;
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.shift += entry.value })
        .observe({ type: "layout-shift", buffered: true });
"""


#: Half a second without a request ends a visit; so many pages wait for it together.
AT_ONCE = 7


@dataclass
class Tab:
    """A page that tells what it asked for and how much on it moved while it loaded."""

    page: Page
    answers: list[Response] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.wrong = watch(self.page)
        self.page.add_init_script(WATCH_SHIFT)
        self.page.on("response", lambda answer: self.answers.append(answer))


@dataclass
class Meter:
    """What one visitor pays.

    Static files weigh what production's compressed copies of them do, and are paid for once: their names
    carry their content there, so a browser never asks again.
    """

    context: BrowserContext
    paid: set[str] = field(default_factory=set)

    def visits(self, paths: list[str]) -> Iterator[tuple[str, int, int]]:
        """Each path with the requests and bytes of opening it; nothing on the page may move while it loads."""
        for start in range(0, len(paths), AT_ONCE):
            tabs = {path: Tab(self.context.new_page()) for path in paths[start : start + AT_ONCE]}
            for path, tab in tabs.items():
                tab.page.goto(path)
            for path, tab in tabs.items():
                yield path, *self.visit(path, tab)

    def visit(self, path: str, tab: Tab) -> tuple[int, int]:
        tab.page.wait_for_load_state("networkidle")
        assert tab.page.evaluate("window.shift") <= MOST_SHIFT, path
        fresh = [answer for answer in tab.answers if answer.url not in self.paid]
        self.paid |= {answer.url for answer in fresh if is_static(answer)}
        sizes = [weight(answer) for answer in fresh]
        assert all(sizes), (path, sizes)
        assert unexpected(tab.wrong) == [], path
        tab.page.close()
        return len(fresh), sum(sizes)


def most(path: str) -> int:
    return WITH_ALL_COUNTRIES if path.endswith("/about-you/") else NEXT_PAGE


def is_static(answer: Response) -> bool:
    return urlsplit(answer.url).path.startswith("/static/")


def weight(answer: Response) -> int:
    if is_static(answer):
        return len(brotli.compress(answer.body()))
    sizes = answer.request.sizes()
    return sizes["responseHeadersSize"] + sizes["responseBodySize"]


@pytest.fixture(params=ProgramKind.values)
def intake(request: pytest.FixtureRequest, db: None) -> Intake:
    call_command("load_places", verbosity=0)
    title = {"en": "Data skills", "th": "ทักษะข้อมูล"}
    found = IntakeFactory(program=ProgramFactory(kind=request.param, title=title))
    EligibilityRuleFactory(intake=found, key="english")
    EligibilityRuleFactory(intake=found, key="country", answer="country", test="one_of", value=["TH"])
    return found


@pytest.mark.parametrize("language", ["th", "km", "my"])
def test_the_first_visit_and_every_next_page_stay_within_their_bytes(
    intake: Intake, language: str, applicant: User, at_desk: Callable[..., Page]
) -> None:
    """In the languages whose letters take three bytes each, and whose words are the longest.

    Without the service worker: what comes through it is told to weigh nothing.
    """
    meter = Meter(at_desk(applicant, service_workers="block").context)
    [(_path, requests, size)] = meter.visits([f"/{language}/programs/"])
    assert (requests <= MOST_REQUESTS, size <= FIRST_VISIT) == (True, True), (requests, size)

    paths = [path.replace("/en/", f"/{language}/", 1) for path in pages(intake, applicant)]
    heavy = {path: size for path, _requests, size in meter.visits(paths) if size > most(path)}
    assert heavy == {}


@pytest.mark.parametrize(
    ("kind", "when", "expected"),
    [
        ("text", None, ["zone", "writing"]),
        ("text", WHEN_ABROAD, ["zone", "writing", "conditions"]),
        ("document", None, ["zone", "upload", "writing"]),
        ("document", WHEN_ABROAD, ["zone", "section"]),
    ],
)
def test_our_scripts_on_a_section_stay_within_their_bytes(
    kind: str, when: dict[str, str] | None, expected: list[str], applicant: User, signed_in: Signed
) -> None:
    """Each kind of section loads what it needs; one that needs all has them in one file."""
    first = {"key": "abroad", "kind": "yes_no", "label": {"en": "Abroad?"}}
    then = {"key": "where", "kind": kind, "label": {"en": "Where?"}} | ({"when": when} if when else {})
    part = {"key": "past", "title": {"en": "Your past"}, "questions": [first, then]}
    intake = IntakeFactory()
    form = FormVersionFactory(intake=intake, definition={"sections": [part]})
    person = PersonFactory(user=applicant)
    draft = ApplicationFactory(intake=intake, form_version=form, person=person, status="draft")

    page = signed_in(applicant).get(reverse("applications:section", args=[draft.public_id, "past"]))

    names = re.findall(r'<script src="/static/([^"]+)"', page.content.decode())
    weights = {name: len(brotli.compress(Path(finders.find(name)).read_bytes())) for name in names}
    assert sorted(weights) == sorted(f"kit/{name}.js" for name in expected)
    assert sum(weights.values()) <= MOST_SCRIPT, weights


def test_what_is_shipped_was_packed_from_the_scripts_as_they_are() -> None:
    """`make kit` packs docs/kit/scripts; whoever changes one and forgets is told here."""
    kit = Path(settings.BASE_DIR) / "docs/kit"
    for name, note in json.loads((kit / "packed.json").read_text()).items():
        sources = b"".join((kit / "scripts" / f"{part}.js").read_bytes() for part in note["parts"])
        shipped = Path(finders.find(f"kit/{name}.js")).read_bytes()
        assert [sha256(sources).hexdigest(), sha256(shipped).hexdigest()] == [note["of"], note["is"]], name


def pages(intake: Intake, applicant: User) -> list[str]:
    """Every page on an applicant's way to this intake, with a draft and with an application sent before."""
    draft = start_draft(intake=intake, user=applicant, language="en", actor=user_actor(applicant))
    person = PersonFactory._meta.model.objects.get(user=applicant)
    person.country_id = "TH"  # with a list of settlements and kinds of units: the heaviest page of questions
    person.save()
    sent = ApplicationFactory(person=person)
    place = [intake.program.slug, intake.slug]
    sections = [(draft.public_id, section.key) for section in form_of(draft).sections]
    return [
        reverse("portal:home"),
        reverse("programs:program-detail", args=place),
        reverse("programs:eligibility", args=place),
        reverse("applications:task-list", args=[draft.public_id]),
        *(reverse("applications:section", args=each) for each in sections),
        reverse("applications:check", args=[draft.public_id]),
        reverse("applications:withdraw", args=[draft.public_id]),
        *(reverse(name, args=[sent.public_id]) for name in ("applications:sent", "portal:my-application")),
        reverse("inclusion:profile", args=[sent.public_id]),
        reverse("portal:my-applications"),
        reverse("notifications:message-list"),
        reverse("accounts:account"),
        reverse("core:offline"),
    ]
