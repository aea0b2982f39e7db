"""The way by a small core and exact bounds finds what the whole program has, and fixes nothing it needs."""

from itertools import product
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.selection.rules import solving
from apps.selection.rules.program import Column, Program
from apps.selection.rules.terms import Candidate

#: A column with members may be left out of the core; who they are does not matter here.
SOMEBODY = (Candidate(1, 0, 1), Candidate(2, 0, 2))


@st.composite
def knapsacks(draw: st.DrawFn) -> Program:
    """With two limits: parts of things are worth more than whole ones, so the bound is above the best."""
    sizes = st.integers(1, 9)
    columns = [
        Column(
            uses=((0, draw(sizes)), (1, draw(sizes))),
            worth=draw(st.integers(0, 30)),
            low=0,
            high=draw(st.integers(1, 2)),
            members=SOMEBODY,
        )
        for _column in range(draw(st.integers(1, 6)))
    ]
    return Program(tuple(columns), (draw(st.integers(0, 30)), draw(st.integers(0, 30))))


def fits(program: Program, values: tuple[int, ...]) -> bool:
    used = [0, 0]
    for column, value in zip(program.columns, values, strict=True):
        for row, n in column.uses:
            used[row] += n * value
    return all(spent <= limit for spent, limit in zip(used, program.limits, strict=True))


@settings(max_examples=300, deadline=None)
@given(knapsacks(), st.sampled_from([1, 2, 150]))
def test_the_core_finds_the_most_and_keeps_every_solution_as_good(program: Program, open_: int) -> None:
    every = product(*(range(each.high + 1) for each in program.columns))
    possible = [values for values in every if fits(program, values)]
    most = max(solving.worth(program, values) for values in possible)

    with mock.patch.object(solving, "OPEN", open_):
        found = solving.optimum(program, solving.Clock(60))

    assert found.is_proven
    assert solving.worth(program, found.values) == found.bound == most
    assert solving.most(program, solving.Clock(60)) >= most
    best = [values for values in possible if solving.worth(program, values) == most]
    ends = (found.low, found.high)
    assert all(
        low <= n <= high for values in best for low, n, high in zip(ends[0], values, ends[1], strict=True)
    )


@pytest.mark.parametrize(("values", "words"), [([2, 0], "bounds"), ([1, 1], "limit")])
def test_an_answer_of_the_solver_that_does_not_hold_is_refused(values: list[int], words: str) -> None:
    column = Column(uses=((0, 1),), worth=1, low=0, high=1)

    with pytest.raises(solving.Unsolved, match=words):
        solving.check(Program((column, column), (1,)), values)


def test_limits_that_contradict_each_other_are_told_apart_from_time_running_out() -> None:
    must = Program((Column(uses=((0, 1),), worth=1, low=1, high=2),), (0,))
    whole = Program((Column(uses=((0, 2), (1, -2)), worth=1, low=0, high=2),), (1, -1))

    for program in (must, whole):
        with pytest.raises(solving.NoSolution):
            solving.optimum(program, solving.Clock(60))
    assert solving.optimum(whole, solving.Clock(0)).values is None


def test_a_part_of_a_person_is_no_answer() -> None:
    program = Program((Column(uses=((0, 1),), worth=1, low=0, high=1),), (1,))
    answer = mock.Mock(status=0, mip_dual_bound=-1.0)
    answer.x.tolist.return_value = [0.5]

    with (
        mock.patch.object(solving, "milp", return_value=answer),
        pytest.raises(solving.Unsolved, match="whole number"),
    ):
        solving.solve(program, solving.Clock(60))
