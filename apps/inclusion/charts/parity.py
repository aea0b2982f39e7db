"""Parity indices as dots from 0 to 2, with the band that counts as equal."""

from collections.abc import Sequence
from dataclasses import dataclass

from apps.inclusion.charts.canvas import Drawing, Format, Measure, Scale, View, Word, signs_of, stack, views
from apps.inclusion.charts.lanes import Lane, lane
from apps.inclusion.charts.legend import Key, legend
from apps.inclusion.charts.rows import Columns, Entry, Row, lay

#: UNESCO's convention for parity indices; an index is clipped to the scale from 0 to 2.
BAND, TOP = (0.97, 1.03), 2.0
THICKNESS = 12


@dataclass(frozen=True, slots=True)
class Index:
    label: str
    measure: Measure


@dataclass(frozen=True, slots=True)
class Dot:
    """`x` is None when the index is hidden."""

    row: Row
    lane: Lane
    x: int | None


@dataclass(frozen=True, slots=True)
class ParityView(View):
    dots: tuple[Dot, ...]
    columns: Columns
    band_x: int
    band_width: int
    axis: tuple[Word, ...]
    keys: tuple[Key, ...]


def parity(
    key: str, title: str, desc: str, indices: Sequence[Index], *, band_words: str, interval_words: str = ""
) -> Drawing:
    """`band_words` explains the band in the legend, with its limits."""
    entries = [Entry(index.label, (index.measure.told,)) for index in indices]
    marks = [("band", band_words)] + ([("whisker", interval_words)] if interval_words else [])

    def make(id: str, format: Format) -> ParityView:
        keys, y = legend(format, marks)
        where, rows, bottom = lay(format, entries, y=y, thickness=THICKNESS)
        scale = Scale(TOP, where.track_x, where.track_width)
        dots = tuple(_dot(index, row, scale) for index, row in zip(indices, rows, strict=True))
        low, high = (scale.at(limit) for limit in BAND)
        height = bottom + format.leading()
        return ParityView(
            id, format, height, dots, where, low, high - low, _axis(format, scale, bottom), keys
        )

    signs = signs_of(index.measure for index in indices)
    return Drawing(key, title, desc, "inclusion/charts/parity.html", views(make, key), signs)


def _dot(index: Index, row: Row, scale: Scale) -> Dot:
    found = lane(index.measure, scale, middle=row.lanes[0], thickness=THICKNESS)
    return Dot(row, found, None if found.width is None else scale.start + found.width)


def _axis(format: Format, scale: Scale, y: int) -> tuple[Word, ...]:
    ends = (("0", 0.0, "start"), ("1", 1.0, "middle"), ("2", TOP, "end"))
    return tuple(
        word
        for text, value, anchor in ends
        for word in stack(format, [text], scale.at(value), y - 8, anchor=anchor, tone="quiet")
    )
