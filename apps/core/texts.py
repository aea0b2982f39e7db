"""Choosing among the languages of a text kept as {"en": "…", "th": "…"}."""

from collections.abc import Mapping

FALLBACK = "en"


def in_language(texts: Mapping[str, str] | None, language: str) -> tuple[str, str]:
    """The text and the language it is really in: the asked one, else English, else any."""
    texts = texts or {}
    for code in (language, language.split("-")[0], FALLBACK):
        if texts.get(code):
            return texts[code], code
    for code, text in texts.items():
        if text:
            return text, code
    return "", language


def say(texts: Mapping[str, str] | None, language: str) -> str:
    return in_language(texts, language)[0]
