"""A freed seat goes down the waitlist in order, or first to the same lane where the rule says so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.selection.rules.lanes import Waiting, next_in_line

WOMEN, RURAL = frozenset({"women"}), frozenset({"rural"})
LINE = [Waiting(3, 3, WOMEN | RURAL), Waiting(1, 1), Waiting(2, 2, RURAL)]

lines = st.lists(
    st.builds(
        Waiting,
        id=st.integers(1, 99),
        position=st.integers(1, 99),
        groups=st.frozensets(st.sampled_from(["women", "rural"])),
    ),
    unique_by=(lambda each: each.id, lambda each: each.position),
    max_size=8,
)


@pytest.mark.parametrize(
    ("freed", "rule", "expected"),
    [
        (RURAL, "in_order", 1),
        (RURAL, "same_lane_first", 2),
        (WOMEN, "same_lane_first", 3),
        (WOMEN | RURAL, "same_lane_first", 2),
        (frozenset(), "same_lane_first", 1),
        (frozenset({"disability"}), "same_lane_first", 1),
    ],
)
def test_who_moves_up(freed: frozenset[str], rule: str, expected: int) -> None:
    found = next_in_line(LINE, freed, rule)

    assert found is not None
    assert found.id == expected


@given(
    lines,
    st.frozensets(st.sampled_from(["women", "rural"])),
    st.sampled_from(["in_order", "same_lane_first"]),
)
def test_nobody_is_passed_over_by_someone_later_in_the_same_lane(
    line: list[Waiting], freed: frozenset[str], rule: str
) -> None:
    found = next_in_line(line, freed, rule)

    if not line:
        assert found is None
        return
    assert found in line
    passed_over = [each for each in line if each.position < found.position]
    assert rule == "same_lane_first" or passed_over == []
    assert not any(each.groups & freed for each in passed_over)
    assert passed_over == [] or found.groups & freed


def test_an_unknown_rule_is_refused() -> None:
    with pytest.raises(ValueError, match="no rule"):
        next_in_line(LINE, WOMEN, "by_name")
