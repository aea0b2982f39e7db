"""A file chosen on a phone: sent in pieces while the line breaks, shrunk, resumed, and honest about it."""

import hashlib
import io
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import brotli
import pytest
from django.conf import settings as django_settings
from django.test import Client
from PIL import Image
from playwright.sync_api import Page, Route, expect

from apps.applications.models import Application, Document, FormVersion, Upload
from tests.applications.conftest import DEFINITION
from tests.applications.test_tus_client import a_heavy_pdf
from tests.factories.applications import FormVersionFactory
from tests.factories.programs import IntakeFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FILE = a_heavy_pdf(900_000)
SHA256 = hashlib.sha256(FILE).hexdigest()
MOST_BYTES = 1229


@pytest.fixture
def form_version(settings: Any, tmp_path: Path) -> FormVersion:
    settings.MEDIA_ROOT = tmp_path / "media"
    return FormVersionFactory(intake=IntakeFactory(), definition=DEFINITION)


@pytest.fixture
def section(phone: Page, live_server: Any, form_version: FormVersion) -> Page:
    """The section with a file question, of a draft that this browser began."""
    phone.goto(f"{live_server.url}/en/programs/")
    client = Client()
    draft = client.post(f"/en/applications/start/{form_version.intake.public_id}/")
    name = django_settings.SESSION_COOKIE_NAME
    phone.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    phone.goto(f"{live_server.url}{draft['Location']}sections/plans/")
    return phone


def choose(
    page: Page, content: bytes = FILE, name: str = "school.pdf", kind: str = "application/pdf"
) -> None:
    page.set_input_files("#id_certificate", {"name": name, "mimeType": kind, "buffer": content})


def test_the_script_is_small() -> None:
    script = (Path(django_settings.BASE_DIR) / "static/kit/upload.js").read_bytes()

    assert len(brotli.compress(script)) <= MOST_BYTES


def test_a_file_is_sent_in_pieces_while_the_person_goes_on(
    section: Page, looks_right: Callable[[Page], None]
) -> None:
    offsets: list[int] = []
    section.on(
        "request",
        lambda sent: offsets.append(int(sent.headers["upload-offset"])) if sent.method == "PATCH" else None,
    )
    looks_right(section)
    choose(section)
    section.get_by_label("Why?").fill("To teach my village.")

    expect(section.get_by_text("We have school.pdf, ")).to_be_visible()
    expect(section.get_by_text(", checked.")).to_be_visible()
    assert Document.objects.get().sha256 == SHA256
    assert offsets == list(range(0, len(FILE), 262_144))
    looks_right(section)
    section.get_by_role("button", name="Save and continue").click()
    expect(section.locator(".govuk-error-summary")).to_have_count(0)
    assert Application.objects.get().sections.get().is_complete
    assert Document.objects.count() == 1


def test_a_line_that_breaks_is_told_and_the_file_goes_on_by_itself(section: Page) -> None:
    broken = iter([True, False, True, True, False])

    def break_it(route: Route) -> None:
        if route.request.method in ("PATCH", "HEAD") and next(broken, False):
            route.abort("connectionreset")
        else:
            route.continue_()

    section.route("**/uploads/**", break_it)
    choose(section)

    expect(section.get_by_text("We go on with school.pdf")).to_be_visible()
    expect(section.get_by_text(", checked.")).to_be_visible(timeout=20_000)
    assert Document.objects.get().sha256 == SHA256


def test_after_a_reload_the_same_file_goes_on_where_it_was(section: Page) -> None:
    section.route(
        "**/uploads/**",
        lambda route: (
            route.abort()
            if int(route.request.headers.get("upload-offset", "0")) > 262_144
            else route.continue_()
        ),
    )
    choose(section)
    expect(section.get_by_text("We go on with school.pdf")).to_be_visible()
    section.unroute("**/uploads/**")
    section.reload()
    expect(section.get_by_text("Choose the same file again to go on from there")).to_be_visible()
    offsets: list[str] = []
    section.on(
        "request",
        lambda sent: offsets.append(sent.headers["upload-offset"]) if sent.method == "PATCH" else None,
    )

    choose(section)

    expect(section.get_by_text(", checked.")).to_be_visible()
    assert offsets[0] == "524288"
    assert Document.objects.get().sha256 == SHA256
    assert Upload.objects.count() == 1


def a_large_photo() -> bytes:
    kept = io.BytesIO()
    noise = random.Random(3).randbytes(400 * 300 * 3)
    Image.frombytes("RGB", (400, 300), noise).resize((3200, 2400)).save(kept, "JPEG", quality=90)
    return kept.getvalue()


def test_a_large_photo_is_made_small_on_the_phone(section: Page) -> None:
    photo = a_large_photo()
    choose(section, photo, "birth-certificate.jpg", "image/jpeg")

    expect(section.get_by_text("We have birth-certificate.jpg, ")).to_be_visible()
    upload, document = Upload.objects.get(), Document.objects.get()
    assert upload.length < len(photo) / 2
    with Image.open(Path(django_settings.MEDIA_ROOT) / document.stored_as) as kept:
        assert kept.size == (1600, 1200)


def test_a_small_photo_is_sent_as_it_is(section: Page) -> None:
    kept = io.BytesIO()
    Image.new("RGB", (800, 600), "teal").save(kept, "PNG")
    choose(section, kept.getvalue(), "small.png", "image/png")

    expect(section.get_by_text("We have small.png, ")).to_be_visible()
    assert Upload.objects.get().length == len(kept.getvalue())


def test_a_refused_file_says_why_beside_its_question(section: Page) -> None:
    choose(section, b"%PDF-1.7 <html>", "trick.pdf")

    expect(section.locator(".govuk-error-message", has_text="We cannot open this file")).to_be_visible()
    assert section.locator("#id_certificate").input_value() == ""


def test_saving_waits_for_the_file_and_a_second_press_does_not(section: Page) -> None:
    hold: list[Route] = []

    def hold_first(route: Route) -> None:
        if route.request.method == "PATCH" and not hold:
            hold.append(route)
        else:
            route.continue_()

    section.route("**/uploads/**", hold_first)
    with section.expect_request(lambda request: request.method == "PATCH"):
        choose(section)
    section.get_by_label("Why?").fill("To teach my village.")
    button = section.get_by_role("button", name="Save and come back later")
    expect(section.get_by_text("Sending school.pdf")).to_be_visible()
    button.click()
    expect(section.get_by_text("Your files are still on their way.")).to_be_visible()
    assert not Application.objects.get().sections.exists()

    hold[0].continue_()

    section.wait_for_url("**/applications/*/")
    assert Document.objects.get().sha256 == SHA256
    assert Application.objects.get().sections.get().answers["why"] == "To teach my village."


def test_without_the_script_saving_sends_the_file(section: Page) -> None:
    section.route("**/upload.js", lambda route: route.abort())
    section.reload()
    section.get_by_label("Why?").fill("To teach my village.")
    choose(section)
    section.get_by_role("button", name="Save and continue").click()

    section.wait_for_url("**/applications/*/**")
    expect(section.locator(".govuk-error-summary")).to_have_count(0)
    assert Document.objects.get().sha256 == SHA256
    assert not Upload.objects.exists()
