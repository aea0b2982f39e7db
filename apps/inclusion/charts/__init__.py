"""Drawings for the funder's dashboard, made on the server. The table beside each is the page's own.

In a template: `{% drawn drawing %}`, which renders the drawing's own with it as `drawing`. Every `key` is unique
on its page. `title` names the drawing and `desc` says its main finding, both translated by the caller; all
other words come from the caller too. A `Measure` without a value is not told: a dashed outline and its sign.

    Measure(value: float | None, words="", interval: tuple[low, high] | None = None, sign="[c]")

    bar_group(key, title, desc, bars, *, most=None, series=(), target_words="", interval_words="")
        Bar(label, measures: tuple[Measure, ...], target: float | None = None, target_words="")
    funnel(key, title, desc, stages: Sequence[str], paths)
        Path(label, measures: tuple[Measure, ...])           one measure for each stage
    line_plan(key, title, desc, points, *, series, plan_words="", most=None)
        Point(label, measure, plan: float | None = None, plan_words="")
    small_multiples(key, title, desc, panels, *, first="", last="", most=None)
        Panel(label, measures: tuple[Measure, ...])          oldest first
    spark(key, title, desc, measures, *, most=None)
    parity(key, title, desc, indices, *, band_words, interval_words="")
        Index(label, measure)                                1 is parity
    tile_map(key, title, desc, states, bins, *, others=())
    outline_map(key, title, desc, states, bins, *, others=())
        State(code, name, measure)                           one of the eleven; others are told in sentences
        Bin(least: float, words)                             at most four, ascending
"""

from apps.inclusion.charts.bar_group import Bar, bar_group
from apps.inclusion.charts.bins import Bin, State
from apps.inclusion.charts.canvas import HIDDEN, Drawing, Measure
from apps.inclusion.charts.funnel import Path, funnel
from apps.inclusion.charts.line_plan import line_plan
from apps.inclusion.charts.line_words import Point
from apps.inclusion.charts.outline_map import outline_map
from apps.inclusion.charts.parity import Index, parity
from apps.inclusion.charts.small_multiples import Panel, small_multiples, spark
from apps.inclusion.charts.tile_map import tile_map

__all__ = [
    "HIDDEN",
    "Bar",
    "Bin",
    "Drawing",
    "Index",
    "Measure",
    "Panel",
    "Path",
    "Point",
    "State",
    "bar_group",
    "funnel",
    "line_plan",
    "outline_map",
    "parity",
    "small_multiples",
    "spark",
    "tile_map",
]
