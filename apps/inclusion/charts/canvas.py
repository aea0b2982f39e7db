"""What every drawing has: two views in whole units, words with a place, and figures that may be hidden."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from apps.inclusion.charts.words import leading, width_of, wrap

#: Stands in the place of a figure that is not told, beside its dashed outline, unless its measure has another sign.
HIDDEN = "[c]"


@dataclass(frozen=True, slots=True)
class Format:
    """The style sheet shows `wide` from 640 pixels on, `narrow` from 280; `type` is its letter size.

    Even the narrowest place shows 12 pixels: 14 × 280 / 320 and 13 × 640 / 680.
    """

    name: str
    width: int
    type: int

    def wrap(self, text: str, room: int, *, lines: int = 2) -> tuple[str, ...]:
        return wrap(text, room, self.type, lines=lines)

    def width_of(self, text: str) -> int:
        return width_of(text, self.type)

    def leading(self, *texts: str) -> int:
        return max(leading(text, self.type) for text in texts) if texts else leading("", self.type)


NARROW = Format("narrow", 320, 14)
WIDE = Format("wide", 680, 13)


@dataclass(frozen=True, slots=True)
class Measure:
    """A released figure. Without a value it is hidden: its sign is drawn, and its words and interval never are."""

    value: float | None
    words: str = ""
    interval: tuple[float, float] | None = None
    sign: str = HIDDEN

    @property
    def is_hidden(self) -> bool:
        return self.value is None

    @property
    def told(self) -> str:
        return self.sign if self.is_hidden else self.words


@dataclass(frozen=True, slots=True)
class Word:
    """One line of text; `y` is its baseline, `tone` a class: strong, quiet or none."""

    x: int
    y: int
    text: str
    anchor: str = "start"
    tone: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """One of the drawings of a figure. `id` is unique on the page as long as the drawing's key is."""

    id: str
    format: Format
    height: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """`title` names it, `desc` says the main finding; `notes` stand below for everybody. `signs` stand in the place of
    figures that are not told, and are explained below.
    """

    key: str
    title: str
    desc: str
    template: str
    views: tuple[View, ...]
    signs: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scale:
    """From 0 to `top`, laid on `length` units from `start`. What lies outside is clipped to the edge."""

    top: float
    start: int
    length: int

    def at(self, value: float) -> int:
        return self.start + round(self.length * min(max(value / self.top, 0), 1))


def signs_of(measures: Iterable[Measure]) -> tuple[str, ...]:
    """Each sign that stands in a drawing of these."""
    return tuple(sorted({measure.sign for measure in measures if measure.is_hidden}))


def top_of(values: Iterable[float | None], most: float | None) -> float:
    """Hidden figures have no part in the scale; a drawing of nothing has a scale of one."""
    return most or max((value for value in values if value), default=1)


def stack(
    format: Format, lines: Sequence[str], x: int, y: int, *, anchor: str = "start", tone: str = ""
) -> tuple[Word, ...]:
    """Lines below each other, the first with its top at `y`."""
    height = format.leading(*lines)
    base = y + (height + format.type) // 2 - 2
    return tuple(Word(x, base + number * height, line, anchor, tone) for number, line in enumerate(lines))


def views(make: Callable[[str, Format], View], key: str) -> tuple[View, View]:
    return make(f"{key}-narrow", NARROW), make(f"{key}-wide", WIDE)
