"""Horizontal bars: one or two series, with an interval, and a target behind."""

from collections.abc import Sequence
from dataclasses import dataclass

from apps.inclusion.charts.canvas import Drawing, Format, Measure, Scale, View, signs_of, top_of, views
from apps.inclusion.charts.lanes import Lane, lane
from apps.inclusion.charts.legend import Key, legend
from apps.inclusion.charts.rows import Columns, Entry, Row, lay

THICKNESS, OVERHANG = 14, 4


@dataclass(frozen=True, slots=True)
class Bar:
    """One measure for each series, in their order."""

    label: str
    measures: tuple[Measure, ...]
    target: float | None = None
    target_words: str = ""


@dataclass(frozen=True, slots=True)
class BarRow:
    row: Row
    lanes: tuple[Lane, ...]
    target_x: int | None

    @property
    def target_top(self) -> int:
        return self.row.top - OVERHANG

    @property
    def target_bottom(self) -> int:
        return self.row.bottom + OVERHANG


@dataclass(frozen=True, slots=True)
class BarView(View):
    rows: tuple[BarRow, ...]
    columns: Columns
    keys: tuple[Key, ...]


def bar_group(
    key: str,
    title: str,
    desc: str,
    bars: Sequence[Bar],
    *,
    most: float | None = None,
    series: Sequence[str] = (),
    target_words: str = "",
    interval_words: str = "",
) -> Drawing:
    """`series`, `target_words` and `interval_words` name the marks in the legend."""
    measures = [measure for bar in bars for measure in bar.measures]
    top = top_of([*(each.value for each in measures), *(bar.target for bar in bars)], most)
    marks = [(f"bar-{number}", words) for number, words in enumerate(series, 1)]
    marks += [(mark, words) for mark, words in _extra(target_words, interval_words) if words]

    def make(id: str, format: Format) -> BarView:
        keys, y = legend(format, marks)
        entries = [
            Entry(bar.label, tuple(each.told for each in bar.measures), bar.target_words) for bar in bars
        ]
        where, rows, height = lay(format, entries, y=y, thickness=THICKNESS)
        scale = Scale(top, where.track_x, where.track_width)
        found = tuple(_row(bar, row, scale) for bar, row in zip(bars, rows, strict=True))
        return BarView(id, format, height, found, where, keys)

    template = "inclusion/charts/bar_group.html"
    return Drawing(key, title, desc, template, views(make, key), signs_of(measures))


def _extra(target_words: str, interval_words: str) -> tuple[tuple[str, str], ...]:
    return ("target", target_words), ("whisker", interval_words)


def _row(bar: Bar, row: Row, scale: Scale) -> BarRow:
    lanes = tuple(
        lane(measure, scale, middle=middle, thickness=THICKNESS, series=number)
        for number, (measure, middle) in enumerate(zip(bar.measures, row.lanes, strict=True), 1)
    )
    return BarRow(row, lanes, scale.at(bar.target) if bar.target is not None else None)
