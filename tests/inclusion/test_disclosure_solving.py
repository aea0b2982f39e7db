"""The solver now and then ends without an answer: then it is asked in another way."""

from typing import Any

import numpy as np
import pytest
from scipy.optimize import OptimizeResult, linprog
from scipy.sparse import csr_array

from apps.inclusion.rules.disclosure import Figure, System, intervals, nearest, programs, protect


def unknown_for(methods: set[str], asked: list[str]) -> Any:
    def solve(*args: Any, method: str, **options: Any) -> OptimizeResult:
        asked.append(method)
        found = linprog(*args, method=method, **options)
        return OptimizeResult(status=4, message="unknown") if method in methods else found

    return solve


def test_another_way_is_taken_where_one_ends_without_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(programs, "linprog", unknown_for({"highs-ds"}, asked))

    solution, _marginals = programs.solve(np.array([1.0, 2.0]), csr_array([[1.0, 1.0]]), np.array([7.0]))

    assert asked == ["highs-ds", "highs-ds", "highs-ipm"]
    assert solution == pytest.approx([7, 0], abs=1e-6)


def test_no_answer_at_all_is_an_error_and_not_a_guess(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "linprog", unknown_for({"highs-ds", "highs-ipm"}, []))

    with pytest.raises(RuntimeError, match="unknown"):
        programs.solve(np.array([1.0]), csr_array([[1.0]]), np.array([7.0]))


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
        raise programs.Unsolved("unknown")

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
