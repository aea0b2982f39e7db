"""The file itself: what may be opened, its rows under their proper names, and how one is written."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from pyxform import aliases
from pyxform.errors import PyXFormError
from pyxform.parsing.sheet_headers import process_header
from pyxform.question import MultipleChoiceQuestion, Option
from pyxform.survey import Survey
from pyxform.xls2json_backends import DefinitionData, get_xlsform

MEGABYTE = 1024 * 1024
LARGEST, LARGEST_UNPACKED, MOST_ENTRIES = 5 * MEGABYTE, 60 * MEGABYTE, 500
MOST_ROWS, LONGEST_CELL = 20_000, 32_000


class Refused(ValueError):
    """The file as a whole cannot be read. `code` names why; `detail` may hold pyxform's own words."""

    def __init__(self, code: str, detail: str = "") -> None:
        self.code, self.detail = code, detail[:600]
        super().__init__(f"{code}: {detail}")


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a sheet: its number as a spreadsheet counts, and its cells by column."""

    number: int
    cells: dict[str, str]


@dataclass(slots=True)
class Book:
    """`others` are sheets that we keep as they are. `formulas` are cells that hold one: (sheet, cell)."""

    survey: list[Line] = field(default_factory=list)
    choices: list[Line] = field(default_factory=list)
    settings: dict[str, str] = field(default_factory=dict)
    others: dict[str, list[Line]] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    formulas: tuple[tuple[str, str], ...] = ()


#: Short names for the columns people write; others are their parts with :: between.
SHORT: dict[tuple[str, ...], str] = {
    ("bind", "relevant"): "relevant",
    ("bind", "required"): "required",
    ("bind", "constraint"): "constraint",
    ("bind", "calculate"): "calculation",
    ("bind", "readonly"): "read_only",
    ("bind", "jr:constraintMsg"): "constraint_message",
    ("bind", "jr:requiredMsg"): "required_message",
    ("bind", "jr:noAppErrorString"): "noAppErrorString",
    ("control", "appearance"): "appearance",
    ("control", "jr:count"): "repeat_count",
    ("control", "rows"): "rows",
    ("control", "autoplay"): "autoplay",
    ("media", "image"): "image",
    ("media", "big-image"): "big-image",
    ("media", "audio"): "audio",
    ("media", "video"): "video",
}
KEPT_SHEETS = ("external_choices", "entities", "osm")


def check_directory(content: bytes) -> None:
    """Judged by the archive's directory, before anything is unpacked. Raises Refused."""
    if not content:
        raise Refused("empty")
    if len(content) > LARGEST:
        raise Refused("large")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused("old_format")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        raise Refused("not_xlsx") from None
    names = {entry.filename for entry in entries}
    if "xl/workbook.xml" not in names or "[Content_Types].xml" not in names:
        raise Refused("not_xlsx")
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        raise Refused("large")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused("locked")
    if any(".." in name or "vbaProject" in name for name in names):
        raise Refused("active")
    if any(_is_bomb(entry) for entry in entries):
        raise Refused("large")


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > MEGABYTE and entry.file_size > 200 * max(entry.compress_size, 1)


def open_book(content: bytes) -> tuple[Book, DefinitionData]:
    """The rows, also as pyxform keeps them for its own checks. Raises Refused."""
    check_directory(content)
    try:
        formulas = tuple(_formulas(content))
        data = get_xlsform(content, file_type=".xlsx")
    except PyXFormError as error:
        raise Refused("pyxform", str(error)) from None
    except DefusedXmlException:
        raise Refused("active") from None
    except UNREADABLE:
        raise Refused("not_xlsx") from None
    rows = sum(len(getattr(data, name) or ()) for name in ("survey", "choices", "settings", *KEPT_SHEETS))
    if rows > MOST_ROWS:
        raise Refused("large")
    return _book(data, formulas), data


#: What openpyxl says of a file that is damaged inside: it has no error of its own for it.
UNREADABLE = (
    *(ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError, OSError, EOFError),
    *(zipfile.BadZipFile, ParseError, NotImplementedError, AssertionError),
)


