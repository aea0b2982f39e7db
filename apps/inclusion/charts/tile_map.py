"""The ASEAN states as equal tiles, roughly where they lie: the smallest is as readable as the largest."""

from collections.abc import Sequence
from dataclasses import dataclass

from apps.inclusion.charts.bins import Bin, State, mark_of, marks
from apps.inclusion.charts.canvas import NARROW, Drawing, Format, View, Word, signs_of, stack, views
from apps.inclusion.charts.legend import Key, legend

#: Column and row of each state.
PLACES = {
    "MM": (0, 0), "LA": (1, 0), "VN": (2, 0),
    "TH": (0, 1), "KH": (1, 1), "PH": (2, 1),
    "MY": (0, 2), "BN": (1, 2),
    "SG": (0, 3), "ID": (1, 3), "TL": (2, 3),
}  # fmt: skip
ACROSS, DOWN, GAP, PAD, SWATCH = 3, 4, 4, 4, 16
LEGEND_X = 460


@dataclass(frozen=True, slots=True)
class Tile:
    """`mark` names the pattern of its swatch."""

    x: int
    y: int
    width: int
    height: int
    mark: str
    words: tuple[Word, ...]

    @property
    def swatch_y(self) -> int:
        return self.y + self.height - SWATCH


@dataclass(frozen=True, slots=True)
class MapView(View):
    """`bins`: the patterns to define."""

    tiles: tuple[Tile, ...]
    keys: tuple[Key, ...]
    bins: tuple[str, ...]


def tile_map(
    key: str,
    title: str,
    desc: str,
    states: Sequence[State],
    bins: Sequence[Bin],
    *,
    others: Sequence[str] = (),
) -> Drawing:
    """`others`: sentences on countries that have no tile."""

    def make(id: str, format: Format) -> MapView:
        return tiles(id, format, states, bins)

    template = "inclusion/charts/tile_map.html"
    return Drawing(key, title, desc, template, views(make, key), signs_on(states), tuple(others))


def signs_on(states: Sequence[State]) -> tuple[str, ...]:
    return signs_of(state.measure for state in states)


def tiles(id: str, format: Format, states: Sequence[State], bins: Sequence[Bin]) -> MapView:
    """Raises KeyError for a state without a place: it belongs to `others`."""
    known = {state.code: state for state in states}
    if unknown := known.keys() - PLACES.keys():
        raise KeyError(f"no tile for {sorted(unknown)}")
    width = ((format.width if format is NARROW else LEGEND_X - 20) - GAP * (ACROSS - 1)) // ACROSS
    line = format.leading(*(text for state in states for text in (state.name, state.measure.told)))
    height = line * 3 + SWATCH + PAD * 2
    found = tuple(
        _tile(
            format, code, known.get(code), (column * (width + GAP), row * (height + GAP), width, height), bins
        )
        for code, (column, row) in PLACES.items()
    )
    bottom = DOWN * (height + GAP)
    is_narrow = format is NARROW
    start = (0, bottom + 6) if is_narrow else (LEGEND_X, 0)
    keys, end = legend(
        format, marks(bins, signs=signs_on(states)), x=start[0], y=start[1], is_list=not is_narrow
    )
    used = tuple(f"b{number}" for number in range(1, len(bins) + 1))
    return MapView(id, format, max(bottom, end), found, keys, used)


def _tile(
    format: Format, code: str, state: State | None, box: tuple[int, int, int, int], bins: Sequence[Bin]
) -> Tile:
    x, y, width, height = box
    told = (state.name, state.measure.told) if state else (code, "–")
    room = width - PAD * 2
    name = format.wrap(told[0], room)
    value = format.wrap(told[1], room, lines=1)
    below = y + PAD + format.leading(*name) * len(name)
    words = (*stack(format, name, x + PAD, y + PAD), *stack(format, value, x + PAD, below, tone="strong"))
    return Tile(x, y, width, height, mark_of(state, bins), words)
