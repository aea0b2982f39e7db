"""Where bars, targets, lines and dots stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.inclusion.charts import Bar, Index, Measure, Path, Point, bar_group, funnel, line_plan, parity
from apps.inclusion.charts.canvas import Scale
from apps.inclusion.charts.line_plan import FEW
from tests.inclusion.drawings import HIDDEN, lines

VALUES = st.one_of(st.none(), st.floats(0, 1e6))


@given(st.lists(VALUES, min_size=1, max_size=6), st.one_of(st.none(), st.floats(0, 1e7)))
def test_no_bar_or_target_leaves_its_track_and_no_hidden_bar_has_a_length(values, target) -> None:
    bars = [Bar("label", (Measure(value, "words"),), target) for value in values]

    for view in bar_group("b", "t", "d", bars, most=100).views:
        for value, row in zip(values, view.rows, strict=True):
            (lane,) = row.lanes
            assert (lane.width is None) == (value is None) == lane.is_hidden
            assert 0 <= (lane.width or 0) <= view.columns.track_width
            if target is not None:
                assert view.columns.track_x <= row.target_x <= view.columns.track_end


def test_a_target_beyond_the_scale_is_clipped_to_its_end() -> None:
    (narrow, wide) = bar_group("b", "t", "d", [Bar("a", (Measure(40, "40 %"),), 400)], most=100).views

    assert narrow.rows[0].target_x == narrow.columns.track_end
    assert wide.rows[0].target_x == wide.columns.track_end


def test_a_hidden_bar_has_no_whisker_and_keeps_its_target() -> None:
    (narrow, _wide) = bar_group("b", "t", "d", [Bar("a", (HIDDEN,), 50)], most=100).views

    assert narrow.rows[0].lanes[0].whisker is None
    assert narrow.rows[0].target_x == narrow.columns.track_width // 2


def test_words_have_a_column_that_no_bar_or_target_reaches() -> None:
    bars = [Bar("a", (Measure(100, "100 %", (90, 100)),), 100, "target")]

    for view in bar_group("b", "t", "d", bars, most=100).views:
        assert view.columns.track_end < view.columns.words_x


def test_a_funnel_starts_with_a_full_bar_in_every_group() -> None:
    paths = [
        Path("a", (Measure(1000, "x"), Measure(250, "x"))),
        Path("b", (Measure(8, "x"), Measure(4, "x"))),
    ]

    for view in funnel("f", "t", "d", ("Applied", "Offered"), paths).views:
        whole = view.columns.track_width
        assert [step.lane.width for step in view.steps] == [whole, round(whole / 4), whole, round(whole / 2)]


@pytest.mark.parametrize("first", [HIDDEN, Measure(0, "0")], ids=["hidden", "nobody"])
def test_a_funnel_draws_no_length_where_the_first_stage_is_not_known(first: Measure) -> None:
    (narrow, _wide) = funnel(
        "f", "t", "d", ("Applied", "Offered"), [Path("a", (first, Measure(4, "4")))]
    ).views

    assert [step.lane.width for step in narrow.steps] == [None, None]


def test_a_phone_shows_the_latest_points_and_a_desktop_all() -> None:
    narrow, wide = lines().views

    assert len(narrow.trend.dots) + 1 == FEW
    assert len(wide.trend.dots) + 2 == 12


def test_hidden_quarters_beside_each_other_are_one_gap_in_the_line() -> None:
    _narrow, wide = lines().views

    assert len(wide.trend.gaps) == 1
    assert wide.trend.path.count("M") == 2
    assert wide.plan.count("M") == 1


def test_the_gap_of_a_hidden_quarter_does_not_depend_on_the_figures_around_it() -> None:
    def gap(value: float) -> object:
        points = [Point("a", Measure(value, "x")), Point("b", HIDDEN), Point("c", Measure(value / 2, "x"))]
        return line_plan("l", "t", "d", points, series="s").views[1].trend.gaps

    assert gap(3) == gap(900)


@pytest.mark.parametrize("points", [[], [Point("Q1", Measure(3, "3"))], [Point("Q1", HIDDEN)]])
def test_a_line_of_few_points_can_be_drawn(points) -> None:
    narrow, _wide = line_plan("l", "t", "d", points, series="s").views

    assert len(narrow.trend.dots) + len(narrow.trend.gaps) == len(points)


def test_a_figure_that_reaches_the_plan_stands_above_it_and_another_below() -> None:
    points = [Point("Q1", Measure(60, "sixty"), 50), Point("Q2", Measure(70, "seventy"), 100)]
    (view, _wide) = line_plan("l", "t", "d", points, series="s").views
    by_text = {word.text: word.y for word in view.words}

    assert by_text["sixty"] < view.trend.dots[0][1]
    assert by_text["seventy"] > view.trend.dots[1][1]


def test_parity_stands_in_the_middle_of_the_band_and_what_is_beyond_the_scale_at_its_end() -> None:
    indices = [Index("a", Measure(1, "1")), Index("b", Measure(7, "7")), Index("c", HIDDEN)]

    for view in parity("p", "t", "d", indices, band_words="band").views:
        equal, beyond, hidden = view.dots
        assert view.band_x < equal.x < view.band_x + view.band_width
        assert beyond.x == view.columns.track_end
        assert hidden.x is None


@given(st.floats(-1e6, 1e6), st.floats(0.1, 1e6))
def test_a_scale_never_leaves_its_length(value: float, top: float) -> None:
    assert 10 <= Scale(top, 10, 200).at(value) <= 210
