"""A line over time with gaps. Hidden points beside each other are one outline, as high as the plot."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from apps.inclusion.charts.canvas import Measure, Scale, signs_of


@dataclass(frozen=True, slots=True)
class Gap:
    x: int
    width: int
    sign: str

    @property
    def middle(self) -> int:
        return self.x + self.width // 2


@dataclass(frozen=True, slots=True)
class Trend:
    """`path` in SVG's words; `dots` are the places of shown figures."""

    path: str
    dots: tuple[tuple[int, int], ...]
    gaps: tuple[Gap, ...]


def places(count: int, left: int, right: int) -> list[int]:
    if count == 1:
        return [(left + right) // 2]
    return [left + round((right - left) * number / (count - 1)) for number in range(count)]


def draw(measures: Sequence[Measure], xs: Sequence[int], scale: Scale, *, reach: int) -> Trend:
    """`scale` has a negative length: units grow downwards. A gap reaches so far beyond its points."""
    half = min((xs[1] - xs[0]) // 2, reach) if len(xs) > 1 else reach
    pieces, dots, gaps = [], [], []
    for is_hidden, run in groupby(zip(xs, measures, strict=True), key=lambda each: each[1].is_hidden):
        found = list(run)
        if is_hidden:
            signs = signs_of(measure for _x, measure in found)
            gaps.append(Gap(found[0][0] - half, found[-1][0] - found[0][0] + 2 * half, " ".join(signs)))
            continue
        points = [(x, scale.at(measure.value or 0)) for x, measure in found]
        dots += points
        pieces.append(line(points))
    return Trend("".join(pieces), tuple(dots), tuple(gaps))


def line(points: Sequence[tuple[int, int]]) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in points) if points else ""
