"""Many figures over the same people: cubes with stages and scopes, two dashboards, two releases."""

from collections.abc import Iterable
from itertools import product
from random import Random
from typing import Any

import numpy as np
import pytest
from scipy.optimize import linprog

from apps.inclusion.rules.disclosure import Figure, System, intervals, protect
from apps.inclusion.rules.disclosure.movement import Movement, movement
from tests.inclusion.worlds import primary


def attack(system: System, hidden: Iterable[Any]) -> dict[Any, float]:
    """The width of what each hidden figure may be: the plain programs, written on their own."""
    told = [each for each in system.figures if each.key not in hidden]
    matrix = np.zeros((len(told), system.cells))
    for row, figure in enumerate(told):
        matrix[row, list(figure.cells)] = 1
    widths = {}
    for figure in system.figures:
        if figure.key in hidden:
            aim = np.zeros(system.cells)
            aim[list(figure.cells)] = 1
            low, high = (
                linprog(sign * aim, A_eq=matrix, b_eq=[each.value for each in told]) for sign in (1, -1)
            )
            assert low.status == 0
            widths[figure.key] = float("inf") if high.status in (3, 4) else -high.fun - low.fun
    return widths


def broken(system: System, hidden: Iterable[Any]) -> set[Any]:
    thresholds = {figure.key: figure.threshold for figure in system.figures}
    return {key for key, width in attack(system, hidden).items() if width < thresholds[key] - 1 - 1e-4}


def cube(chance: Random, *, intakes: int, classes: int, stages: int, views: tuple[str, ...]) -> System:
    """Each cell is one intake, class and last stage; each figure is a scope, a class or all, from a stage on."""
    places = list(product(range(intakes), range(classes), range(stages)))
    counts = [chance.choice([0, chance.randint(0, 6), chance.randint(0, 40)]) for _ in places]
    scopes = {
        "all": lambda intake: "",
        "kind": lambda intake: intake % 2,
        "program": lambda intake: intake // 2,
        "country": lambda intake: intake % 3,
        "intake": lambda intake: intake,
    }
    cells: dict[Any, list[int]] = {}
    for number, (intake, group, last) in enumerate(places):
        for view, stage, shown in product(views, range(last + 1), (group, "")):
            cells.setdefault((view, scopes[view](intake), stage, shown), []).append(number)
    figures = []
    for key, members in cells.items():
        value = sum(counts[cell] for cell in members)
        tier = 4 - ["all", "kind", "country", "program", "intake"].index(key[0])
        figures.append(Figure(key, tuple(members), value, 10 if key[3] == 0 else 5, (tier, value)))
    return System(figures, len(places))


HIERARCHY = ("all", "kind", "program")


@pytest.mark.parametrize("number", range(50))
@pytest.mark.parametrize(
    "shape",
    [
        {"intakes": 4, "classes": 3, "stages": 2, "views": HIERARCHY},
        {"intakes": 3, "classes": 2, "stages": 4, "views": ("all", "intake")},
        {"intakes": 6, "classes": 2, "stages": 2, "views": (*HIERARCHY, "country")},
        {"intakes": 4, "classes": 3, "stages": 1, "views": ("kind", "program", "country", "intake")},
    ],
)
def test_no_hidden_figure_of_a_cube_is_in_a_narrow_range(shape: dict[str, Any], number: int) -> None:
    system = cube(Random(number), **shape)

    protection = protect(system, must_hide=primary(system.figures))

    assert primary(system.figures) <= protection.hidden
    assert not protection.exposed
    assert broken(system, protection.hidden) == set()


@pytest.mark.parametrize("number", range(12))
def test_no_hidden_figure_of_a_table_of_three_sides_is_in_a_narrow_range(number: int) -> None:
    chance = Random(number)
    places = list(product(range(2), range(3), range(2)))
    counts = [chance.choice([chance.randint(0, 12), chance.randint(10, 90)]) for _ in places]
    figures = []
    for sides in product((True, False), repeat=3):
        cells: dict[Any, list[int]] = {}
        for cell, place in enumerate(places):
            key = tuple(at if side else None for at, side in zip(place, sides, strict=True))
            cells.setdefault(key, []).append(cell)
        for key, members in cells.items():
            value = sum(counts[cell] for cell in members)
            figures.append(Figure(key, tuple(members), value, 10, (3 - sum(sides), value)))
    system = System(figures, len(places))

    protection = protect(system, must_hide=primary(figures))

    assert not protection.exposed
    assert broken(system, protection.hidden) == set()


