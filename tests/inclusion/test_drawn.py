"""Drawings that a page asked for before are not written out again."""

from collections.abc import Callable
from unittest.mock import patch

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from apps.inclusion.charts import Bar, Drawing, Measure, bar_group
from apps.inclusion.templatetags import drawings
from apps.inclusion.templatetags.drawings import drawn
from tests.inclusion.drawings import ALL


@pytest.fixture(autouse=True)
def nothing_is_kept() -> None:
    drawings._drawn.cache_clear()


def one_bar(value: float) -> Drawing:
    return bar_group("b", "Women", "42 %", [Bar("Women", (Measure(value, f"{value} %"),))])


@pytest.mark.parametrize("make", ALL, ids=lambda make: make.__name__)
def test_a_kept_drawing_is_what_its_template_writes(make: Callable[[], Drawing]) -> None:
    written = render_to_string(make().template, {"drawing": make()})

    assert [drawn(make()), drawn(make())] == [written, written]


def test_the_same_drawing_is_written_once_and_another_figure_makes_another() -> None:
    with patch.object(drawings, "render_to_string", wraps=render_to_string) as write:
        first, again, other = drawn(one_bar(42)), drawn(one_bar(42)), drawn(one_bar(43))

    assert write.call_count == 2
    assert first == again
    assert "43 %" in other


def test_each_language_has_its_own() -> None:
    hidden = bar_group("b", "t", "d", [Bar("a", (Measure(None),))])
    with override("en"):
        english = drawn(hidden)
    with override("th"):
        thai = drawn(hidden)
    with override("en"):
        assert drawn(hidden) == english

    assert "too few people" in english
    assert "too few people" not in thai
