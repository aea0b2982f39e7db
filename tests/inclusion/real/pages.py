"""The tables of a dashboard, and which of their cells do not say what the release tells."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import html

from tests.inclusion.real.shares import Told

#: Scope and its key.
Scope = tuple[str, str]


@dataclass(frozen=True)
class Table:
    """Cells of each row by the words of its head; `parts` says where a row leads."""

    caption: str
    columns: list[str]
    rows: dict[str, list[str]]
    parts: dict[str, Scope]


def tables_of(page: str) -> Iterator[Table]:
    for table in html.fromstring(page).iter("table"):
        rows, parts = {}, {}
        for row in table.find("tbody"):
            head, *cells = row
            name = head.text_content()
            rows[name] = [cell.text_content() for cell in cells]
            for link in head.iter("a"):
                level, key = link.get("href").partition("?")[0].strip("/").split("/")[-2:]
                parts[name] = (level, key)
        columns = [each.text_content() for each in table.find("thead").iter("th")][1:]
        yield Table(table.find("caption").text_content(), columns, rows, parts)


@dataclass(frozen=True)
class Book:
    """All that one release tells, and the quarters that the page draws beside it, by their names."""

    every: Mapping[Scope, Told]
    quarters: Mapping[str, Mapping[Scope, Told]]
