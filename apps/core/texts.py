"""Choosing among the languages of a text kept as {"en": "…", "th": "…"}."""

from collections.abc import Mapping

from django.utils.html import format_html
from django.utils.safestring import SafeString

FALLBACK = "en"


def in_language(texts: Mapping[str, str] | None, language: str) -> tuple[str, str]:
    """The text and the language it is really in: the asked one, else English, else any."""
    texts = texts or {}
    for code in (language, language.split("-")[0], FALLBACK):
        if texts.get(code):
            return texts[code], code
    for code in sorted(texts):  # the database keeps no order: the same text must come every time
        if texts[code]:
            return texts[code], code
    return "", language


def say(texts: Mapping[str, str] | None, language: str) -> str:
    return in_language(texts, language)[0]


def say_marked(texts: Mapping[str, str] | None, language: str) -> SafeString:
    """The text, marked with its own language when that is not the asked one: screen readers then say it right."""
    text, found = in_language(texts, language)
    if found != language and text:
        return format_html('<span lang="{}">{}</span>', found, text)
    return format_html("{}", text)
