"""Word documents: judged by the archive's directory first, then read once, part by part."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.parsers import expat

from apps.applications.rules.inspection.refusals import EICAR, MEGABYTE, Refused

MOST_ENTRIES = 1000
LARGEST_UNPACKED = 50 * MEGABYTE
LARGEST_XML = 20 * MEGABYTE
MOST_SWOLLEN = 200
PIECE = 64 * 1024
NEEDED = {"[Content_Types].xml", "word/document.xml"}
HARMFUL = re.compile(r"vbaProject|/embeddings/|/activeX/|\.(bin|exe|dll|js|vbs)$", re.IGNORECASE)
#: What a part may fetch from elsewhere: links that people follow themselves, nothing else.
LINK = re.compile(r"/hyperlink$")
#: A local header is 30 bytes before its name.
HEADER = 30


def clean_word(content: bytes, kind: str) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _judge_directory(entries, archive.start_dir, content)
            for entry in entries:
                _read(archive, entry)
    except (zipfile.BadZipFile, zlib.error, expat.ExpatError, OSError, EOFError, RuntimeError) as error:
        raise Refused("content") from error
    return content


def _judge_directory(entries: list[zipfile.ZipInfo], directory_at: int, content: bytes) -> None:
    """Nothing is unpacked here: sizes, names and places alone."""
    names = [entry.filename for entry in entries]
    if not set(names) >= NEEDED or not content.startswith(b"PK\x03\x04") or len(set(names)) < len(names):
        raise Refused("content")
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        raise Refused("large")
    if any(_swells(entry) for entry in entries) or _overlap(entries, directory_at):
        raise Refused("large")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused("locked")
    if any(".." in name or name.startswith("/") or HARMFUL.search(name) for name in names):
        raise Refused("active")


def _swells(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > MEGABYTE and entry.file_size > MOST_SWOLLEN * max(entry.compress_size, 1)


def _overlap(entries: list[zipfile.ZipInfo], directory_at: int) -> bool:
    """Entries that share bytes: how a file of 40 kB becomes many gigabytes."""
    starts = sorted((entry.header_offset, entry.compress_size) for entry in entries)
    ends = [start for start, _size in starts[1:]] + [directory_at]
    return any(start + HEADER + size > end for (start, size), end in zip(starts, ends, strict=True))


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Unpack in pieces, never more than the directory promised, and look at what is inside."""
    is_xml = entry.filename.lower().endswith((".xml", ".rels"))
    if is_xml and entry.file_size > LARGEST_XML:
        raise Refused("large")
    parser = _xml_parser() if is_xml else None
    tail = b""
    for piece in _pieces(archive, entry):
        if EICAR in tail + piece:
            raise Refused("harmful")
        if parser:
            parser.Parse(piece, False)
        tail = piece[-len(EICAR) :]
    if parser:
        parser.Parse(b"", True)


def _pieces(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    left = entry.file_size
    with archive.open(entry) as part:
        while piece := part.read(PIECE):
            left -= len(piece)
            if left < 0:
                raise Refused("large")
            yield piece


def _xml_parser() -> expat.XMLParserType:
    """No document type, so no entities to expand or to fetch; no macros; nothing loaded from elsewhere."""
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(*args: object) -> None:
        raise Refused("active")

    def element(name: str, attributes: dict[str, str]) -> None:
        if attributes.get("TargetMode") == "External" and not LINK.search(attributes.get("Type", "")):
            refuse()
        if "macroEnabled" in attributes.get("ContentType", ""):
            refuse()

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = element
    return parser
