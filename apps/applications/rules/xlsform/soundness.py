"""No row may name a question that is not in the workbook any more: pyxform would refuse all of it."""

import re
from dataclasses import dataclass

#: Columns with words for people. In them a broken reference is only words.
WORDS = frozenset({"label", "hint", "guidance_hint", "constraint_message", "required_message"})
REFERENCE = re.compile(r"\$\{(?:last-saved#)?([^${}]*)\}?")


@dataclass(slots=True)
class Written:
    """A row of the survey sheet. `where` names the part of the definition it stands for, () for none.

    `inside` are the groups around it, from the outside in.
    """

    where: tuple[str, ...]
    cells: dict[str, str]
    inside: tuple[str, ...] = ()


def sound(rows: list[Written]) -> list[Written]:
    """The rows without broken references. A calculation that lost its reference goes with it."""
    while True:
        names = _names(rows)
        for row in rows:
            row.cells = {
                column: kept
                for column, text in row.cells.items()
                if (kept := _mended(column, text, names)) is not None
            }
        left = [row for row in rows if not _is_empty_calculation(row.cells)]
        if len(left) == len(rows):
            return rows
        rows = left


def _names(rows: list[Written]) -> set[str]:
    names = {row.cells.get("name", "") for row in rows}
    return names | {f"{row.cells['name']}_other" for row in rows if _has_other(row.cells)}


def _has_other(cells: dict[str, str]) -> bool:
    return "name" in cells and cells.get("type", "").endswith(("or_other", "or other", "or specify other"))


def _mended(column: str, text: str, names: set[str]) -> str | None:
    """The text, or None when an expression cannot stay."""
    if "${" not in text or column.startswith("platform"):
        return text
    broken = [each for each in REFERENCE.finditer(text) if not _is_sound(each, names)]
    if not broken:
        return text
    if column.partition("::")[0] not in WORDS:
        return None
    for each in reversed(broken):
        text = f"{text[: each.start()]}$ {text[each.start() + 1 :]}"
    return text


def _is_sound(reference: re.Match[str], names: set[str]) -> bool:
    return reference[0].endswith("}") and reference[1].strip() in names


def _is_empty_calculation(cells: dict[str, str]) -> bool:
    return cells.get("type") == "calculate" and not cells.get("calculation") and not cells.get("default")
