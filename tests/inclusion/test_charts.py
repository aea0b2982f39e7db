"""What holds for every drawing a funder sees."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from apps.inclusion.charts import HIDDEN, Bar, Drawing, Measure, bar_group
from apps.inclusion.charts.canvas import NARROW, WIDE, Scale
from apps.inclusion.charts.trend import draw
from apps.inclusion.rules.shares import Share
from apps.inclusion.views.words import share_measure, share_words
from tests.inclusion.drawings import ALL, SECRET, bars, funnels, indices, lines, outlines, panels, sparks

CSS = (Path(__file__).resolve().parents[2] / "static" / "kit" / "kit.css").read_text()
SMALLEST = 12
every_drawing = pytest.mark.parametrize("make", ALL, ids=lambda make: make.__name__)


def drawn(drawing: Drawing) -> str:
    return render_to_string(drawing.template, {"drawing": drawing})


def svgs(drawing: Drawing) -> list[ElementTree.Element]:
    return [ElementTree.fromstring(text) for text in re.findall(r"<svg.*?</svg>", drawn(drawing), re.S)]


@every_drawing
def test_no_word_or_length_of_a_hidden_figure_is_drawn(make: Callable[[], Drawing]) -> None:
    html = drawn(make())

    assert SECRET not in html
    assert "73.9" not in html
    assert "None" not in html


def test_the_length_of_a_hidden_figures_outline_is_the_same_whatever_else_is_drawn() -> None:
    found = set()
    for value in (1, 500):
        drawing = bar_group("b", "t", "d", [Bar("a", (Measure(value, "x"),)), Bar("b", (Measure(None),))])
        found |= set(re.findall(r'class="app-draw__hidden"[^>]*width="(\d+)"', drawn(drawing)))

    assert found == {"40"}


@pytest.mark.parametrize("make", [each for each in ALL if each is not sparks], ids=lambda make: make.__name__)
def test_there_is_a_drawing_for_phones_and_one_for_desktops(make: Callable[[], Drawing]) -> None:
    drawing = make()

    assert [view.format for view in drawing.views] == [NARROW, WIDE]
    assert [svg.get("viewBox", "").split()[2] for svg in svgs(drawing)] == ["320", "680"]
    assert all(HIDDEN in [text.text for text in svg.iter("text")] for svg in svgs(drawing))
    assert "too few people" in drawn(drawing)


def test_a_spark_has_no_words_to_shrink() -> None:
    (svg,) = svgs(sparks())

    assert svg.findall(".//text") == []


@pytest.mark.parametrize(("format", "least"), [(NARROW, 280), (WIDE, 640)], ids=["narrow", "wide"])
def test_no_letter_is_smaller_than_twelve_pixels_where_the_style_sheet_shows_it(format, least) -> None:
    found = re.search(rf"\.app-draw \.app-draw__{format.name} text{{font-size:(\d+)px}}", CSS)

    assert found
    assert int(found[1]) == format.type
    assert int(found[1]) * least / format.width >= SMALLEST
    assert "@container (min-width: 640px){.app-draw .app-draw__narrow{display:none}" in CSS


@every_drawing
def test_a_drawing_has_a_name_and_a_finding_and_nothing_the_policy_of_contents_forbids(
    make: Callable[[], Drawing],
) -> None:
    drawing = make()

    for svg in svgs(drawing):
        assert svg.get("role") == "img"
        named = {each.get("id"): each.text for each in svg}
        assert named[svg.get("aria-labelledby")] == drawing.title
        assert named[svg.get("aria-describedby")] == drawing.desc
    assert not re.search(r"style=|<style|<script|font-size", drawn(drawing))


def test_ids_are_unique_on_a_page_of_all_drawings_and_every_reference_finds_one() -> None:
    page = "".join(drawn(make()) for make in ALL)
    ids = re.findall(r' id="([^"]+)"', page)

    assert len(ids) == len(set(ids))
    used = re.findall(r'url\(#([^)]+)\)|aria-(?:labelledby|describedby)="([^"]+)"', page)
    assert {name for pair in used for name in pair if name} <= set(ids)


@every_drawing
def test_numbers_are_drawn_alike_in_a_language_that_writes_a_comma(make: Callable[[], Drawing]) -> None:
    drawing = make()
    with override("id"):
        in_indonesian = re.findall(r"<svg.*?</svg>", drawn(drawing), re.S)

    assert in_indonesian == re.findall(r"<svg.*?</svg>", drawn(drawing), re.S)


@every_drawing
def test_words_stay_inside_their_drawing(make: Callable[[], Drawing]) -> None:
    for view, svg in zip(make().views, svgs(make()), strict=True):
        for text in svg.findall(".//text"):
            words, x = text.text or "", int(text.get("x", ""))
            width = view.format.width_of(words)
            start = {"start": x, "middle": x - width // 2, "end": x - width}[text.get("text-anchor", "start")]
            assert start >= -1, words
            assert start + width <= view.format.width + 1, words
            assert int(text.get("y", "")) <= view.height, words


def test_what_a_person_writes_is_escaped() -> None:
    drawing = bar_group("b", "<b>", "<i>", [Bar("<script>", (Measure(1, "<u>"),))])

    assert not re.search(r"<(b|i|u|script)>", drawn(drawing))


def test_a_page_of_five_drawings_is_small() -> None:
    page = "".join(drawn(make()) for make in (bars, funnels, lines, indices, outlines))

    assert len(gzip.compress(page.encode())) <= 20_000


def test_panels_of_a_row_and_of_a_drawing_have_one_scale_and_one_size() -> None:
    for view in panels().views:
        heights = {panel.plot for panel in view.panels}
        widths = {panel.width for panel in view.panels}
        tens = [panel.bottom - y for panel in view.panels for _x, y in panel.trend.dots]

        assert len(heights) == len(widths) == 1
        # Values 10, 40, 20, 5 and 10 of at most 40, in 60 units.
        assert tens == [15, 60, 30, 8, 15]


def test_a_figure_that_is_not_told_has_the_same_sign_in_the_drawing_and_in_the_table() -> None:
    silent, hidden = Share(count=3, answered=12, everyone=400), None

    assert [share_measure(each).told for each in (silent, hidden)] == ["[x]", "[c]"]
    assert [share_words(each) for each in (silent, hidden)] == ["[x]", "[c]"]


def test_each_sign_in_a_drawing_is_explained_below_it_and_no_other() -> None:
    silent, hidden = Measure(None, sign="[x]"), Measure(None)
    both, one = (
        drawn(bar_group("b", "t", "d", [Bar("a", (each,)) for each in measures]))
        for measures in ((hidden, silent), (silent, silent))
    )

    assert both.count("[c]") > 1
    assert "[c] Hidden" in both
    assert "[x] Not told" in both
    assert "[c]" not in one
    assert one.count("[x] Not told") == 1


def test_a_gap_in_a_line_has_the_signs_of_its_figures() -> None:
    silent, hidden, told = Measure(None, sign="[x]"), Measure(None), Measure(40, "40 %")
    trend = draw([silent, silent, told, hidden, silent], [0, 40, 80, 120, 160], Scale(50, 100, -100), reach=9)

    assert [gap.sign for gap in trend.gaps] == ["[x]", "[c] [x]"]
