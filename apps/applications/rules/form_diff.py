"""What is different between two versions of a form, as a coordinator reads it before publishing."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Change:
    """`how` is added, removed, changed or moved; `what` section or question; `parts` are what changed."""

    how: str
    what: str
    key: str
    label: Mapping[str, str]
    parts: tuple[str, ...] = ()


#: Parts of no meaning to people who read or answer.
SILENT = frozenset({"key", "questions", "xlsform"})


def form_diff(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[Change, ...]:
    """In the order of the new form, what is gone last. Empty when both ask the same."""
    return (
        *_compared("section", _sections(old), _sections(new), "title"),
        *_compared("question", _questions(old), _questions(new), "label"),
    )


def _sections(definition: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    return {section["key"]: section for section in definition["sections"]}


def _questions(definition: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    return {
        question["key"]: {**question, "section": section["key"]}
        for section in definition["sections"]
        for question in section["questions"]
    }


def _compared(
    what: str, old: Mapping[str, Mapping[str, Any]], new: Mapping[str, Mapping[str, Any]], words: str
) -> list[Change]:
    changes = []
    moved = _moved([key for key in old if key in new], [key for key in new if key in old])
    for key, part in new.items():
        label = part.get(words) or {}
        if key not in old:
            changes.append(Change("added", what, key, label))
        elif parts := parts_changed(old[key], part):
            changes.append(Change("changed", what, key, label, parts))
        elif key in moved:
            changes.append(Change("moved", what, key, label))
    gone = [key for key in old if key not in new]
    return [*changes, *(Change("removed", what, key, old[key].get(words) or {}) for key in gone)]


def parts_changed(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[str, ...]:
    """Names of what differs between two wordings of one part."""
    names = dict.fromkeys([*old, *new])
    return tuple(
        name for name in names if name not in SILENT and _plain(old.get(name)) != _plain(new.get(name))
    )


def _plain(value: Any) -> Any:
    """Without what is kept for a workbook; nothing and empty are the same."""
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items() if key != "xlsform"}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value or None


def _moved(before: list[str], after: list[str]) -> set[str]:
    """The fewest parts that one has to take out for the rest to stand in the old order."""
    place = {key: number for number, key in enumerate(before)}
    ends: list[int] = []  # the smallest end of a chain of each length, and who stands there
    keys: list[str] = []
    previous: dict[str, str] = {}
    for key in after:
        length = bisect_left(ends, place[key])
        ends[length : length + 1] = [place[key]]
        keys[length : length + 1] = [key]
        previous[key] = keys[length - 1] if length else ""
    kept, key = set(), keys[-1] if keys else ""
    while key:
        kept.add(key)
        key = previous[key]
    return set(after) - kept
