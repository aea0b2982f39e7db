"""JSON that means one thing only: no duplicate keys, no NaN, no NUL, not too deep, an object on top."""

import json
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

DEEPEST = 30
MOST_KEYS = 2000
LARGEST = 1_000_000


class StrictJSONParser(BaseParser):
    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        raw = stream.read(LARGEST + 1)
        if len(raw) > LARGEST:
            raise ParseError(_("This is larger than 1 MB."))
        if not raw.strip():
            return {}
        try:
            text = raw.decode("utf-8")
            if _depth(text) > DEEPEST:
                raise ParseError(_("This is nested too deeply."))
            data = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant)
        except (UnicodeDecodeError, json.JSONDecodeError, RecursionError, ValueError):
            raise ParseError(_("This is not JSON we can read.")) from None
        if not isinstance(data, dict):
            raise ParseError(_("Send one JSON object."))
        _check(data)
        return data


def _depth(text: str) -> int:
    """Brackets open at once, strings left out: asked before the parser could recurse."""
    deepest = depth = 0
    inside = escaped = False
    for each in text:
        if inside:
            if escaped:
                escaped = False
            elif each == "\\":
                escaped = True
            elif each == '"':
                inside = False
        elif each == '"':
            inside = True
        elif each in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif each in "]}":
            depth -= 1
    return deepest


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs) or len(found) > MOST_KEYS:
        raise ValueError("duplicate or too many keys")
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _check(value: Any) -> None:
    if isinstance(value, str):
        if "\x00" in value or any("\ud800" <= each <= "\udfff" for each in value):
            raise ParseError(_("This contains a character we cannot keep."))
    elif isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 2**63:
        raise ParseError(_("This number is too large."))
    elif isinstance(value, dict):
        for key, each in value.items():
            _check(key)
            _check(each)
    elif isinstance(value, list):
        for each in value:
            _check(each)
