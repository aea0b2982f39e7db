"""Reading a file of indicator definitions: one row, one definition."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

COLUMNS = (
    "code",
    "standard",
    "name",
    "formula",
    "unit",
    "direction",
    "level",
    "disaggregation",
    "confirmed",
    "verified_note",
    "valid_from",
)
REQUIRED = ("code", "standard", "name", "unit", "direction", "level", "confirmed", "valid_from")
#: Column → most characters.
MOST = {
    "code": 40,
    "standard": 40,
    "name": 300,
    "formula": 600,
    "disaggregation": 200,
    "verified_note": 400,
}


class BadRow(ValueError):
    """A row that cannot be read. Says which row, which column and why."""


@dataclass(frozen=True, slots=True)
class Row:
    code: str
    valid_from: date
    says: Mapping[str, str | bool]


def read_rows(rows: Iterable[Mapping[str, str | None]], words: Mapping[str, Iterable[str]]) -> list[Row]:
    """`words` are those each column of set words may hold. Raises BadRow."""
    return [_read(number, row, words) for number, row in enumerate(rows, start=2)]


def _read(number: int, row: Mapping[str, str | None], words: Mapping[str, Iterable[str]]) -> Row:
    texts = {column: (row.get(column) or "").strip() for column in COLUMNS}
    for column in REQUIRED:
        if not texts[column]:
            raise BadRow(f"row {number}: {column} is empty")
    for column, most in MOST.items():
        if len(texts[column]) > most:
            raise BadRow(f"row {number}: {column} is longer than {most} characters")
    for column, allowed in {**words, "confirmed": ("yes", "no")}.items():
        if texts[column] not in set(allowed):
            raise BadRow(f"row {number}: {column} cannot be {texts[column]}")
    try:
        valid_from = date.fromisoformat(texts["valid_from"])
    except ValueError:
        raise BadRow(f"row {number}: valid_from is no day like 2026-01-01") from None
    apart = ("code", "valid_from", "confirmed")
    says = {column: text for column, text in texts.items() if column not in apart}
    return Row(texts["code"], valid_from, {**says, "is_confirmed": texts["confirmed"] == "yes"})
