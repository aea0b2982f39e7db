"""A trend by quarter against a plan: a solid line with dots, and a dashed one."""

from collections.abc import Sequence
from dataclasses import dataclass

from apps.inclusion.charts.canvas import NARROW, Drawing, Format, Scale, View, Word, signs_of, top_of, views
from apps.inclusion.charts.legend import Key, legend
from apps.inclusion.charts.line_words import Point, axis_words, gap_words, told_words, widest_of
from apps.inclusion.charts.trend import Trend, draw, line, places

#: As many points as a phone shows; of a longer trend it shows the latest.
FEW = 8
PLOT = {"narrow": 150, "wide": 190}
REACH = 14


@dataclass(frozen=True, slots=True)
class LineView(View):
    trend: Trend
    plan: str
    words: tuple[Word, ...]
    top: int
    plot: int
    keys: tuple[Key, ...]

    @property
    def bottom(self) -> int:
        return self.top + self.plot


def line_plan(
    key: str,
    title: str,
    desc: str,
    points: Sequence[Point],
    *,
    series: str,
    plan_words: str = "",
    most: float | None = None,
) -> Drawing:
    """`series` and `plan_words` name the two lines in the legend."""
    marks = [("line", series)] + ([("plan", plan_words)] if plan_words else [])

    def make(id: str, format: Format) -> LineView:
        shown = points[-FEW:] if format is NARROW else points
        top = top_of([value for each in shown for value in (each.measure.value, each.plan)], most)
        keys, y = legend(format, marks)
        return _view(id, format, shown, keys, y + format.leading(*(each.label for each in shown)), top)

    signs = signs_of(point.measure for point in points)
    return Drawing(key, title, desc, "inclusion/charts/line_plan.html", views(make, key), signs)


def _view(
    id: str, format: Format, points: Sequence[Point], keys: tuple[Key, ...], y: int, top: float
) -> LineView:
    plot = PLOT[format.name]
    scale = Scale(top, y + plot, -plot)
    widest = widest_of(format, points)
    side = min(max(widest // 2 + 4, REACH + 2), 50)
    xs = places(len(points), side, format.width - side)
    planned = [
        (x, scale.at(point.plan)) for x, point in zip(xs, points, strict=True) if point.plan is not None
    ]
    trend = draw([point.measure for point in points], xs, scale, reach=REACH)
    axis, height = axis_words(format, points, xs, y + plot + 14, widest)
    words = (*told_words(format, points, xs, scale, widest), *gap_words(trend, y + plot), *axis)
    return LineView(id, format, height, trend, line(planned), words, y, plot, keys)
