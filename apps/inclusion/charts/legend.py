"""The legend above a drawing: every mark with its words, flowing over as many lines as they need."""

from collections.abc import Sequence
from dataclasses import dataclass

from apps.inclusion.charts.canvas import Format, Word, stack

SAMPLE, GAP = 22, 16


@dataclass(frozen=True, slots=True)
class Key:
    """`mark` is the class of what it explains; `is_line` tells how its sample is drawn."""

    mark: str
    x: int
    y: int
    words: tuple[Word, ...]
    is_line: bool

    @property
    def middle(self) -> int:
        return self.y + 6

    @property
    def middle_x(self) -> int:
        return self.x + 8

    @property
    def end(self) -> int:
        return self.x + 16


LINES = frozenset({"line", "plan", "whisker"})


def legend(
    format: Format, entries: Sequence[tuple[str, str]], *, x: int = 0, y: int = 0, is_list: bool = False
) -> tuple[tuple[Key, ...], int]:
    """`entries`: mark and words, one below the other in a list. Also where the legend ends."""
    room = format.width - x
    found: list[Key] = []
    left, bottom = x, y
    for mark, words in entries:
        lines = format.wrap(words, room - SAMPLE)
        width = SAMPLE + max(format.width_of(line) for line in lines)
        if left > x and (is_list or left + width > x + room):
            left, y = x, bottom
        height = format.leading(*lines)
        texts = stack(format, lines, left + SAMPLE, y)
        found.append(Key(mark, left, y + (height - 12) // 2, texts, mark in LINES))
        bottom = max(bottom, y + height * len(lines) + 4)
        left += width + GAP
    return tuple(found), bottom + 6 if entries else y
