"""Several small panels of equal size and one scale; and a spark, one line without words."""

from collections.abc import Sequence
from dataclasses import dataclass

from apps.inclusion.charts.canvas import (
    NARROW,
    Drawing,
    Format,
    Measure,
    Scale,
    View,
    Word,
    signs_of,
    stack,
    top_of,
    views,
)
from apps.inclusion.charts.trend import Trend, draw, places

GAP, PLOT, SIDE = 20, 60, 10
SPARK = Format("spark", 120, 13)


@dataclass(frozen=True, slots=True)
class Panel:
    """The figures of one kind by quarter, oldest first; the words of the last stand above the line."""

    label: str
    measures: tuple[Measure, ...]

    @property
    def latest(self) -> str:
        return self.measures[-1].told if self.measures else ""


@dataclass(frozen=True, slots=True)
class PanelDrawing:
    x: int
    top: int
    width: int
    trend: Trend
    words: tuple[Word, ...]
    plot: int = PLOT

    @property
    def end(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.top + self.plot


@dataclass(frozen=True, slots=True)
class PanelsView(View):
    panels: tuple[PanelDrawing, ...]


def small_multiples(
    key: str,
    title: str,
    desc: str,
    panels: Sequence[Panel],
    *,
    first: str = "",
    last: str = "",
    most: float | None = None,
) -> Drawing:
    """`first` and `last` name the ends of the time axis below every panel."""
    top = top_of([measure.value for panel in panels for measure in panel.measures], most)

    def make(id: str, format: Format) -> PanelsView:
        across = 2 if format is NARROW else min(max(len(panels), 3), 4)
        width = (format.width - GAP * (across - 1)) // across
        found: list[PanelDrawing] = []
        y = 0
        for start in range(0, len(panels), across):
            row, y = _row(format, panels[start : start + across], y, width, top, (first, last))
            found += row
        return PanelsView(id, format, y, tuple(found))

    signs = signs_of(measure for panel in panels for measure in panel.measures)
    return Drawing(key, title, desc, "inclusion/charts/small_multiples.html", views(make, key), signs)


def spark(
    key: str, title: str, desc: str, measures: Sequence[Measure], *, most: float | None = None
) -> Drawing:
    """One view for every width, since it has no words; the page has them beside it."""
    top = top_of([measure.value for measure in measures], most)
    trend = draw(measures, places(len(measures), 6, SPARK.width - 6), Scale(top, 34, -28), reach=5)
    panel = PanelDrawing(0, 6, SPARK.width, trend, (), plot=28)
    view = PanelsView(f"{key}-spark", SPARK, 38, (panel,))
    return Drawing(key, title, desc, "inclusion/charts/spark.html", (view,), signs_of(measures))


def _row(
    format: Format, panels: Sequence[Panel], y: int, width: int, top: float, ends: tuple[str, str]
) -> tuple[list[PanelDrawing], int]:
    """Panels beside each other have their plots at one height, however long their labels are."""
    labels = [format.wrap(panel.label, width, lines=3) for panel in panels]
    line = format.leading(*(text for lines in labels for text in lines))
    told_y = y + line * max(len(lines) for lines in labels)
    plot_y = told_y + format.leading(*(panel.latest for panel in panels)) + 8
    found = []
    for number, (panel, label) in enumerate(zip(panels, labels, strict=True)):
        x = number * (width + GAP)
        xs = places(len(panel.measures), x + SIDE, x + width - SIDE)
        trend = draw(panel.measures, xs, Scale(top, plot_y + PLOT, -PLOT), reach=SIDE)
        words = [
            *stack(format, label, x, y),
            *stack(format, [panel.latest], x, told_y, tone="strong"),
            *(Word(gap.middle, plot_y + PLOT - 6, gap.sign, "middle") for gap in trend.gaps),
            *_ends(format, ends, x, plot_y + PLOT + 4, width),
        ]
        found.append(PanelDrawing(x, plot_y, width, trend, tuple(words)))
    below = max(len(format.wrap(text, width // 2 - 4)) for text in ends)
    return found, plot_y + PLOT + format.leading(*ends) * below + 16


def _ends(format: Format, ends: tuple[str, str], x: int, y: int, width: int) -> list[Word]:
    first, last = (format.wrap(text, width // 2 - 4) for text in ends)
    return [
        *stack(format, first, x, y, tone="quiet"),
        *stack(format, last, x + width, y, anchor="end", tone="quiet"),
    ]
