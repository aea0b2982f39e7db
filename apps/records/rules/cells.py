"""What one cell may hold."""

import re
import unicodedata

#: A spreadsheet runs what begins with one of these; the full-width ones too, after normalising.
FORMULA_START = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
NUMBER = re.compile(r"[+-]?\d{1,18}([.,]\d{1,18})?%?")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\u2028\u2029]")
LONGEST_CELL = 10_000


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet would run this cell. A plain signed number such as -159 is data."""
    return cell.startswith(FORMULA_START) and not NUMBER.fullmatch(cell)


def fault_of(cell: str) -> str | None:
    """The code of what is wrong with a cell whatever its column means, or None."""
    if len(cell) > LONGEST_CELL:
        return "cell_too_long"
    if is_formula(cell):
        return "formula"
    if CONTROL.search(cell):
        return "control_character"
    return None


def tidy(cell: str) -> str:
    return unicodedata.normalize("NFC", cell).strip()
