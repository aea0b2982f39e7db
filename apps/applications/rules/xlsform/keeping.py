"""Workbook in, definition out, and back: with what the author wrote, and what only we can say."""

import copy
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pyxform.builder import create_survey_element_from_dict
from pyxform.errors import PyXFormError
from pyxform.xls2json import workbook_to_json
from pyxform.xls2json_backends import DefinitionData

from apps.applications.rules.definition import BadDefinition, form_from_definition
from apps.applications.rules.xlsform.choices import digest, without_kept
from apps.applications.rules.xlsform.ours import END, OURS, is_ours, ours_of
from apps.applications.rules.xlsform.parts import Read, Source
from apps.applications.rules.xlsform.reading import Reader
from apps.applications.rules.xlsform.report import Note, Notes
from apps.applications.rules.xlsform.workbook import Book, Line, Refused, open_book, write_book
from apps.applications.rules.xlsform.writing import Writer

ROOM = 30_000


@dataclass(frozen=True, slots=True)
class Imported:
    """`warnings` are pyxform's own words."""

    definition: dict[str, Any]
    notes: tuple[Note, ...]
    warnings: tuple[str, ...]


def import_workbook(content: bytes) -> Imported:
    """Read an .xlsx. Raises Refused when nothing of it can be asked, or pyxform cannot read it."""
    book, data = open_book(content)
    warnings = check(data)
    read = Reader(book).read()
    _note_whole(book, read.notes)
    definition = _with_ours(read)
    if not any(section["questions"] for section in definition["sections"]):
        raise Refused("nothing")
    _remember(definition, read)
    return Imported(definition, read.notes.all(), warnings)


def check(data: DefinitionData) -> tuple[str, ...]:
    """pyxform's judgement: its warnings, or Refused with its words."""
    warnings: list[str] = []
    try:
        found = workbook_to_json(data, fallback_form_name="form", warnings=warnings)
        create_survey_element_from_dict(found).to_xml(validate=False, warnings=warnings)
    except PyXFormError as error:
        raise Refused("pyxform", str(error)) from None
    except Exception as error:  # whatever it stumbles over, the file is refused and we go on
        raise Refused("pyxform", f"{type(error).__name__}: {error}") from None
    return tuple(warnings)


def _note_whole(book: Book, notes: Notes) -> None:
    for sheet, rows in book.others.items():
        notes.add(sheet, 0, "", "sheet_kept", str(len(rows)))
    for sheet in book.ignored:
        notes.add(sheet, 0, "", "sheet_ignored")
    for sheet, cell in book.formulas:
        column = cell.rstrip("0123456789")
        row = cell.removeprefix(column)
        notes.add(sheet, int(row) if row.isascii() and len(row) < 8 and row else 0, column, "formula")
    for line in book.choices:
        for column, text in line.cells.items():
            if column.partition("::")[0] in ("image", "big-image", "audio", "video", "media"):
                notes.add("choices", line.number, column, "media", text)
    for name in book.settings:
        if name not in SETTINGS_READ:
            notes.add("settings", 2, name, "kept")


SETTINGS_READ = frozenset({"title", "default_language", "id_string", "version", "allow_choice_duplicates"})


def _with_ours(read: Read) -> dict[str, Any]:
    """What our own column adds; left out as a whole when it does not fit the form any more."""
    plain, wheres = copy.deepcopy(read.definition), [source.where for source in read.sources]
    for source in read.sources:
        _overlay(source)
    try:
        form_from_definition(read.definition)
    except BadDefinition:
        _forget(read, plain, wheres)
        read.notes.add("survey", 0, OURS, "platform_cell")
        try:
            form_from_definition(read.definition)
        except BadDefinition as mistake:
            raise Refused("definition", str(mistake)) from None
    _intros(read)
    return read.definition


def _overlay(source: Source) -> None:
    for name, value in ours_of(source.line.cells).items():
        if name in ("xlsform", "questions", "columns", "empty"):
            continue
        if value is None:
            source.part.pop(name, None)
        else:
            source.part[name] = value


def _intros(read: Read) -> None:
    """A note that stands for the words under a section's title."""
    for section in read.definition["sections"]:
        for question in list(section["questions"]):
            if question.pop("is_intro", False):
                section["questions"].remove(question)
                section["intro"] = question["label"]
    there = {id(part) for _where, part in parts_of(read.definition)}
    read.sources[:] = [source for source in read.sources if id(source.part) in there]


