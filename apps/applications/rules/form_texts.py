"""Every text of a definition that people read, and in which languages it is there."""

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from apps.applications.rules.editing import Stale, find_section, mark


@dataclass(frozen=True, slots=True)
class Text:
    """`where` leads to it from its section: names and places in lists."""

    where: tuple[str | int, ...]
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Coverage:
    code: str
    done: int
    all: int


def texts_of(section: Mapping[str, Any]) -> list[Text]:
    return [text for text in _walk(section, ()) if any(text.texts.values())]


#: Names of texts, and of lists of parts that have texts.
OWN = ("title", "intro", "label", "hint", "unit", "message")
INNER = ("questions", "options", "checks", "columns")


def _walk(part: Mapping[str, Any], where: tuple[str | int, ...]) -> Iterator[Text]:
    for name in OWN:
        if isinstance(part.get(name), Mapping):
            yield Text((*where, name), part[name])
    for name in INNER:
        for number, inner in enumerate(part.get(name) or []):
            yield from _walk(inner, (*where, name, number))


def coverage(definition: Mapping[str, Any], languages: list[str]) -> list[Coverage]:
    """How many of the texts are there in each language; languages that only the form has come last."""
    every = [text.texts for section in definition["sections"] for text in texts_of(section)]
    used = {code for texts in every for code, words in texts.items() if words}
    codes = [*languages, *sorted(used - set(languages))]
    return [Coverage(code, sum(bool(texts.get(code)) for texts in every), len(every)) for code in codes]


def texts_mark(section: Mapping[str, Any], language: str) -> str:
    """Of the texts that a translator sees: the words in this language and those they are made from."""
    return mark(
        [[text.where, text.texts.get("en", ""), text.texts.get(language, "")] for text in texts_of(section)]
    )


def save_texts(
    definition: dict[str, Any], *, section: str, language: str, seen: str, words: list[str]
) -> dict[str, Any]:
    """Put `words` into the texts of one section, in their order. Other languages may change meanwhile.

    Raises Stale when the texts in this language or in English are not those that were seen.
    """
    changed = copy.deepcopy(definition)
    found = find_section(changed, section)
    if found is None or texts_mark(found, language) != seen:
        raise Stale(found)
    for text, word in zip(texts_of(found), words, strict=True):
        place: Any = found
        for step in text.where[:-1]:
            place = place[step]
        kept = {code: each for code, each in text.texts.items() if code != language}
        place[text.where[-1]] = {**kept, language: word} if word else kept
    return changed
