"""Tiles and outlines of the ASEAN states."""

import json

import pytest

from apps.inclusion.charts import Bin, Measure, State, outline_map, tile_map
from apps.inclusion.charts.outline_map import DATA, SPOTS
from apps.inclusion.charts.tile_map import PLACES
from tests.inclusion.drawings import BINS, HIDDEN, STATES, outlines, tiles


def test_every_state_has_a_tile_an_outline_and_a_label_and_no_two_tiles_meet() -> None:
    outlines = json.loads(DATA.read_text())["outlines"]

    assert len(PLACES) == 11
    assert set(PLACES) == set(SPOTS) == set(outlines)
    assert len(set(PLACES.values())) == 11


def test_the_outlines_are_small_and_the_smallest_states_have_leaders() -> None:
    outlines = json.loads(DATA.read_text())["outlines"]

    assert sum(len(path) for path in outlines.values()) <= 10_000
    assert all(SPOTS[code].leader for code in ("BN", "SG", "TL"))


def test_a_hidden_state_an_absent_one_and_one_of_each_bin_are_told_apart() -> None:
    narrow, _wide = tiles().views
    marks = dict(zip(PLACES, [tile.mark for tile in narrow.tiles], strict=True))

    assert (marks["ID"], marks["TL"], marks["SG"], marks["MM"]) == ("b2", "b3", "hidden", "absent")


@pytest.mark.parametrize(
    ("value", "mark"), [(-1, "b1"), (0, "b1"), (24.9, "b1"), (25, "b2"), (50, "b3"), (900, "b3")]
)
def test_a_bin_begins_at_its_least_value(value: float, mark: str) -> None:
    (view, _wide) = tile_map("m", "t", "d", [State("BN", "Brunei", Measure(value, "x"))], BINS).views

    assert view.tiles[list(PLACES).index("BN")].mark == mark


def test_a_phone_has_tiles_and_a_desktop_outlines() -> None:
    narrow, wide = outlines().views

    assert len(narrow.tiles) == len(wide.outlines) == 11
    told = {outline.code: [word.text for word in outline.words] for outline in wide.outlines}
    assert told["SG"] == ["Singapore", "[c]"]
    assert told["MM"] == []


@pytest.mark.parametrize("make", [tile_map, outline_map])
def test_a_country_without_a_place_is_refused_so_that_it_cannot_vanish(make) -> None:
    with pytest.raises(KeyError, match="US"):
        make("m", "t", "d", [*STATES, State("US", "United States", HIDDEN)], BINS)


@pytest.mark.parametrize("bins", [[Bin(n, "x") for n in range(5)], [Bin(2, "x"), Bin(1, "x")]])
def test_bins_are_few_and_in_order(bins) -> None:
    with pytest.raises(ValueError, match="ascending"):
        tile_map("m", "t", "d", STATES, bins)