def _book(data: DefinitionData, formulas: tuple[tuple[str, str], ...]) -> Book:
    settings = _lines(data, "settings", aliases.settings_header, frozenset(Survey.get_slot_names()))
    known = {"survey", "choices", "settings", *KEPT_SHEETS}
    names = list(data.sheet_names or ())
    return Book(
        survey=_lines(
            data, "survey", aliases.survey_header, frozenset(MultipleChoiceQuestion.get_slot_names())
        ),
        choices=_lines(data, "choices", aliases.list_header, frozenset(Option.get_slot_names())),
        settings=settings[0].cells if settings else {},
        others={name: lines for name in KEPT_SHEETS if (lines := _plain_lines(data, name))},
        ignored=tuple(name for name in names if name.lower() not in known) if len(names) > 1 else (),
        formulas=formulas,
    )


def _plain_lines(data: DefinitionData, sheet: str) -> list[Line]:
    return [
        Line(number, {key: _text(value) for key, value in row.items()})
        for number, row in enumerate(getattr(data, sheet) or (), start=2)
        if row
    ]


def _lines(
    data: DefinitionData, sheet: str, known: Mapping[str, str | tuple[str, ...]], columns: frozenset[str]
) -> list[Line]:
    headers = list((getattr(data, f"{sheet}_header") or [{}])[0])
    double = any("::" in header for header in headers)
    names = {}
    for header in headers:
        _header, tokens = process_header(header, double, dict(known), columns)
        names[header] = column_name(tokens)
    return [
        Line(line.number, {names.get(key, key): value for key, value in line.cells.items() if value})
        for line in _plain_lines(data, sheet)
    ]


def column_name(tokens: Sequence[str]) -> str:
    short = SHORT.get(tuple(tokens[:2]))
    return "::".join([short, *tokens[2:]] if short else tokens)


def _text(value: object) -> str:
    text = "" if value is None else str(value)
    clean = "".join(
        each for each in text if each in "\n\t" or (each >= " " and not "\ud800" <= each <= "\udfff")
    )
    return clean[:LONGEST_CELL].strip()


CELL = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def _formulas(content: bytes) -> Iterator[tuple[str, str]]:
    """Cells with a formula, by the part of the file they stand in; also refuses entities in the XML."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        titles = _titles(archive)
        for number, name in enumerate(sorted(n for n in archive.namelist() if SHEET.fullmatch(n)), start=1):
            with archive.open(name) as part:
                for _event, element in ElementTree.iterparse(part, events=("end",), forbid_dtd=True):
                    if element.tag == f"{CELL}c":
                        if element.find(f"{CELL}f") is not None:
                            yield titles.get(number, name), element.get("r", "")
                        element.clear()


SHEET = re.compile(r"xl/worksheets/sheet\d+\.xml")


def _titles(archive: zipfile.ZipFile) -> dict[int, str]:
    """Titles by the number of the sheet's file, as nearly every program writes them."""
    root = ElementTree.fromstring(archive.read("xl/workbook.xml"), forbid_dtd=True)
    sheets = root.findall(f"{CELL}sheets/{CELL}sheet")
    return {number: sheet.get("name", "") for number, sheet in enumerate(sheets, start=1)}


def write_book(sheets: Mapping[str, Sequence[Mapping[str, str]]]) -> bytes:
    """An .xlsx of these sheets. Every cell is text, so that nothing in it runs as a formula."""
    workbook = Workbook(write_only=True)
    for title, rows in sheets.items():
        sheet = workbook.create_sheet(title)
        columns = list(dict.fromkeys(column for row in rows for column in row))
        sheet.append([_cell(sheet, column) for column in columns])
        for row in rows:
            sheet.append([_cell(sheet, row.get(column, "")) for column in columns])
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


def _cell(sheet: WriteOnlyWorksheet, text: str) -> Cell | None:
    if not text:
        return None
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text)[:LONGEST_CELL])
    cell.data_type = "s"
    return cell
