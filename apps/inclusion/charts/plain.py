"""Bars drawn on the server. A hidden figure is a dashed outline; the table beside says why."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, ROW, LABEL = 320, 44, 0


@dataclass(frozen=True, slots=True)
class Bar:
    """Widths in units of the drawing; `y` is the top of the row."""

    label: str
    words: str
    y: int
    width: float
    is_hidden: bool
    series: int
    target_x: float | None = None

    @property
    def text_y(self) -> int:
        return self.y + 14

    @property
    def bar_y(self) -> int:
        return self.y + 20

    @property
    def bar_end(self) -> int:
        return self.y + 38


@dataclass(frozen=True, slots=True)
class Chart:
    title: str
    bars: tuple[Bar, ...]

    @property
    def height(self) -> int:
        return max(len(self.bars), 1) * ROW + 4

    @property
    def width(self) -> int:
        return WIDTH


def bars(
    title: str,
    rows: Sequence[tuple[str, str, float | None, float | None]],
    *,
    most: float | None = None,
    series: int = 1,
) -> Chart:
    """`rows`: label, the figure in words, the figure or None when hidden, and a target or None."""
    top = most or max([figure or 0 for _label, _words, figure, _target in rows] + [1])
    return Chart(
        title=title,
        bars=tuple(
            Bar(
                label=label,
                words=words,
                y=number * ROW,
                width=round(WIDTH * min((figure or 0) / top, 1), 1),
                is_hidden=figure is None,
                series=series,
                target_x=round(WIDTH * min(target / top, 1), 1) if target is not None else None,
            )
            for number, (label, words, figure, target) in enumerate(rows)
        ),
    )
