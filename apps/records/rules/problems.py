"""What can be wrong with a row or a file. Words for people are in apps.records.enums."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one row. Row 1 is the header, as a spreadsheet counts.

    `value` is shown to whoever sent the file; it stays empty for what people tell of themselves.
    """

    row: int
    code: str
    column: str = ""
    value: str = ""


class Unreadable(Exception):
    """The file as a whole cannot be read. `detail` names what it is about, such as a column."""

    def __init__(self, code: str, detail: str = "", row: int = 0) -> None:
        self.code, self.detail, self.row = code, detail, row
        super().__init__(code)
