"""Bars in lanes: what a group of bars and a funnel have in common."""

from dataclasses import dataclass

from apps.inclusion.charts.canvas import Measure, Scale

#: A hidden figure's outline has always this length: it tells nothing of the figure.
HIDDEN_LENGTH = 40


@dataclass(frozen=True, slots=True)
class Lane:
    """`width` is the bar's, None without a bar; `whisker` the ends of the interval."""

    y: int
    height: int
    series: int
    width: int | None
    is_hidden: bool
    whisker: tuple[int, int] | None = None

    @property
    def middle(self) -> int:
        return self.y + self.height // 2


def lane(measure: Measure, scale: Scale, *, middle: int, thickness: int, series: int = 1) -> Lane:
    y = middle - thickness // 2
    if measure.value is None:
        return Lane(y, thickness, series, None, is_hidden=True)
    width = scale.at(measure.value) - scale.start
    ends = measure.interval and (scale.at(measure.interval[0]), scale.at(measure.interval[1]))
    return Lane(y, thickness, series, width, is_hidden=False, whisker=ends or None)
