"""Outlines of the ASEAN states where there is room for them, and tiles where there is not.

The outlines are drawn from longitude 90 and latitude 28.8, 13 units for each degree in both directions
(equirectangular: near the equator nothing is badly bent). Source: docs/data-sources.md.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from apps.inclusion.charts.bins import Bin, State, mark_of, marks
from apps.inclusion.charts.canvas import NARROW, WIDE, Drawing, Format, View, Word, stack
from apps.inclusion.charts.legend import Key, legend
from apps.inclusion.charts.tile_map import signs_on, tiles

DATA = Path(__file__).resolve().parent.parent / "data" / "asean_outlines.json"
HEIGHT = 540
#: The empty sea east of the Philippines' north.
LEGEND_X, LEGEND_Y = 490, 4


@dataclass(frozen=True, slots=True)
class Spot:
    """The top of a label, and for a state too small or too slender, a line from there to it."""

    x: int
    y: int
    anchor: str = "middle"
    leader: tuple[int, int, int, int] | None = None
    room: int = 92


SPOTS = {
    "BN": Spot(288, 246, leader=(300, 282, 320, 312)),
    "ID": Spot(306, 368),
    "KH": Spot(154, 232, leader=(172, 236, 190, 216)),
    "LA": Spot(122, 14, "start", leader=(150, 52, 150, 96), room=150),
    "MM": Spot(82, 88),
    "MY": Spot(212, 264, leader=(194, 300, 168, 312)),
    "PH": Spot(486, 180, "start", room=150),
    "SG": Spot(204, 318, "start", leader=(202, 338, 181, 355)),
    "TH": Spot(143, 160),
    "TL": Spot(494, 490, "start", leader=(491, 500, 468, 490), room=150),
    "VN": Spot(262, 160, "start", room=120),
}


@dataclass(frozen=True, slots=True)
class Outline:
    """`plate`: a rectangle below the label, so that no pattern or coast runs through it."""

    code: str
    path: str
    mark: str
    words: tuple[Word, ...]
    leader: tuple[int, int, int, int] | None
    plate: tuple[int, int, int, int] | None


@dataclass(frozen=True, slots=True)
class OutlineView(View):
    outlines: tuple[Outline, ...]
    keys: tuple[Key, ...]
    bins: tuple[str, ...]


def outline_map(
    key: str,
    title: str,
    desc: str,
    states: Sequence[State],
    bins: Sequence[Bin],
    *,
    others: Sequence[str] = (),
) -> Drawing:
    """`others`: sentences on countries that are not drawn."""
    both = (
        tiles(f"{key}-{NARROW.name}", NARROW, states, bins),
        _outlines(f"{key}-{WIDE.name}", WIDE, states, bins),
    )
    return Drawing(
        key, title, desc, "inclusion/charts/outline_map.html", both, signs_on(states), tuple(others)
    )


def _outlines(id: str, format: Format, states: Sequence[State], bins: Sequence[Bin]) -> OutlineView:
    known = {state.code: state for state in states}
    found = tuple(_outline(format, code, path, known.get(code), bins) for code, path in _paths().items())
    legend_marks = marks(bins, signs=signs_on(states))
    keys, _end = legend(format, legend_marks, x=LEGEND_X, y=LEGEND_Y, is_list=True)
    return OutlineView(id, format, HEIGHT, found, keys, tuple(f"b{n}" for n in range(1, len(bins) + 1)))


def _outline(format: Format, code: str, path: str, state: State | None, bins: Sequence[Bin]) -> Outline:
    mark = mark_of(state, bins)
    if state is None:
        return Outline(code, path, mark, (), None, None)
    spot = SPOTS[code]
    name = format.wrap(state.name, spot.room)
    below = spot.y + format.leading(*name) * len(name)
    words = (
        *stack(format, name, spot.x, spot.y, anchor=spot.anchor),
        *stack(format, [state.measure.told], spot.x, below, anchor=spot.anchor, tone="strong"),
    )
    return Outline(code, path, mark, words, spot.leader, _plate(format, spot, words))


def _plate(format: Format, spot: Spot, words: Sequence[Word]) -> tuple[int, int, int, int]:
    width = max(format.width_of(word.text) for word in words) + 6
    x = spot.x - (width // 2 if spot.anchor == "middle" else 3)
    return x, spot.y - 1, width, words[-1].y - spot.y + 6


@cache
def _paths() -> dict[str, str]:
    found: dict[str, str] = json.loads(DATA.read_text())["outlines"]
    return found
