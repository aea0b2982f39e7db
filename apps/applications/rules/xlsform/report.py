"""What became of a workbook: what we could not hold, by sheet, rows and column."""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Note:
    """`code` is put into words by applications.enums.XlsformNote; `detail` is what the author wrote.

    `rows` is empty when the whole sheet is meant.
    """

    sheet: str
    rows: tuple[int, ...]
    column: str
    code: str
    detail: str = ""


@dataclass(slots=True)
class Notes:
    """Notes that say the same of several rows become one."""

    found: dict[tuple[str, str, str, str], list[int]] = field(default_factory=dict)

    def add(self, sheet: str, row: int, column: str, code: str, detail: str = "") -> None:
        rows = self.found.setdefault((sheet, column, code, detail[:80]), [])
        if row and row not in rows:
            rows.append(row)

    def all(self) -> tuple[Note, ...]:
        notes = [
            Note(sheet, tuple(rows), column, code, detail)
            for (sheet, column, code, detail), rows in self.found.items()
        ]
        return tuple(sorted(notes, key=lambda note: (ORDER.get(note.sheet, 9), note.rows[:1], note.column)))


ORDER = {"survey": 0, "choices": 1, "settings": 2}


def merge(*parts: Iterable[Note]) -> tuple[Note, ...]:
    return tuple(note for part in parts for note in part)
