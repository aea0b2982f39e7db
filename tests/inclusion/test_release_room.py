"""Where what is told above a part leaves it no room, a little more is hidden above, and not everything."""

import pytest

from apps.inclusion.rules.cube import Unit
from apps.inclusion.rules.moments import Earlier
from apps.inclusion.rules.release import tell
from tests.inclusion.attacker import too_narrow
from tests.inclusion.worlds import World


@pytest.mark.parametrize("few", [6, 8, 12])
def test_units_in_which_nobody_answered_do_not_hide_the_others(few: int) -> None:
    """The silent of the kind are the people of two units: none of their totals can hide a small one of the others."""
    world = World(1, kinds=0, programs=0, intakes=0, people=1, countries=1)
    for number, people in enumerate([900, 25]):
        world.units.append(silent := Unit(f"silent-{number}", f"silent-{number}", "kind"))
        world.come(silent, people, is_silent=True)
    for number, people in enumerate([380, 350, 360, few]):
        world.units.append(unit := Unit(f"unit-{number}", f"program-{number}", "kind"))
        world.come(unit, people)
    cube = world.cube()

    told = tell(cube, Earlier())

    assert too_narrow((cube, told)) == set()
    assert sum(each.value is not None for each in told.values()) > len(told) / 2
    for dimension in ("gender", "residence", "disability"):
        assert told["kind", "kind", "applied", dimension, "not_stated"].value is not None