def _forget(read: Read, plain: dict[str, Any], wheres: list[tuple[str, ...]]) -> None:
    """Back to what the standard columns said: `plain`, with its parts at `wheres`."""
    read.definition.clear()
    read.definition.update(plain)
    parts = dict(parts_of(plain))
    for source, where in zip(read.sources, wheres, strict=True):
        source.part = parts[where]
        source.rows = parts[("question", where[1])] if source.rows is not None else None


def parts_of(definition: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """Every section, question and column by the name that reading and writing give it."""
    for section in definition["sections"]:
        yield ("section", section["key"]), section
        for question in section["questions"]:
            yield ("question", question["key"]), question
            for column in question.get("columns") or []:
                yield ("column", question["key"], column["key"]), column


def _remember(definition: dict[str, Any], read: Read) -> None:
    """Beside each part, the cells that we would write otherwise than their author did."""
    names = definition["xlsform"]["languages"]
    for section in definition["sections"]:
        if not section["xlsform"]["in"]:
            section["xlsform"]["title"] = digest([section.get("title"), section.get("intro")])
    for source in read.sources:
        kept = source.part.setdefault("xlsform", {})
        if (name := source.line.cells.get("name")) and name != source.part["key"]:
            kept["name"] = name
        plain = [
            column
            for column in ("label", "hint", "constraint_message")
            if source.line.cells.get(column) and names.get(definition["xlsform"]["unlabelled"])
        ]
        if plain:
            kept["plain"] = plain
    written = {row.where: row.cells for row in Writer(definition, as_kept=False).survey() if row.where}
    for source in read.sources:
        _keep_cells(source, written.get(source.where, {}))


def _keep_cells(source: Source, ours: Mapping[str, str]) -> None:
    theirs = {column: text for column, text in source.line.cells.items() if not is_ours(column)}
    differing = {
        column: [theirs.get(column, ""), ours.get(column, "")]
        for column in (*theirs, *ours)
        if theirs.get(column, "") != ours.get(column, "")
    }
    if differing:
        source.part["xlsform"]["cells"] = differing


def export_workbook(definition: Mapping[str, Any], *, title: str = "") -> bytes:
    """An .xlsx with the same meaning: for pyxform by the standard columns, for us by one more."""
    writer = Writer(definition, title=title)
    rows = writer.survey()
    settings = dict(writer.settings())
    book = Book(
        survey=[Line(number, row.cells) for number, row in enumerate(rows, start=2)],
        choices=[Line(number, cells) for number, cells in enumerate(writer.lists.all(), start=2)],
        settings={**settings, "title": settings.get("form_title", "")},
    )
    read = Reader(book).read()
    found = {id(source.line): source.part for source in read.sources}
    ours = dict(parts_of(definition))
    for line, row in zip(book.survey, rows, strict=True):
        if row.where and row.where[0] == "intro":
            intro = ours["section", row.where[1]]["intro"]
            row.cells.update(_in_our_columns({"is_intro": True, "label": dict(intro)}))
        elif row.where == ():
            continue
        elif row.where[0] == "section" and not ours[row.where]["questions"]:
            row.cells.update(
                _in_our_columns({"empty": True, **_more(ours[row.where], found.get(id(line), {}))})
            )
        elif more := _more(ours[row.where], found.get(id(line), {})):
            row.cells.update(_in_our_columns(more))
    return write_book(writer.sheets([row.cells for row in rows]))


def _more(part: Mapping[str, Any], read: Mapping[str, Any]) -> dict[str, Any]:
    """What `part` says and its row does not: None for what the row says too much."""
    said, wanted = without_kept(read), without_kept(part)
    skip = {"questions", "columns", "intro", "xlsform"}
    more = {name: value for name, value in wanted.items() if name not in skip and said.get(name) != value}
    return more | {name: None for name in said if name not in skip and name not in wanted}


def _in_our_columns(value: Any) -> dict[str, str]:
    """A cell has room for 32,767 characters: what is longer goes on in the next column."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    text = text.replace("$", "\\u0024")  # pyxform looks for references in every column
    parts = [text[start : start + ROOM] for start in range(0, len(text), ROOM)]
    return {
        OURS if not number else f"{OURS}_{number + 1}": f"{part}{END}" for number, part in enumerate(parts)
    }
