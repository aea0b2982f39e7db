"""The parts of a dashboard: a heading, a drawing, and a table that tells the same and more."""

from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from apps.inclusion.charts import Drawing

#: Columns beside the first that a table beside a drawing has room for.
NARROW = 4


@dataclass(frozen=True, slots=True)
class Line:
    """`url`: where a reader may go into this row."""

    name: str
    cells: tuple[str, ...]
    url: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """`name` is unique on its page: it names the region that scrolls. `corner` heads the first column."""

    name: str
    corner: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def is_narrow(self) -> bool:
        """Whether a phone can show it, with words that wrap; a wider one scrolls."""
        return len(self.columns) <= NARROW + 1

    @property
    def body(self) -> SafeString:
        """The rows. A page has a thousand cells, so not by a template's loop; every word is escaped here."""
        return mark_safe("".join(map(_row, self.lines)))  # noqa: S308  escaped by _row


@dataclass(frozen=True, slots=True)
class Section:
    """`more` are tables that stay folded on a screen and open on paper. `chooses_group`: the reader may."""

    key: str
    title: str
    intro: str = ""
    drawings: tuple[Drawing, ...] = ()
    tables: tuple[Table, ...] = ()
    more: tuple[Table, ...] = ()
    more_words: str = ""
    chooses_group: bool = False

    @property
    def beside(self) -> tuple[Table, ...]:
        """What has room beside a drawing."""
        return tuple(table for table in self.tables if self.drawings and len(table.columns) <= NARROW)

    @property
    def below(self) -> tuple[Table, ...]:
        return tuple(table for table in self.tables if table not in self.beside)


def _row(line: Line) -> str:
    name = escape(line.name)
    head = f'<a href="{escape(line.url)}">{name}</a>' if line.url else name
    cells = "".join(f'<td class="govuk-table__cell">{escape(cell)}</td>' for cell in line.cells)
    return f'<tr class="govuk-table__row"><th class="govuk-table__header" scope="row">{head}</th>{cells}</tr>'
