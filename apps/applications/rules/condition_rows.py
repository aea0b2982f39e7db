"""Conditions as rows of an editor: question, comparison, value, and whether all or any must hold."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

#: What an editor offers, and the comparison with or without "not" behind it.
COMPARISONS = {
    "is": ("is", False),
    "is_not": ("is", True),
    "includes": ("includes", False),
    "not_includes": ("includes", True),
    "answered": ("answered", False),
    "not_answered": ("answered", True),
    "above": ("above", False),
    "at_least": ("at_least", False),
    "below": ("below", False),
    "at_most": ("at_most", False),
}
NAMES = {pair: name for name, pair in COMPARISONS.items()}


@dataclass(frozen=True, slots=True)
class Row:
    question: str
    comparison: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """`match` is "all" or "any"."""

    match: str = "all"
    rows: tuple[Row, ...] = ()


def rows_of(condition: Mapping[str, Any] | None) -> Rows | None:
    """None when a condition says more than rows can."""
    if not condition:
        return Rows()
    match = next((kind for kind in ("all", "any") if kind in condition), "")
    rows = [_row(part) for part in (condition[match] if match else [condition])]
    if any(row is None for row in rows):
        return None
    return Rows(match or "all", tuple(row for row in rows if row))


def _row(part: Mapping[str, Any]) -> Row | None:
    test = part.get("not", part)
    name = NAMES.get((test.get("op", ""), "not" in part))
    if name is None or test.get("than") or "question" not in test:
        return None
    return Row(test["question"], name, str(test.get("value", "")))


def condition_of(match: str, rows: Iterable[Row]) -> dict[str, Any] | None:
    parts = [_part(row) for row in rows]
    if len(parts) < 2:
        return parts[0] if parts else None
    return {match: parts}


def _part(row: Row) -> dict[str, Any]:
    op, is_negated = COMPARISONS[row.comparison]
    test: dict[str, Any] = {"question": row.question, "op": op}
    if op != "answered":
        test["value"] = row.value
    return {"not": test} if is_negated else test
