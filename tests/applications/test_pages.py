"""Several photos are one document: in order, changed page by page, and the same for two windows at once."""

import io
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from apps.applications.models import Application, Document, DocumentPage, FormVersion
from apps.applications.rules.assembling import assemble
from apps.applications.selectors import pages_of
from apps.applications.services import add_pages, remove_page, reorder_pages
from apps.applications.services.pages import MOST_PAGES
from apps.core.actors import VISITOR
from apps.core.errors import Conflict, Invalid
from apps.events.models import EventRecord
from tests.applications.test_inspection import a_pdf
from tests.applications.uploading import send_whole
from tests.racing import race

pytestmark = pytest.mark.django_db
DEFINITION = {
    "sections": [
        {
            "key": "papers",
            "title": {"en": "Papers"},
            "questions": [
                {"key": "certificate", "kind": "photos", "label": {"en": "Birth certificate"}},
                {"key": "cv", "kind": "document", "label": {"en": "CV"}},
            ],
        }
    ]
}


@pytest.fixture
def draft(draft: Application) -> Application:
    FormVersion.objects.update(definition=DEFINITION)
    return Application.objects.get()


def photo(colour: str, kind: str = "JPEG", size: tuple[int, int] = (40, 30)) -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", size, colour).save(kept, kind)
    return kept.getvalue()


def chosen(*colours: str) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(f"{colour}.jpg", photo(colour)) for colour in colours]


def add(draft: Application, *colours: str) -> Document | None:
    return add_pages(application=draft, question="certificate", uploads=chosen(*colours), actor=VISITOR)


def names(draft: Application) -> list[str]:
    return [page.name.removesuffix(".jpg") for page in pages_of(draft, "certificate")]


def kept(draft: Application) -> Document:
    return draft.documents.get(removed_at=None)


def colours_in(document: Document, own_files: Any) -> list[tuple[int, int, int]]:
    """What a reader of PDF sees: the middle of each page."""
    found = []
    with pikepdf.open(own_files / document.stored_as) as pdf:
        for page in pdf.pages:
            picture = pikepdf.PdfImage(page.obj.Resources.XObject.Photo).as_pil_image()
            found.append(picture.convert("RGB").getpixel((20, 15)))
    return found


def test_photos_become_the_pages_of_one_pdf_in_their_order(draft: Application, own_files: Any) -> None:
    document = add(draft, "red", "lime", "blue")

    assert (document.name, document.content_type) == ("certificate.pdf", "application/pdf")
    red, green, blue = colours_in(document, own_files)
    assert (red[0] > 240, green[1] > 240, blue[2] > 240) == (True, True, True)
    assert names(draft) == ["red", "lime", "blue"]


def test_more_photos_go_behind_and_one_document_is_left(draft: Application) -> None:
    add(draft, "red")
    add(draft, "blue")

    assert names(draft) == ["red", "blue"]
    assert kept(draft).pages.count() == 2
    assert EventRecord.objects.filter(name="DocumentStored").count() == 2


def test_the_same_photo_twice_is_one_page(draft: Application) -> None:
    add(draft, "red", "red")
    add(draft, "red")

    assert names(draft) == ["red"]
    assert Document.objects.count() == 1


def test_pages_can_be_put_in_another_order(draft: Application, own_files: Any) -> None:
    add(draft, "red", "blue")
    red, blue = [page.public_id for page in pages_of(draft, "certificate")]

    document = reorder_pages(application=draft, question="certificate", order=[blue, red], actor=VISITOR)

    assert names(draft) == ["blue", "red"]
    assert colours_in(document, own_files)[0][2] > 240


def test_an_order_that_forgets_a_page_is_refused(draft: Application) -> None:
    add(draft, "red", "blue")
    first = pages_of(draft, "certificate")[0].public_id

    for order in ([first], [first, first], [first, uuid4()]):
        with pytest.raises(Conflict):
            reorder_pages(application=draft, question="certificate", order=order, actor=VISITOR)
    assert names(draft) == ["red", "blue"]


def test_a_page_goes_and_with_the_last_one_the_document(draft: Application) -> None:
    add(draft, "red", "blue")
    red, blue = [page.public_id for page in pages_of(draft, "certificate")]
    for _twice in range(2):
        remove_page(application=draft, question="certificate", page=red, actor=VISITOR)
    assert names(draft) == ["blue"]

    remove_page(application=draft, question="certificate", page=blue, actor=VISITOR)

    assert not draft.documents.filter(removed_at=None).exists()
    assert EventRecord.objects.filter(name="DocumentRemoved").count() == 1


