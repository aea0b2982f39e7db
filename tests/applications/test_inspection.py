"""What an uploaded file is, is decided by its content; the name and type people send count for nothing."""

import io
import zipfile

import pikepdf
import pytest
from PIL import Image

from apps.applications.rules.inspection import EICAR, LARGEST, Refused, inspect, shown_name


def a_pdf(**root: pikepdf.Object) -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    for name, value in root.items():
        document.Root[f"/{name}"] = value
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def a_photo(kind: str = "JPEG", size: tuple[int, int] = (40, 30)) -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", size, "teal").save(kept, kind)
    return kept.getvalue()


def a_docx(**extra: bytes) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w:document/>")
        for name, content in extra.items():
            archive.writestr(name.replace("__", "/"), content)
    return kept.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("school.pdf", a_pdf(), "application/pdf"),
        ("photo.JPG", a_photo(), "image/jpeg"),
        ("scan.png", a_photo("PNG"), "image/png"),
        ("ใบรับรอง.pdf", a_pdf(), "application/pdf"),
    ],
)
def test_real_documents_are_kept(name: str, content: bytes, content_type: str) -> None:
    assert inspect(name, content).content_type == content_type


def locked_pdf() -> bytes:
    kept = io.BytesIO()
    document = pikepdf.new()
    document.add_blank_page()
    document.save(kept, encryption=pikepdf.Encryption(owner="a", user="b"))
    return kept.getvalue()


JAVASCRIPT = pikepdf.Dictionary(S=pikepdf.Name("/JavaScript"), JS=pikepdf.String("app.alert(1)"))


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.pdf", b"", "empty"),
        ("a.pdf", b"x" * (LARGEST + 1), "large"),
        ("a.pdf", a_pdf() + EICAR, "harmful"),
        ("a.docx", a_docx(eicar=EICAR), "harmful"),
        ("a.exe", b"MZ", "type"),
        ("a.svg", b"<svg onload='x'/>", "type"),
        ("a.html", b"<script>", "type"),
        ("a.pdf.exe", a_pdf(), "type"),
        ("a.pdf.", a_pdf(), "type"),
        ("a.pdf", b"<html>%PDF-", "content"),
        ("a.pdf", a_pdf()[:60], "content"),
        ("a.pdf", a_photo(), "content"),
        ("a.jpg", a_pdf(), "content"),
        ("a.jpg", b"\xff\xd8\xff\xe0<?php", "content"),
        ("a.png", a_photo(), "content"),
        ("a.pdf", locked_pdf(), "locked"),
        ("a.pdf", a_pdf(OpenAction=JAVASCRIPT), "active"),
        ("a.docx", a_docx(word__vbaProject_bin=b"x"), "content"),
        ("a.docx", b"PK\x03\x04junk", "content"),
    ],
)
def test_anything_else_is_refused_with_its_reason(name: str, content: bytes, reason: str) -> None:
    if reason == "harmful" and name.endswith("docx"):
        content = a_docx() + EICAR
    if b"vbaProject" in content:
        content, reason = a_docx(**{"word__vbaProject.bin": b"x"}), "active"

    with pytest.raises(Refused) as refused:
        inspect(name, content)

    assert refused.value.code == reason


def test_a_picture_with_too_many_points_is_refused_before_it_is_unpacked() -> None:
    kept = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(kept, "PNG")

    with pytest.raises(Refused):
        inspect("flood.png", kept.getvalue())


def test_an_archive_that_swells_is_refused_from_its_directory() -> None:
    with pytest.raises(Refused) as refused:
        inspect("bomb.docx", a_docx(big=b"\0" * 120_000_000))

    assert refused.value.code == "large"


def test_a_picture_loses_what_hides_behind_it() -> None:
    kept = inspect("a.jpg", a_photo() + b"<script>alert(1)</script>")

    assert b"<script>" not in kept.content


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\me\\cv.pdf", "cv.pdf"),
        ("cod\u202egnp.exe", "codgnp.exe"),
        ("a\r\nb.pdf", "ab.pdf"),
        ("x" * 4096 + ".pdf", "x" * 90 + ".pdf"),
        ("ใบรับรอง.pdf", "ใบรับรอง.pdf"),
    ],
)
def test_names_are_safe_to_show(name: str, shown: str) -> None:
    assert shown_name(name) == shown
