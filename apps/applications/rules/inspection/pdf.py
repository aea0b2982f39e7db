"""PDF: measured before it is opened, searched for what acts by itself, written anew when more hides in it."""

import io
import re
import zlib
from typing import Any

import pikepdf

from apps.applications.rules.inspection.refusals import MEGABYTE, Refused

MOST_PAGES = 300
MOST_OBJECTS = 50_000
#: Unpacked, together: the tables of objects that have to be read to open the file at all.
LARGEST_TABLES = 16 * MEGABYTE
SIZE = re.compile(rb"/Size\s+(\d{1,20})")
STREAM = re.compile(rb"stream\r?\n")
#: Keys that hold programs or other files, and the kinds of action, annotation and stream that do.
ACTIVE_KEYS = frozenset(
    {"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/XFA", "/RichMediaContent", "/RichMediaSettings"}
)
ACTIVE_KINDS = frozenset(
    {"/JavaScript", "/Launch", "/EmbeddedFile", "/RichMedia", "/ImportData", "/SubmitForm", "/GoToE"}
    | {"/Rendition", "/Movie", "/Sound", "/Screen", "/3D"}
)
SUSPECT = re.compile(
    b"/(?:"
    + "|".join(sorted(each[1:] for each in ACTIVE_KEYS | ACTIVE_KINDS)).encode()
    + rb")(?![A-Za-z0-9])"
)
#: Beginnings of other kinds of file, which a PDF can carry where no reader of PDF looks.
OTHER_FILES = re.compile(rb"PK\x03\x04|PK\x05\x06|<html|<script|<\?php|<svg|<!doctype|GIF8[79]a|MZ\x90", re.I)
DEEPEST = 20


def clean_pdf(content: bytes, kind: str) -> bytes:
    if not content.startswith(b"%PDF-"):
        raise Refused("content")
    _measure(content)
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            if len(document.objects) > MOST_OBJECTS or len(document.pages) > MOST_PAGES:
                raise Refused("large")
            if not len(document.pages):
                raise Refused("content")
            if _opens_something(document.Root) or any(map(_acts, document.objects)):
                raise Refused("active")
            return _written(document) if _carries_more(content) else content
    except pikepdf.PasswordError:
        raise Refused("locked") from None
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError, RecursionError) as error:
        raise error if isinstance(error, Refused) else Refused("content") from None


def _measure(content: bytes) -> None:
    """Opening reads every table of objects into memory: refuse before, by what they say and unpack to."""
    if any(int(size) > MOST_OBJECTS for size in SIZE.findall(content)):
        raise Refused("large")
    left = LARGEST_TABLES
    for found in STREAM.finditer(content):
        before = content[max(0, found.start() - 500) : found.start()]
        about = before[before.rfind(b" obj") + 1 :]
        if b"/XRef" not in about and b"/ObjStm" not in about:
            continue
        try:
            left -= len(zlib.decompressobj().decompress(content[found.end() :], left + 1))
        except zlib.error:
            continue
        if left < 0:
            raise Refused("large")


def _opens_something(root: pikepdf.Object) -> bool:
    """On opening, a PDF may go to one of its own pages; whatever else it does by itself it may not."""
    action = root.get("/OpenAction")
    return isinstance(action, pikepdf.Dictionary) and action.get("/S") != pikepdf.Name("/GoTo")


def _acts(thing: pikepdf.Object) -> bool:
    """Searched as text first, since most objects are innocent; a hit is looked at part by part."""
    outline = thing.stream_dict if isinstance(thing, pikepdf.Stream) else thing
    return bool(SUSPECT.search(outline.unparse(resolved=True))) and _has_active_part(outline, 0)


def _has_active_part(thing: Any, depth: int) -> bool:
    """Whether a key is active, or the kind of a thing is. A text that merely mentions one is not.

    What is referred to is an object of its own, and looked at as one.
    """
    if depth > DEEPEST:
        return True
    if isinstance(thing, pikepdf.Array):
        return any(_has_active_part(value, depth + 1) for value in thing.as_list() if _is_here(value))
    if not isinstance(thing, pikepdf.Dictionary):
        return False
    kinds = {str(thing.get(key, "")) for key in ("/S", "/Type", "/Subtype")}
    if kinds & ACTIVE_KINDS or ACTIVE_KEYS & set(thing.keys()):
        return True
    return any(_has_active_part(value, depth + 1) for _key, value in thing.items() if _is_here(value))


def _is_here(value: Any) -> bool:
    return isinstance(value, pikepdf.Object) and not value.is_indirect


def _carries_more(content: bytes) -> bool:
    end = content.rfind(b"%%EOF")
    return bool(content[end + 5 :].strip()) or bool(OTHER_FILES.search(content))


def _written(document: pikepdf.Pdf) -> bytes:
    """The same pages, without anything that no page refers to. One content gives one result."""
    kept = io.BytesIO()
    document.save(kept, deterministic_id=True)
    return kept.getvalue()
