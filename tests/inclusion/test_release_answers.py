"""A part that was asked before answers the same again only where that is an answer to the new question."""

from dataclasses import replace
from typing import Any

import pytest

from apps.inclusion.rules.cube import Key
from apps.inclusion.rules.findings import Answer, Asked, Found


def figure(name: str) -> Key:
    return "kind", "course", "applied", "gender", name


A, B, C = (figure(name) for name in "abc")
ASKED = Asked(
    ("course", "gender"), must=frozenset({A}), told=frozenset(), harmless=frozenset(), inside={B: (0, 20)}
)
ANSWER = Answer(ASKED, Found(frozenset({A, B}), frozenset(), frozenset(), {B: (3, 12)}))


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"must": frozenset({A, B})},
        {"inside": {B: (3, 12)}},
        {"inside": {B: (1, 15)}},
        {"inside": {}},
    ],
    ids=["the same", "what it hid must be hidden", "its own range", "a wider one", "no range at all"],
)
def test_what_was_found_is_an_answer_to(change: dict[str, Any]) -> None:
    assert ANSWER.covers(replace(ASKED, **change))


@pytest.mark.parametrize(
    "change",
    [
        {"must": frozenset({A, C})},
        {"must": frozenset()},
        {"told": frozenset({C})},
        {"harmless": frozenset({C})},
        {"inside": {B: (4, 12)}},
        {"inside": {B: (3, 11)}},
        {"inside": {C: (0, 50)}},
    ],
    ids=[
        "more must be hidden",
        "less must be hidden",
        "more is told",
        "more is harmless",
        "a closer range below",
        "a closer range above",
        "the range of something else",
    ],
)
def test_what_was_found_is_no_answer_to(change: dict[str, Any]) -> None:
    assert not ANSWER.covers(replace(ASKED, **change))
