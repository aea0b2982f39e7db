"""The parts of a dashboard: a heading, a drawing, and a table that tells the same and more."""

from dataclasses import dataclass

from apps.inclusion.charts import Drawing


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
