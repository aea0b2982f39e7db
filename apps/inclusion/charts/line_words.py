"""The words of a line: figures at their points, hidden ones, and the quarters below."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from apps.inclusion.charts.canvas import Format, Measure, Scale, Word, stack
from apps.inclusion.charts.trend import Trend


@dataclass(frozen=True, slots=True)
class Point:
    """A quarter's figure; `plan` is what was to be reached by then."""

    label: str
    measure: Measure
    plan: float | None = None
    plan_words: str = ""


def widest_of(format: Format, points: Sequence[Point]) -> int:
    """Of the figures and of the words of the quarters, which may wrap."""
    texts = [text for point in points for text in (point.measure.told, *point.label.split())]
    return max((format.width_of(text) for text in texts), default=0)


def _every(xs: Sequence[int], widest: int) -> int:
    """Each label has its place only when none is wider than the step; the latest is always told."""
    return math.ceil((widest + 6) / max(xs[1] - xs[0], 1)) if len(xs) > 1 else 1


def told_words(
    format: Format, points: Sequence[Point], xs: Sequence[int], scale: Scale, widest: int
) -> list[Word]:
    """Figures stand on their own side of the plan: above it when they reach it, below when not."""
    found = []
    every = _every(xs, widest)
    for number, (x, point) in enumerate(zip(xs, points, strict=True)):
        value = point.measure.value
        is_latest = number == len(points) - 1
        if value is not None and (len(points) - 1 - number) % every == 0:
            y = scale.at(value)
            is_above = point.plan is None or value >= point.plan or y + format.type + 10 > scale.start
            y += -9 if is_above else format.type + 8
            found.append(Word(x, y, point.measure.told, "middle", "strong" if is_latest else ""))
        if is_latest and point.plan is not None and point.plan_words:
            is_below = value is None or value >= point.plan
            y = scale.at(point.plan) + (format.type + 8 if is_below else -9)
            found.append(Word(format.width, y, point.plan_words, "end", "quiet"))
    return found


def gap_words(trend: Trend, bottom: int) -> list[Word]:
    return [Word(gap.middle, bottom - 6, gap.sign, "middle") for gap in trend.gaps]


def axis_words(
    format: Format, points: Sequence[Point], xs: Sequence[int], y: int, widest: int
) -> tuple[list[Word], int]:
    every = _every(xs, widest)
    room = max((xs[1] - xs[0]) * every - 4 if len(xs) > 1 else format.width, widest)
    found: list[Word] = []
    bottom = y
    for number, (x, point) in enumerate(zip(xs, points, strict=True)):
        if (len(points) - 1 - number) % every:
            continue
        lines = format.wrap(point.label, room)
        half = max(format.width_of(text) for text in lines) // 2
        place = min(max(x, half), format.width - half)
        found += stack(format, lines, place, y - 8, anchor="middle", tone="quiet")
        bottom = max(bottom, y + format.leading(*lines) * len(lines))
    return found, bottom
