"""Nobody works out a hidden figure from all of a release, nor from two of them side by side."""

import pytest

from apps.inclusion.rules.cube import cube_of, threshold_of
from apps.inclusion.rules.disclosure import narrow_in
from apps.inclusion.rules.release import Held, tell
from apps.inclusion.rules.systems import parts_of, system_of
from tests.inclusion.worlds import World, too_narrow


def small(seed: int) -> World:
    return World(seed, kinds=1, programs=2, intakes=1, people=90, countries=2)


@pytest.mark.parametrize("seed", range(6))
def test_no_hidden_figure_is_recoverable_from_the_whole_release(seed: int) -> None:
    cube = small(seed).cube()

    told = tell(cube, {})

    assert any(each.value is None for each in told.values())
    assert too_narrow(cube, told) == set()


def test_where_a_release_is_made_in_parts_each_part_is_safe() -> None:
    cube = World(1, kinds=3, programs=6, intakes=1, people=150, countries=6).cube()

    told = tell(cube, {})

    hidden = {key for key, each in told.items() if each.value is None}
    for part in list(parts_of(cube))[1:]:
        system = system_of(part.ways, cube.values(), lambda key: (0,), frozenset())
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

    told = tell(cube, {})

    totals = {key: each.value for key, each in told.items() if key[0] == "country" and not key[3]}
    assert {key[1] for key, value in totals.items() if value is None} == {f"F{n}" for n in range(30)}
    assert all(each.value is not None for key, each in told.items() if key[0] == "all" and not key[3])
    assert told["country", "FX", "applied", "gender", "woman"].value == 0
    assert told["country", "F3", "applied", "gender", "woman"].value is None
    assert too_narrow(cube, told) == set()


def test_whoever_answers_first_where_nobody_did_is_not_told() -> None:
    world = beside_silent_records(5)
    first = tell(world.cube(), {})
    for country in ("FX", "F3"):
        world.come(world.units[1], 3, country=country)

    second = tell(world.cube(), {key: each.held for key, each in first.items()})

    for group in ("woman", "other"):
        assert second["country", "FX", "applied", "gender", group].value == 0
        assert second["country", "F3", "applied", "gender", group].value is None
    assert too_narrow(world.cube(), second) == set()


def test_small_figures_are_told_nowhere_and_every_told_figure_is_rounded() -> None:
    cube = small(1).cube()
    values = cube.values()

    told = tell(cube, {})

    for key, each in told.items():
        assert each.value is None or each.value % 5 == 0
        assert each.value is None or not 0 < values[key] < threshold_of(key)


def test_a_figure_moves_by_nothing_or_by_a_whole_threshold() -> None:
    world = World(3, kinds=1, programs=2, intakes=1, people=300, countries=2)
    first = tell(world.cube(), {})
    for unit in world.units:
        world.come(unit, 4)
    values = world.cube().values()

    second = tell(world.cube(), {key: each.held for key, each in first.items()})

    for key, each in second.items():
        before = first[key]
        if before.value is not None and 0 < abs(values[key] - before.held.count) < threshold_of(key):
            assert (each.value, each.is_kept, each.held) == (before.value, True, before.held)
        if before.value is None and abs(values[key] - before.held.count) < threshold_of(key):
            assert each.value is None
    assert any(each.is_kept for each in second.values())
    assert too_narrow(world.cube(), second) == set()


def test_small_steps_add_up_until_they_are_told_together() -> None:
    key = ("all", "", "applied", "gender", "woman")
    units, crossed, single = (world := small(2)).units, world.crossed, world.single
    now = cube_of(units, crossed, single).values()[key]

    near = tell(cube_of(units, crossed, single), {key: Held(now - 4, now - 4)})
    far = tell(cube_of(units, crossed, single), {key: Held(now - 5, now - 5)})

    assert (near[key].value, near[key].is_kept) == (now - 4, True)
    assert far[key].is_kept is False


def test_the_same_people_give_the_same_release_in_whatever_order_they_come() -> None:
    world = small(4)
    turned = cube_of(
        world.units[::-1],
        dict(reversed(list(world.crossed.items()))),
        dict(reversed(list(world.single.items()))),
    )

    assert tell(turned, {}) == tell(world.cube(), {})


def test_counts_made_at_two_moments_are_refused() -> None:
    world = small(5)
    crossed = dict(world.crossed)
    crossed[next(iter(crossed))] += 1

    with pytest.raises(ValueError, match="is \\["):
        tell(cube_of(world.units, crossed, world.single), {})
