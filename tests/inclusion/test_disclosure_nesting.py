"""Which figures lie in which."""

from hypothesis import given
from hypothesis import strategies as st

from apps.inclusion.rules.disclosure.nesting import inside

FIGURES = st.lists(st.sets(st.integers(0, 7)), max_size=12).map(lambda sets: sorted(sets, key=len))


@given(FIGURES)
def test_a_figure_has_all_that_lie_in_it_the_largest_first(figures: list[set[int]]) -> None:
    expected = [
        [part for part in reversed(range(whole)) if figures[part] and figures[part] <= figures[whole]]
        for whole in range(len(figures))
    ]

    assert inside([sorted(cells) for cells in figures]) == expected


def test_nothing_lies_in_nothing() -> None:
    assert inside([]) == []
    assert inside([[], []]) == [[], []]
