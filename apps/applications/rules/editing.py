"""Changes to a definition, one at a time. Each takes the definition and gives the changed one.

`seen` is the mark of the part as the editor saw it: two people may edit different questions at once,
and whoever saves the same one second is told (Stale) and overwrites nothing unseen.
"""

import copy
import json
import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

Definition = dict[str, Any]
LONGEST_KEY = 40


class Stale(Exception):
    """The part is not any more what the editor saw; `now` is what it is, None when it is gone."""

    def __init__(self, now: Mapping[str, Any] | None) -> None:
        self.now = now
        super().__init__("changed meanwhile")


def mark(part: Any) -> str:
    text = json.dumps(part, sort_keys=True, ensure_ascii=True)
    return sha256(text.encode()).hexdigest()[:16]


def section_mark(section: Mapping[str, Any]) -> str:
    """Of a section without its questions, which are edited by themselves."""
    return mark({name: value for name, value in section.items() if name != "questions"})


def key_for(words: str, taken: Sequence[str]) -> str:
    """A key of letters and digits made of a title; a number when it is taken."""
    base = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[: LONGEST_KEY - 5] or "part"
    key, number = base, 2
    while key in taken:
        key, number = f"{base}-{number}", number + 1
    return key


def question_keys(definition: Mapping[str, Any]) -> list[str]:
    return [question["key"] for section in definition["sections"] for question in section["questions"]]


def find_section(definition: Mapping[str, Any], key: str) -> dict[str, Any] | None:
    return next((section for section in definition["sections"] if section["key"] == key), None)


def find_question(definition: Mapping[str, Any], section: str, key: str) -> dict[str, Any] | None:
    found = find_section(definition, section)
    return next((each for each in found["questions"] if each["key"] == key), None) if found else None


def add_section(definition: Definition, *, title: Mapping[str, str]) -> Definition:
    changed = copy.deepcopy(definition)
    taken = [section["key"] for section in changed["sections"]]
    key = key_for(next(iter(title.values()), ""), taken)
    changed["sections"].append({"key": key, "title": dict(title), "questions": []})
    return changed


def save_section(definition: Definition, *, key: str, seen: str, parts: Mapping[str, Any]) -> Definition:
    """`parts` replace those of the section; an empty one is taken out."""
    changed = copy.deepcopy(definition)
    section = find_section(changed, key)
    if section is None or section_mark(section) != seen:
        raise Stale(section)
    _put(section, parts)
    return changed


def _put(part: dict[str, Any], values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if value in (None, "", {}, [], False):
            part.pop(name, None)
        else:
            part[name] = value


def remove_section(definition: Definition, *, key: str, seen: str) -> Definition:
    changed = copy.deepcopy(definition)
    section = find_section(changed, key)
    if section is None or mark(section) != seen:
        raise Stale(section)
    changed["sections"].remove(section)
    return changed


def move_section(definition: Definition, *, key: str, step: int) -> Definition:
    changed = copy.deepcopy(definition)
    section = find_section(changed, key)
    if section is None:
        raise Stale(None)
    _move(changed["sections"], section, step)
    return changed


def _move(parts: list[Any], part: Any, step: int) -> bool:
    place = parts.index(part)
    if not 0 <= place + step < len(parts):
        return False
    parts.insert(place + step, parts.pop(place))
    return True


def save_question(
    definition: Definition, *, section: str, key: str, seen: str, question: Mapping[str, Any]
) -> Definition:
    """Replace a question, or add one at the end of the section when `key` is ""."""
    changed = copy.deepcopy(definition)
    found = find_section(changed, section)
    if found is None:
        raise Stale(None)
    if not key:
        taken = question_keys(changed)
        words = next(iter(question["label"].values()), question["kind"])
        found["questions"].append({"key": key_for(words, taken), **question})
        return changed
    old = find_question(changed, section, key)
    if old is None or mark(old) != seen:
        raise Stale(old)
    found["questions"][found["questions"].index(old)] = {"key": key, **question}
    return changed


def remove_question(definition: Definition, *, section: str, key: str, seen: str) -> Definition:
    changed = copy.deepcopy(definition)
    question = find_question(changed, section, key)
    if question is None or mark(question) != seen:
        raise Stale(question)
    find_section(changed, section)["questions"].remove(question)  # type: ignore[index]
    return changed


def move_question(definition: Definition, *, section: str, key: str, step: int) -> Definition:
    """One place up or down; from the edge of a section into the next one."""
    changed = copy.deepcopy(definition)
    found, question = find_section(changed, section), find_question(changed, section, key)
    if found is None or question is None:
        raise Stale(None)
    if _move(found["questions"], question, step):
        return changed
    place = changed["sections"].index(found) + step
    if 0 <= place < len(changed["sections"]):
        found["questions"].remove(question)
        neighbours = changed["sections"][place]["questions"]
        neighbours.insert(len(neighbours) if step < 0 else 0, question)
    return changed
