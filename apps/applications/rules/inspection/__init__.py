"""Whether an uploaded file may be kept, from its bytes alone: what it is called can refuse it, and only
its content can make it acceptable. Follows the upload rows of the bad-input matrix.

Pictures come back written anew; PDFs only when they carry more than their pages; Word documents as sent.
"""

from collections.abc import Callable
from dataclasses import dataclass

from apps.applications.rules.inspection.names import CONTENT_TYPES, kind_of, shown_name
from apps.applications.rules.inspection.pdf import clean_pdf
from apps.applications.rules.inspection.pictures import clean_picture
from apps.applications.rules.inspection.refusals import EICAR, LARGEST, MEGABYTE, Refused
from apps.applications.rules.inspection.word import clean_word

__all__ = [
    "CONTENT_TYPES",
    "EICAR",
    "LARGEST",
    "MEGABYTE",
    "Accepted",
    "Refused",
    "inspect",
    "inspect_photo",
    "kind_of",
    "require_size",
    "shown_name",
]

CLEANERS: dict[str, Callable[[bytes, str], bytes]] = {
    "pdf": clean_pdf,
    "jpeg": clean_picture,
    "png": clean_picture,
    "docx": clean_word,
}
PHOTOS = ("jpeg", "png")


@dataclass(frozen=True, slots=True)
class Accepted:
    """What to keep, and as what."""

    content: bytes
    content_type: str


def require_size(size: int) -> None:
    if size == 0:
        raise Refused("empty")
    if size > LARGEST:
        raise Refused("large")


def inspect(name: str, content: bytes, declared_type: str = "") -> Accepted:
    """Accept or refuse. Every path is bounded in memory and time by the sizes of its kind."""
    require_size(len(content))
    if EICAR in content:
        raise Refused("harmful")
    kind = kind_of(name, declared_type)
    return Accepted(content=CLEANERS[kind](content, kind), content_type=CONTENT_TYPES[kind])


def inspect_photo(name: str, content: bytes, declared_type: str = "") -> Accepted:
    """The same where only a photo makes sense: one page of a document made of photos."""
    if kind_of(name, declared_type) not in PHOTOS:
        raise Refused("photo")
    return inspect(name, content, declared_type)
