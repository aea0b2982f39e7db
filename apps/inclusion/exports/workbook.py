"""A release as a workbook: notes first, a table for each level, real numbers, ready to print.

Sheets are written row by row (openpyxl's write-only mode): memory holds one scope and the packed file.
"""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from apps.core.exports import neutral
from apps.inclusion.enums import ScopeKind, Stage
from apps.inclusion.exports.lines import mark_or_value, names_at
from apps.inclusion.exports.notes import NOT_TOLD, notes_of
from apps.inclusion.exports.words import dimension_words, group_words, stage_words
from apps.inclusion.models import Release
from apps.inclusion.rules.groups import DIMENSIONS, IDENTITIES, crossings, groups_of
from apps.inclusion.selectors.sheets import Sheet
from apps.inclusion.selectors.tidy import (
    LEVELS_TAKEN,
    Measure,
    Row,
    has_share,
    rows_of,
    sheets_taken,
)

#: Crossed questions and the quality of data are told of the whole and of kinds.
WITH_CROSSINGS = (ScopeKind.ALL, ScopeKind.KIND)
BOLD, WRAPPED = Font(bold=True), Alignment(wrap_text=True, vertical="top")
PERCENT = '0" %"'
LONGEST_TITLE, WIDE, NARROW = 31, 34, 13


class Column(NamedTuple):
    dimension: str
    group: str
    measure: Measure


def columns_at(level: str) -> list[Column]:
    """A column for each figure, and one for its share beside it."""
    figures = [("", ""), *((each, group) for each in DIMENSIONS for group in groups_of(each))]
    if level in WITH_CROSSINGS:
        figures += [(dimension, "+".join(words)) for dimension, words in crossings()]
    measures = [(dimension, group, Measure.PEOPLE) for dimension, group in figures]
    measures += [
        (dimension, group, Measure.SHARE) for dimension, group in figures if has_share(dimension, group)
    ]
    place = {figure: number for number, figure in enumerate(figures)}
    return [Column(*each) for each in sorted(measures, key=lambda each: (place[each[:2]], each[2]))]


def is_quality(dimension: str) -> bool:
    """Whatever is neither everyone, nor a question, nor questions crossed."""
    return bool(dimension) and any(each not in (*DIMENSIONS, *IDENTITIES) for each in dimension.split("+"))


def workbook_of(release: Release) -> bytes:
    book = Workbook(write_only=True)
    _notes(book, release)
    for level in LEVELS_TAKEN:
        _level(book, release, level)
    _long(book, release, _("Quality of data"), WITH_CROSSINGS, lambda row: is_quality(row.dimension))
    _long(book, release, _("Kept figures"), LEVELS_TAKEN, lambda row: row.is_kept)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _notes(book: Workbook, release: Release) -> None:
    sheet = _sheet(book, release, _("Notes"), [WIDE, 3 * WIDE], title_rows=0)
    for heading, text in notes_of(release):
        sheet.append([_bold(sheet, heading), _wrapped(sheet, text)])


def _level(book: Workbook, release: Release, level: ScopeKind) -> None:
    columns, names = columns_at(level), names_at(release, level)
    sheet = _sheet(book, release, str(level.label), [WIDE, NARROW, *[NARROW] * len(columns)])
    heads = [_("Name"), _("Stage"), *(_heading(each) for each in columns)]
    sheet.append([_bold(sheet, head) for head in heads])
    for found in sheets_taken(release, (level,)):
        name = names.get(found.scope_key, found.scope_key) or str(level.label)
        for stage, cells in wide_rows(found, columns):
            numbers = zip(columns, cells, strict=True)
            sheet.append([neutral(name), stage_words(stage), *(_number(sheet, *each) for each in numbers)])


def wide_rows(found: Sheet, columns: Sequence[Column]) -> Iterator[tuple[str, list[int | str]]]:
    """A line for each stage the sheet tells of."""
    told = {(row.stage, row.dimension, row.group, row.measure): mark_or_value(row) for row in rows_of(found)}
    stages = {stage for stage, _dimension, _group in found.figures}
    for stage in (each for each in Stage.values if each in stages):
        yield stage, [told.get((stage, *column), NOT_TOLD) for column in columns]


def _long(book: Workbook, release: Release, title: str, levels: Sequence[ScopeKind], wanted: Any) -> None:
    """Figures that make no table: one in a line."""
    sheet = _sheet(book, release, title, [WIDE, NARROW, WIDE, WIDE, NARROW])
    heads = (_("Name"), _("Stage"), _("Question"), _("Group"), _("Figure"))
    sheet.append([_bold(sheet, head) for head in heads])
    for level in levels:
        names = names_at(release, level)
        for found in sheets_taken(release, (level,)):
            name = names.get(found.scope_key, found.scope_key) or str(level.label)
            for row in filter(wanted, rows_of(found)):
                sheet.append([neutral(name), *_in_line(row)])


def _in_line(row: Row) -> tuple[str | int, ...]:
    group = group_words(row.dimension, row.group)
    return stage_words(row.stage), dimension_words(row.dimension), group, mark_or_value(row)


def _sheet(book: Workbook, release: Release, title: str, widths: list[int], title_rows: int = 1) -> Any:
    """Landscape A4, as wide as the paper; the heading and the release stand on each printed page."""
    sheet = book.create_sheet(title[:LONGEST_TITLE])
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", Worksheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.left.text = _("Release {number}").format(number=release.number)
    sheet.oddFooter.right.text = "&P / &N"
    if title_rows:
        sheet.freeze_panes, sheet.print_title_rows = "C2", "1:1"
    return sheet


def _heading(column: Column) -> str:
    words = group_words(column.dimension, column.group)
    if column.dimension:
        words = f"{dimension_words(column.dimension)}: {words}"
    return f"{words} (%)" if column.measure == Measure.SHARE else words


def _bold(sheet: Any, text: str) -> WriteOnlyCell:
    cell = _wrapped(sheet, text)
    cell.font = BOLD
    return cell


def _wrapped(sheet: Any, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=neutral(text))
    cell.alignment = WRAPPED
    return cell


def _number(sheet: Any, column: Column, value: int | str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=value)
    if column.measure == Measure.SHARE:
        cell.number_format = PERCENT
    return cell
