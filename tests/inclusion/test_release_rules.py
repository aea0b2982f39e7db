"""Nobody works out a hidden figure from all of a release, nor from two of them side by side."""

from dataclasses import replace
from random import Random

import pytest

from apps.inclusion.rules.cube import cube_of, threshold_of
from apps.inclusion.rules.disclosure import narrow_in
from apps.inclusion.rules.moments import Earlier, Held, Moments
from apps.inclusion.rules.release import tell
from apps.inclusion.rules.systems import parts_of, system_of
from tests.inclusion.attacker import too_narrow
from tests.inclusion.worlds import World, earlier, thin


def small(seed: int) -> World:
    return World(seed, kinds=1, programs=2, intakes=1, people=90, countries=2)


@pytest.mark.parametrize("seed", range(6))
def test_no_hidden_figure_is_recoverable_from_the_whole_release(seed: int) -> None:
    cube = small(seed).cube()

    told = tell(cube, Earlier())

    assert any(each.value is None for each in told.values())
    assert too_narrow((cube, told)) == set()


#: What a page may be about: the dimensions of its figures beside the totals.
PAGES = [
    {"gender"},
    {"disability"},
    {"residence"},
    {"age"},
    {"gender", "silence_gender"},
    {"gender", "disability", "gender+disability"},
]
#: Programs, intakes of each, countries.
SHAPES = [(1, 2, 2), (2, 1, 1), (1, 3, 1), (3, 1, 1)]


@pytest.mark.parametrize("seed", range(200))
def test_no_hidden_figure_is_recoverable_from_two_releases_of_a_small_cube(seed: int) -> None:
    chance = Random(seed)
    programs, intakes, countries = chance.choice(SHAPES)
    page = chance.choices(PAGES, [3, 3, 3, 3, 2, 1])[0]
    people = chance.choice([30, 60, 150])
    kinds = 2 if seed % 10 == 0 else 1
    world = World(seed, kinds=kinds, programs=programs, intakes=intakes, people=people, countries=countries)
    first = thin(world.cube(), page)
    told_first = tell(first, Earlier())
    for unit in world.units:
        world.come(unit, chance.choice([0, 1, 4, 9, 15, 40]))
    second = thin(world.cube(), page)
    told_second = tell(second, earlier(first, told_first))

    assert too_narrow((first, told_first), (second, told_second)) == set()


def test_where_a_release_is_made_in_parts_each_part_is_safe() -> None:
    cube = World(1, kinds=3, programs=6, intakes=1, people=150, countries=6).cube()

    told = tell(cube, Earlier())

    hidden = {key for key, each in told.items() if each.value is None}
    for part in list(parts_of(cube))[1:]:
        system = system_of(part, cube.values(), lambda key: (0,), Moments(cube, Earlier()), frozenset())
        assert narrow_in(system, hidden & part.ways.keys()) == set()
    assert any(key[0] == "program" and key[3] and each.value is not None for key, each in told.items())


def beside_silent_records(seed: int) -> World:
    """Many who answered, and records of another source: from many countries a few, who answered nothing."""
    world = World(seed, kinds=2, programs=1, intakes=1, people=1, countries=2)
    for unit in world.units:
        world.come(unit, 1500)
    for number in range(30):
        world.come(world.units[1], 1 + number % 9, country=f"F{number}", is_silent=True)
    world.come(world.units[1], 200, country="FX", is_silent=True)
    return world


def test_what_nobody_answered_hides_nothing_else() -> None:
    cube = beside_silent_records(5).cube()

    told = tell(cube, Earlier())

    totals = {key: each.value for key, each in told.items() if key[0] == "country" and not key[3]}
    assert {key[1] for key, value in totals.items() if value is None} == {f"F{n}" for n in range(30)}
    assert all(each.value is not None for key, each in told.items() if key[0] == "all" and not key[3])
    assert told["country", "FX", "applied", "gender", "woman"].value == 0
    assert told["country", "F3", "applied", "gender", "woman"].value is None
    assert too_narrow((cube, told)) == set()


def test_whoever_answers_first_where_nobody_did_is_not_told() -> None:
    world = beside_silent_records(5)
    then = thin(world.cube(), {"gender"})
    first = tell(then, Earlier())
    for country in ("FX", "F3"):
        world.come(world.units[1], 3, country=country)
    now = thin(world.cube(), {"gender"})

    second = tell(now, earlier(then, first))

    for group in ("woman", "other"):
        assert second["country", "FX", "applied", "gender", group].value == 0
        assert second["country", "F3", "applied", "gender", group].value is None
    assert too_narrow((then, first), (now, second)) == set()


def test_small_figures_are_told_nowhere_and_every_told_figure_is_rounded() -> None:
    cube = small(1).cube()
    values = cube.values()

    told = tell(cube, Earlier())

    for key, each in told.items():
        assert each.value is None or each.value % 5 == 0
        assert each.value is None or not 0 < values[key] < threshold_of(key)


def test_a_figure_moves_by_nothing_or_by_a_whole_threshold() -> None:
    world = World(3, kinds=1, programs=2, intakes=1, people=300, countries=1)
    cube = world.cube()
    first = tell(cube, Earlier())
    for unit in world.units:
        world.come(unit, 4)
    values = world.cube().values()

    second = tell(world.cube(), earlier(cube, first))

    for key, each in second.items():
        before = first[key]
        if before.value is not None and 0 < abs(values[key] - before.held.count) < threshold_of(key):
            assert (each.value, each.is_kept) == (before.value, True)
            assert each.held == replace(before.held, is_kept=True)
        if before.value is None and abs(values[key] - before.held.count) < threshold_of(key):
            assert each.value is None
    assert any(each.is_kept for each in second.values())
    assert too_narrow((cube, first), (world.cube(), second)) == set()


def test_small_steps_add_up_until_they_are_told_together() -> None:
    key = ("all", "", "applied", "gender", "woman")
    units, crossed, single = (world := small(2)).units, world.crossed, world.single
    now = cube_of(units, crossed, single).values()[key]

    near = tell(cube_of(units, crossed, single), Earlier({key: Held(now - 4, now - 4)}))
    far = tell(cube_of(units, crossed, single), Earlier({key: Held(now - 5, now - 5)}))

    assert (near[key].value, near[key].is_kept) == (now - 4, True)
    assert far[key].is_kept is False


def test_the_same_people_give_the_same_release_in_whatever_order_they_come() -> None:
    world = small(4)
    turned = cube_of(
        world.units[::-1],
        dict(reversed(list(world.crossed.items()))),
        dict(reversed(list(world.single.items()))),
    )

    assert tell(turned, Earlier()) == tell(world.cube(), Earlier())


def test_counts_made_at_two_moments_are_refused() -> None:
    world = small(5)
    crossed = dict(world.crossed)
    crossed[next(iter(crossed))] += 1

    with pytest.raises(ValueError, match="is \\["):
        tell(cube_of(world.units, crossed, world.single), Earlier())