def figures_over(counts: list[int], cells: dict[Any, tuple[int, ...]]) -> list[Figure]:
    return [Figure(key, each, sum(counts[cell] for cell in each), 10) for key, each in cells.items()]


def test_two_dashboards_over_the_same_people_are_broken_apart_and_safe_together() -> None:
    # Two programs in two countries. One view has a small figure and protects it; the other has none.
    counts = [4, 30, 40, 50]
    programs = {"all": (0, 1, 2, 3), "p1 in 1": (0,), "p1 in 2": (1,), "p2": (2, 3)}
    countries = {"everyone": (0, 1, 2, 3), "1": (0, 2), "2": (1, 3), "p2 in 1": (2,)}
    by_program = System(figures_over(counts, programs), 4)
    by_country = System(figures_over(counts, countries), 4)
    both = System([*by_program.figures, *by_country.figures], 4)

    alone = [protect(view, must_hide=primary(view.figures)) for view in (by_program, by_country)]
    apart = alone[0].hidden | alone[1].hidden
    together = protect(both, must_hide=primary(both.figures))

    assert broken(by_program, apart) == set()
    assert "p1 in 1" in broken(both, apart)
    assert broken(both, together.hidden) == set()
    assert not together.exposed


def test_two_releases_are_broken_when_figures_just_move_on_and_safe_when_they_are_kept() -> None:
    # Cells: women and men at the first release, then women and men who came after it.
    then, came = [57, 118], [1, 14]
    first = figures_over([*then, *came], {"women then": (0,), "men then": (1,)})
    second = figures_over([*then, *came], {"women": (0, 2), "men": (1, 3), "all": (0, 1, 2, 3)})
    who_came = figures_over([*then, *came], {"women who came": (2,), "men who came": (3,)})
    system = System([*first, *second, *who_came], 4)
    unseen = {"women who came", "men who came"}
    told = {"women": 57, "men": 118, "all": 175}

    moves = {
        each.key: movement(then=told[each.key], was_told=True, now=each.value, threshold=10)
        for each in second
    }
    kept = {key for key, move in moves.items() if move is Movement.KEEP}
    protection = protect(system, must_hide=kept | unseen, cannot_hide={"women then", "men then"})

    assert kept == {"women"}
    assert attack(system, unseen)["women who came"] == 0
    assert not protection.exposed
    assert broken(system, protection.hidden) == set()


@pytest.mark.parametrize(
    ("then", "was_told", "now", "move"),
    [
        (57, True, 57, Movement.FREE),
        (57, True, 67, Movement.FREE),
        (57, True, 47, Movement.FREE),
        (57, True, 58, Movement.KEEP),
        (57, True, 48, Movement.KEEP),
        (8, False, 8, Movement.STAY_HIDDEN),
        (8, False, 17, Movement.STAY_HIDDEN),
        (8, False, 18, Movement.FREE),
    ],
)
def test_a_figure_moves_by_its_threshold_or_not_at_all(
    then: int, was_told: bool, now: int, move: Movement
) -> None:
    assert movement(then=then, was_told=was_told, now=now, threshold=10) is move


def test_a_known_figure_protects_nobody() -> None:
    system = System(
        figures_over([3, 57, 40], {"silent": (0,), "women": (1,), "men": (2,), "all": (0, 1, 2)}), 3
    )
    known = System(system.figures, 3, known=frozenset({"women"}))

    protection = protect(known, must_hide={"silent"})

    assert protection.hidden & {"men", "all"}
    assert "women" not in protection.hidden
    assert intervals(known, protection.hidden | {"women"})["women"] == (57, 57)


def test_figures_that_contradict_each_other_are_refused() -> None:
    figures = [Figure("all", (0, 1), 5, 10), Figure("a", (0,), 4, 10), Figure("b", (1,), 3, 10)]

    with pytest.raises(ValueError, match="contradicts"):
        intervals(System([*figures, Figure("c", (0,), 4, 10)], 2), {"c"})
