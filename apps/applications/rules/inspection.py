"""Whether an uploaded file may be kept, from its bytes alone. The name and the declared type count
for nothing; the content decides. Follows the upload rows of the bad-input matrix.
"""

import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath

import pikepdf
from PIL import Image, UnidentifiedImageError

MEGABYTE = 1024 * 1024
LARGEST = 10 * MEGABYTE
LARGEST_UNPACKED = 100 * MEGABYTE
MOST_PIXELS = 40_000_000
MOST_PAGES = 300
MOST_ENTRIES = 2000
LONGEST_SIDE = 4000
#: The EICAR test string, written in two parts so that this file is not taken for one.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!"
EXTENSIONS = {"pdf": "pdf", "jpg": "jpeg", "jpeg": "jpeg", "png": "png", "docx": "docx"}
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


class Refused(ValueError):
    """`code` names the reason; applications.services turns it into words for the person."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Accepted:
    """What to keep: images come re-encoded, without the place and device they carried."""

    content: bytes
    content_type: str


def shown_name(name: str) -> str:
    """The file's own name, safe to show: no folders, control characters or direction marks, ≤ 100."""
    base = PurePosixPath(name.replace("\\", "/")).name
    kept = "".join(each for each in base if unicodedata.category(each) not in ("Cc", "Cf", "Cs"))
    tidy = re.sub(r"\s+", " ", unicodedata.normalize("NFC", kept)).strip(". ")
    stem, _dot, extension = tidy.rpartition(".")
    return f"{stem[:90]}.{extension[:8]}" if stem else (tidy[:100] or "document")


def kind_of(name: str) -> str:
    extension = shown_name(name).rpartition(".")[2].lower()
    if extension not in EXTENSIONS or name != name.rstrip(". "):
        raise Refused("type")
    return EXTENSIONS[extension]


def inspect(name: str, content: bytes) -> Accepted:
    """Accept or refuse. Every path is bounded in memory and time by the sizes above."""
    if not content:
        raise Refused("empty")
    if len(content) > LARGEST:
        raise Refused("large")
    if EICAR in content:
        raise Refused("harmful")
    kind = kind_of(name)
    kept = {"pdf": _pdf, "jpeg": _image, "png": _image, "docx": _docx}[kind](content, kind)
    return Accepted(content=kept, content_type=CONTENT_TYPES[kind])


#: Parts of a PDF that act by themselves or carry other files.
ACTIVE = ("/JavaScript", "/JS", "/OpenAction", "/AA", "/Launch", "/EmbeddedFiles", "/RichMedia", "/XFA")


def _pdf(content: bytes, kind: str) -> bytes:
    if not content.startswith(b"%PDF-"):
        raise Refused("content")
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            if len(document.objects) > 100_000 or len(document.pages) > MOST_PAGES:
                raise Refused("large")
            root = document.Root
            names = root.get("/Names", pikepdf.Dictionary())
            form = root.get("/AcroForm", pikepdf.Dictionary())
            found = [key for part in (root, names, form) for key in ACTIVE if key in part]
            if found or any(_acts(thing) for thing in document.objects):
                raise Refused("active")
    except pikepdf.PasswordError:
        raise Refused("locked") from None
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError) as error:
        raise error if isinstance(error, Refused) else Refused("content") from None
    return content


def _acts(thing: pikepdf.Object) -> bool:
    if not isinstance(thing, pikepdf.Dictionary):
        return False
    return str(thing.get("/S", "")) in ("/JavaScript", "/Launch") or "/JS" in thing


def _image(content: bytes, kind: str) -> bytes:
    """Decode within a pixel limit and write anew: what hides behind or beside the picture is gone."""
    try:
        with Image.open(io.BytesIO(content), formats=[kind.upper()]) as image:
            if image.width * image.height > MOST_PIXELS or getattr(image, "n_frames", 1) > 1:
                raise Refused("large")
            image.load()
            plain = image.convert(
                "RGB" if kind == "jpeg" or image.mode not in ("RGBA", "LA", "P") else "RGBA"
            )
            plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            kept = io.BytesIO()
            plain.save(kept, kind.upper(), **({"quality": 88} if kind == "jpeg" else {}))
            return kept.getvalue()
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise Refused("content") from error


def _docx(content: bytes, kind: str) -> bytes:
    """Judged by the archive's directory, before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        raise Refused("content") from None
    if (
        "word/document.xml" not in names
        or "[Content_Types].xml" not in names
        or not content.startswith(b"PK")
    ):
        raise Refused("content")
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        raise Refused("large")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused("locked")
    harmful = ("vbaProject", "/embeddings/", "/activeX/")
    if any(".." in name or any(part in name for part in harmful) for name in names):
        raise Refused("active")
    if any(
        entry.file_size > MEGABYTE and entry.file_size > 200 * max(entry.compress_size, 1)
        for entry in entries
    ):
        raise Refused("large")
    return content
