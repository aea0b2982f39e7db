"""Rows of a label, one or two thin lanes, and the words of each lane in a column of their own.

The words never share a place with lanes, targets or whiskers, so nothing can strike them through.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from apps.inclusion.charts.canvas import Format, Word, stack

GAP, ROW_GAP = 10, 12


@dataclass(frozen=True, slots=True)
class Entry:
    """`told`: the words of each lane. `foot`: a quiet line below them, such as the target's."""

    label: str
    told: tuple[str, ...]
    foot: str = ""
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the lanes and their words stand; a narrow drawing has the label above the lanes."""

    label_room: int
    track_x: int
    track_width: int
    words_x: int
    words_room: int

    @property
    def is_stacked(self) -> bool:
        return self.track_x == 0

    @property
    def track_end(self) -> int:
        return self.track_x + self.track_width


@dataclass(frozen=True, slots=True)
class Row:
    """`lanes`: the middle of each. `top` and `bottom` hold the lanes, where a target line runs."""

    words: tuple[Word, ...]
    lanes: tuple[int, ...]
    top: int
    bottom: int


def columns(format: Format, entries: Sequence[Entry]) -> Columns:
    told = [text for entry in entries for text in (*entry.told, entry.foot)]
    is_narrow = format.width < 400
    label_room = format.width if is_narrow else 190
    left = 0 if is_narrow else label_room + GAP
    words_room = min(max((format.width_of(text) for text in told), default=0) + 2, (format.width - left) // 2)
    words_x = format.width - words_room
    return Columns(label_room, left, words_x - GAP - left, words_x, words_room)


def lay(
    format: Format, entries: Sequence[Entry], *, y: int, thickness: int
) -> tuple[Columns, list[Row], int]:
    """Also where the rows end."""
    where = columns(format, entries)
    rows: list[Row] = []
    for entry in entries:
        row, y = _row(format, where, entry, y, thickness)
        rows.append(row)
    return where, rows, y


def _row(format: Format, where: Columns, entry: Entry, y: int, thickness: int) -> tuple[Row, int]:
    words: list[Word] = []
    if entry.heading:
        lines = format.wrap(entry.heading, format.width)
        words += stack(format, lines, 0, y + 4, tone="strong")
        y += format.leading(*lines) * len(lines) + 8
    label = format.wrap(entry.label, where.label_room, lines=3)
    words += stack(format, label, 0, y)
    label_end = y + format.leading(*label) * len(label)
    top = label_end if where.is_stacked else y + _lower(format, label, entry.told)
    lanes, bottom = _lanes(format, where, entry, top, thickness, words)
    row = Row(tuple(words), lanes, lanes[0] - thickness // 2, lanes[-1] + thickness // 2)
    return row, max(bottom, label_end) + ROW_GAP


def _lower(format: Format, label: Sequence[str], told: Sequence[str]) -> int:
    """A label in tall letters has its first line in the middle of its lane."""
    return max(format.leading(*label) - format.leading(*told[:1]), 0) // 2


def _lanes(
    format: Format, where: Columns, entry: Entry, y: int, thickness: int, words: list[Word]
) -> tuple[tuple[int, ...], int]:
    lanes = []
    for told in entry.told:
        lines = format.wrap(told, where.words_room, lines=3)
        line = format.leading(*lines)
        words += stack(format, lines, where.words_x, y)
        lanes.append(y + line // 2)
        y += max(line * len(lines), thickness + 4)
    if entry.foot:
        lines = format.wrap(entry.foot, where.words_room)
        words += stack(format, lines, where.words_x, y, tone="quiet")
        y += format.leading(*lines) * len(lines)
    return tuple(lanes), y
