"""Every upload row of the bad-input matrix: refused with words or cleaned, within a second and 64 MB."""

import io
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from PIL import Image

from apps.applications.models import Application
from apps.applications.refusals import REASONS
from apps.applications.rules.inspection import Accepted, Refused, inspect
from tests.applications.hostile_files import CLEANED, REFUSED
from tests.applications.test_inspection import a_pdf, a_photo
from tests.applications.uploading import send_whole

MOST_SECONDS, MOST_MEMORY = 1.0, 64 * 1024
rows = pytest.mark.parametrize(
    ("name", "content", "reason"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)


def verdict(name: str, content: bytes) -> str:
    try:
        inspect(name, content)
    except Refused as refused:
        return refused.code
    return "kept"


def peak() -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


def in_a_child(work: Callable[[], str]) -> tuple[str, float, int]:
    """What came out, in how many seconds of processor, and by how many kB the memory grew at most."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            Path("/proc/self/clear_refs").write_text("5")
            before, began = peak(), time.process_time()
            said = work()
            os.write(writing, f"{said} {time.process_time() - began} {peak() - before}".encode())
        finally:
            os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading) as answer:
        said, seconds, memory = answer.read().split()
    return said, float(seconds), int(memory)


@rows
def test_it_is_refused_for_its_reason_quickly_and_in_little_memory(
    name: str, content: bytes, reason: str
) -> None:
    said, seconds, memory = in_a_child(lambda: verdict(name, content))

    assert said == reason
    assert seconds < MOST_SECONDS
    assert memory < MOST_MEMORY


@pytest.mark.parametrize(
    ("name", "content", "gone"), [row[1:] for row in CLEANED], ids=[row[0] for row in CLEANED]
)
def test_what_hides_in_it_is_gone_and_the_rest_is_kept(name: str, content: bytes, gone: bytes) -> None:
    said, seconds, memory = in_a_child(lambda: verdict(name, content))
    kept = inspect(name, content)

    assert gone in content
    assert gone not in kept.content
    assert opens(kept)
    assert (said, seconds < MOST_SECONDS, memory < MOST_MEMORY) == ("kept", True, True)


def opens(kept: Accepted) -> bool:
    if kept.content_type == "application/pdf":
        with pikepdf.open(io.BytesIO(kept.content)) as document:
            return len(document.pages) == 1
    with Image.open(io.BytesIO(kept.content)) as image:
        return image.load() is not None


def test_a_clean_pdf_is_kept_byte_for_byte() -> None:
    assert inspect("a.pdf", a_pdf()).content == a_pdf()


@pytest.mark.parametrize(
    "root",
    [
        {
            "OpenAction": pikepdf.Dictionary(
                S=pikepdf.Name("/GoTo"), D=pikepdf.Array([0, pikepdf.Name("/Fit")])
            )
        },
        {"Info2": pikepdf.Dictionary(Title=pikepdf.String("Learning /JavaScript and /JS"))},
        {"Differences": pikepdf.Array([pikepdf.Name("/Sound"), pikepdf.Name("/Movie")])},
    ],
    ids=["opens at a page", "speaks of scripts", "names letters so"],
)
def test_a_pdf_is_not_refused_for_words_it_uses(root: dict[str, Any]) -> None:
    assert verdict("cv.pdf", a_pdf(**root)) == "kept"


def test_a_photo_is_shown_the_way_it_was_held() -> None:
    kept = io.BytesIO()
    picture = Image.new("RGB", (60, 40))
    exif = picture.getexif()
    exif[0x0112] = 6
    exif[0x010F] = "Maker of phones"
    picture.save(kept, "JPEG", exif=exif)

    cleaned = inspect("a.jpg", kept.getvalue()).content

    with Image.open(io.BytesIO(cleaned)) as image:
        assert image.size == (40, 60)
        assert not image.getexif()
    assert b"Maker of phones" not in cleaned


def test_a_photo_that_carries_a_second_picture_is_a_photo() -> None:
    kept = io.BytesIO()
    Image.new("RGB", (60, 40)).save(kept, "MPO", save_all=True, append_images=[Image.new("RGB", (30, 20))])

    assert verdict("portrait.jpg", kept.getvalue()) == "kept"


@pytest.mark.parametrize("declared", ["text/html", "image/svg+xml", "application/x-msdownload"])
def test_a_type_that_acts_is_refused_whatever_the_content(declared: str) -> None:
    with pytest.raises(Refused):
        inspect("a.pdf", a_pdf(), declared)


@pytest.mark.parametrize("declared", ["", "application/octet-stream", "application/x-pdf", "image/jpg"])
def test_a_type_that_phones_guess_says_nothing(declared: str) -> None:
    assert inspect("a.pdf", a_pdf(), declared).content_type == "application/pdf"


@pytest.mark.django_db
@rows
def test_the_page_says_why_at_the_field_and_keeps_the_answers(
    as_applicant: Client, draft: Application, name: str, content: bytes, reason: str
) -> None:
    upload = SimpleUploadedFile("x", content)
    upload._name = name
    told = {"why": "To teach my village.", "certificate": upload, "version": "0"}

    page = as_applicant.post(reverse("applications:section", args=[draft.public_id, "plans"]), told)

    assert page.status_code == 422
    assert str(escape(REASONS[reason])) in page.content.decode() or clean_by_browser(name)
    assert draft.sections.get().answers["why"] == "To teach my village."
    assert not draft.documents.exists() or clean_by_browser(name)


def clean_by_browser(name: str) -> bool:
    """Multipart headers cannot carry these names; Django strips them before anyone sees them."""
    return name != name.strip() or "\0" in name


@pytest.mark.django_db
def test_five_hundred_files_in_one_form_are_refused(as_applicant: Client, draft: Application) -> None:
    files = {f"f{number}": SimpleUploadedFile("a.jpg", a_photo()) for number in range(500)}

    answer = as_applicant.post(reverse("applications:section", args=[draft.public_id, "plans"]), files)

    assert answer.status_code == 400
    assert not draft.documents.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.pdf",
        "..\\..\\boot.pdf",
        "C:\\a.pdf",
        "CON.pdf",
        "x" * 4096 + ".pdf",
        "a\r\nSet-Cookie: x.pdf",
        "\U0001f600.pdf",
    ],
)
def test_hostile_names_are_stored_under_ours_and_shown_clean(
    as_applicant: Client, draft: Application, name: str, own_files: Path
) -> None:
    send_whole(as_applicant, draft, a_pdf(), filename=name)

    document = draft.documents.get()
    assert document.stored_as.startswith("documents/")
    assert [path.name for path in (own_files / "documents").iterdir()] == [document.stored_as[10:]]
    assert len(document.name) <= 110
    assert not set(document.name) & set("/\\\r\n")
    answer = as_applicant.get(reverse("applications:document", args=[draft.public_id, document.public_id]))
    assert answer["Content-Disposition"].startswith("attachment; ")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "private, no-store"
    answer.close()
