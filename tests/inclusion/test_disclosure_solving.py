"""The solver now and then ends without an answer: then it is asked in another way."""

from typing import Any

import numpy as np
import pytest
from scipy.optimize import OptimizeResult, linprog
from scipy.sparse import csr_array

from apps.inclusion.rules.disclosure import Figure, System, intervals, nearest, programs, protect, solving
from apps.inclusion.rules.disclosure.equations import Equations
from apps.inclusion.rules.disclosure.layout import Layout


def unknown_for(methods: set[str], asked: list[str]) -> Any:
    def solve(*args: Any, method: str, **options: Any) -> OptimizeResult:
        asked.append(method)
        found = linprog(*args, method=method, **options)
        return OptimizeResult(status=4, message="unknown") if method in methods else found

    return solve


def test_another_way_is_taken_where_one_ends_without_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(solving, "linprog", unknown_for({"highs-ds"}, asked))

    solution, _marginals = solving.solve(np.array([1.0, 2.0]), csr_array([[1.0, 1.0]]), np.array([7.0]))

    assert asked == ["highs-ds", "highs-ds", "highs-ipm"]
    assert solution == pytest.approx([7, 0], abs=1e-6)


def test_no_answer_at_all_is_an_error_and_not_a_guess(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solving, "linprog", unknown_for({"highs-ds", "highs-ipm"}, []))

    with pytest.raises(RuntimeError, match="unknown"):
        solving.solve(np.array([1.0]), csr_array([[1.0]]), np.array([7.0]))


def test_figures_are_hidden_all_the_same_where_no_way_leads_to_the_nearest_world(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cells = {
        "a": (0,),
        "b": (1,),
        "c": (2,),
        "d": (3,),
        "ab": (0, 1),
        "cd": (2, 3),
        "ac": (0, 2),
        "bd": (1, 3),
    }
    figures = [
        Figure(key, each, sum([3, 57, 22, 118][cell] for cell in each), 10) for key, each in cells.items()
    ]
    system = System([*figures, Figure("all", (0, 1, 2, 3), 200, 10)], 4)

    def never(*_args: object, **_options: object) -> object:
        raise solving.Unsolved("unknown")

    monkeypatch.setattr(nearest, "solve", never)
    protection = protect(system, must_hide={"a"})

    assert not protection.exposed
    assert all(high - low >= 9 for low, high in intervals(system, protection.hidden).values())


def test_a_question_that_leads_nowhere_is_asked_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    figures = [Figure("all", (0, 1), 20, 10), Figure("a", (0,), 8, 10), Figure("b", (1,), 12, 10)]
    system = System(figures, 2)
    real = programs.highspy.Highs.getModelStatus
    said: list[object] = []

    def unsure(solver: Any) -> object:
        said.append(real(solver))
        return programs.highspy.HighsModelStatus.kUnknown if len(said) == 1 else said[-1]

    monkeypatch.setattr(programs.highspy.Highs, "getModelStatus", unsure)

    assert intervals(system, {"a", "b"}) == {"a": (0, 20), "b": (0, 20)}
    assert len(said) > 2


def table_of(side: int) -> programs.Program:
    """A square of people of whom the sums of rows and columns are told."""
    counts = np.random.default_rng(3).integers(0, 90, (side, side))
    figures = []
    for number in range(side):
        row, column = range(side * number, side * (number + 1)), range(number, side * side, side)
        figures.append(Figure(("row", number), tuple(row), int(counts[number].sum()), 5))
        figures.append(Figure(("column", number), tuple(column), int(counts[:, number].sum()), 5))
    system = System(figures, side * side)
    return programs.Program(Equations(Layout.of(system), set(range(len(figures)))))


def test_a_world_on_the_way_to_the_farthest_fits_all_that_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "STEPS", 3)
    program, chance = table_of(12), np.random.default_rng(4)
    program.most(np.ones(144))
    stopped = 0
    for _time in range(20):
        weights = chance.uniform(-1, 1, 144)
        world = program.far(weights)
        stopped += weights @ world < program.most(weights).value - 1

        assert program.matrix @ world == pytest.approx(program.values, abs=1e-6)
        assert world.min() >= -1e-6

    assert stopped > 10


def test_the_first_world_is_a_whole_answer() -> None:
    weights = np.random.default_rng(5).uniform(-1, 1, 144)

    assert weights @ table_of(12).far(weights) == pytest.approx(table_of(12).most(weights).value)
