"""Random worlds of participants as the rules of a release count them, and a reader who attacks a release."""

import random
from collections import Counter
from collections.abc import Mapping
from typing import Any

from apps.inclusion.rules.cube import STAGES, Cube, Key, Unit, cube_of
from apps.inclusion.rules.disclosure import narrow_in
from apps.inclusion.rules.groups import DIMENSIONS, GENDER, NOT_STATED, RESIDENCE, SILENCE, SILENT, merged
from apps.inclusion.rules.release import Telling
from apps.inclusion.rules.systems import system_of

ANSWERS = {
    "gender": (["woman", "man", "another", "not_said", "missing"], [47, 46, 2, 2, 3]),
    "residence": (["rural", "town", "city", "not_said", "missing"], [35, 22, 38, 2, 3]),
    "disability": (["yes", "no", "unknown", "not_said", "missing"], [9, 82, 3, 3, 3]),
    "age": (["under_25", "25_34", "over_34", "missing"], [40, 35, 22, 3]),
}


class World:
    """`kinds` × `programs` × `intakes`, each with about `people`. More people can come, nobody leaves."""

    def __init__(
        self, seed: int, *, kinds: int, programs: int, intakes: int, people: int, countries: int
    ) -> None:
        self.random = random.Random(seed)
        self.countries = countries
        self.units = [
            Unit(f"i{kind}-{program}-{intake}", f"p{kind}-{program}", f"k{kind}")
            for kind in range(kinds)
            for program in range(programs)
            for intake in range(intakes)
        ]
        self.crossed: Counter[tuple[str, str, str, str]] = Counter()
        self.single: Counter[tuple[str, str, str, str, str]] = Counter()
        for unit in self.units:
            self.come(unit, max(1, int(self.random.expovariate(1 / people))))

    def come(self, unit: Unit, number: int, *, country: str = "", is_silent: bool = False) -> None:
        """More people, from somewhere else when told so, who answer nothing when `is_silent`."""
        for _person in range(number):
            self._add(unit, country, is_silent)

    def cube(self) -> Cube:
        return cube_of(self.units, self.crossed, self.single)

    def _add(self, unit: Unit, elsewhere: str, is_silent: bool) -> None:
        said = {each: self.random.choices(*ANSWERS[each])[0] for each in DIMENSIONS}
        if is_silent:
            said = dict.fromkeys(DIMENSIONS, "missing")
        country = elsewhere or f"C{self.random.randrange(self.countries)}"
        last = self.random.choices(range(4), [50, 5, 15, 30])[0]
        plain = {each: merged(each, said[each]) for each in DIMENSIONS}
        for stage in STAGES[: last + 1]:
            self.crossed[stage, plain[GENDER], plain[RESIDENCE], plain["disability"]] += 1
            for scope in (("intake", unit.intake), ("country", country), ("kind", unit.kind)):
                for dimension, answer in plain.items():
                    self.single[(*scope, stage, dimension, answer)] += 1
            for dimension, name in SILENCE.items():
                is_silent = plain[dimension] == NOT_STATED
                reason = said[dimension] if is_silent else SILENT[dimension][0]
                self.single["kind", unit.kind, stage, name, reason] += is_silent


def too_narrow(cube: Cube, told: Mapping[Key, Telling]) -> set[Any]:
    """Hidden figures that a reader of everything, who takes each told figure as exact, brings too close.

    Kept figures stand for an earlier moment: what they are now is hidden. All figures are one system here,
    in however many parts they were protected.
    """
    ways = {key: [way.cells for way in found] for key, found in cube.ways.items()}
    ways = {
        key: found for key, found in ways.items() if any(found)
    }  # the others are nought, as everybody knows
    system = system_of(ways, cube.values(), lambda key: (0,), frozenset())
    hidden = {key for key, each in told.items() if each.value is None or each.is_kept}
    return narrow_in(system, hidden & ways.keys())