def test_what_can_be_kept_is_kept_and_the_others_are_named(draft: Application) -> None:
    files = [
        *chosen("red"),
        SimpleUploadedFile("cv.pdf", a_pdf()),
        SimpleUploadedFile("IMG_1.heic", b"x"),
        SimpleUploadedFile("torn.jpg", photo("blue")[:100]),
    ]

    with pytest.raises(Invalid) as refused:
        add_pages(application=draft, question="certificate", uploads=files, actor=VISITOR)

    words = [str(each) for each in refused.value.fields["certificate"]]
    assert [each.split(":")[0] for each in words] == ["cv.pdf", "IMG_1.heic", "torn.jpg"]
    assert "Most Compatible" in words[1]
    assert names(draft) == ["red"]


def test_a_document_has_so_many_pages(draft: Application) -> None:
    shades = [f"#{number:02x}0000" for number in range(0, 250, 10)]

    with pytest.raises(Invalid, match="another look") as refused:
        add(draft, *shades[: MOST_PAGES + 1])

    assert "20 pages" in str(refused.value.fields["certificate"][0])
    assert not pages_of(draft, "certificate")


def test_a_sent_application_keeps_its_pages(draft: Application) -> None:
    add(draft, "red", "blue")
    Application.objects.update(status="withdrawn", withdrawn_at="2026-01-01T00:00Z")

    with pytest.raises(Conflict):
        add(draft, "lime")
    assert names(draft) == ["red", "blue"]


@pytest.mark.django_db(transaction=True)
def test_two_windows_that_add_at_once_lose_no_page(draft: Application) -> None:
    add(draft, "red")

    race(*[lambda colour=colour: add(draft, colour) for colour in ("blue", "lime", "black", "white")])

    assert names(draft)[0] == "red"
    assert sorted(names(draft)) == ["black", "blue", "lime", "red", "white"]
    assert kept(draft).pages.count() == 5
    assert DocumentPage.objects.count() == 5


def test_photos_that_come_in_pieces_are_pages_too(as_applicant: Client, draft: Application) -> None:
    for colour in ("red", "blue"):
        _place, answer = send_whole(as_applicant, draft, photo(colour), filename=f"{colour}.jpg")
        assert answer.status_code == 204
    _place, refused = send_whole(as_applicant, draft, a_pdf(), filename="cv.pdf")

    assert names(draft) == ["red", "blue"]
    assert "photos only" in refused.content.decode()


def test_a_clear_png_lies_on_white_paper(tmp_path: Any) -> None:
    kept = io.BytesIO()
    Image.new("RGBA", (40, 30), (0, 0, 0, 0)).save(kept, "PNG")
    (tmp_path / "a.pdf").write_bytes(assemble([kept.getvalue()]))

    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        assert pikepdf.PdfImage(pdf.pages[0].obj.Resources.XObject.Photo).as_pil_image().getpixel((5, 5)) == (
            255,
            255,
            255,
        )


def at(draft: Application, question: str = "certificate") -> str:
    return reverse("applications:pages", args=[draft.public_id, question])


def test_the_page_adds_moves_and_removes_without_scripts(
    as_applicant: Client, draft: Application, django_assert_max_num_queries: Callable
) -> None:
    answer = as_applicant.post(at(draft), {"photos": chosen("red", "blue", "lime")}, follow=True)
    assert "Page 3" in answer.content.decode()
    lime = pages_of(draft, "certificate")[2].public_id

    as_applicant.post(at(draft), {"up": str(lime)})
    assert names(draft) == ["red", "lime", "blue"]
    as_applicant.post(at(draft), {"down": str(lime)})
    as_applicant.post(at(draft), {"down": str(lime)})
    assert names(draft) == ["red", "blue", "lime"]
    page = as_applicant.post(at(draft), {"remove": str(lime)}, follow=True).content.decode()
    assert names(draft) == ["red", "blue"]
    assert "The page is removed." in page
    with django_assert_max_num_queries(8):
        as_applicant.get(at(draft))


def test_a_bad_photo_is_told_on_the_page_and_the_others_stay(
    as_applicant: Client, draft: Application
) -> None:
    files = [*chosen("red"), SimpleUploadedFile("torn.jpg", b"\xff\xd8junk")]

    answer = as_applicant.post(at(draft), {"photos": files})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "torn.jpg: We cannot open this file" in page
    assert "red.jpg" in page
    assert "Choose one or more photos first." in as_applicant.post(at(draft), {}).content.decode()


@pytest.mark.parametrize("value", ["x", "00000000-0000-4000-8000-000000000000"])
def test_a_page_that_is_not_there_is_not_found(as_applicant: Client, draft: Application, value: str) -> None:
    add(draft, "red")

    assert as_applicant.post(at(draft), {"up": value}).status_code == 404
    assert as_applicant.get(at(draft, "cv")).status_code == 404
    assert as_applicant.get(at(draft, "nothing")).status_code == 404
