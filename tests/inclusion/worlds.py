"""Random worlds of participants as the rules of a release count them."""

import random
from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping

from apps.inclusion.rules.cube import ABOUT_SILENCE, STAGES, Cube, Key, Unit, cube_of
from apps.inclusion.rules.disclosure import Figure, is_small
from apps.inclusion.rules.groups import (
    DIMENSIONS,
    GENDER,
    IDENTITIES,
    NOT_STATED,
    RESIDENCE,
    SILENCE,
    SILENT,
    merged,
)
from apps.inclusion.rules.moments import Earlier
from apps.inclusion.rules.release import Telling

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


def earlier(cube: Cube, told: Mapping[Key, Telling]) -> Earlier:
    """What a release leaves for the next one."""
    each = len(STAGES)
    groups = {group: cube.cells[place * each : (place + 1) * each] for place, group in enumerate(cube.groups)}
    return Earlier({key: telling.held for key, telling in told.items()}, groups)


def thin(cube: Cube, dimensions: Collection[str]) -> Cube:
    """The same people, told of by totals and these dimensions only."""
    kept = Cube(cube.groups, cube.cells)
    for key, ways in cube.ways.items():
        if not key[3] or key[3] in dimensions:
            about = [
                way for way in ways if not way.cells or _is_about(cube.groups[way.cells[0] // 4], dimensions)
            ]
            kept.ways[key] += about
    return kept


def _is_about(group: tuple[str, ...], dimensions: Collection[str]) -> bool:
    """Cells of the whole are crossed by all identities; others are of one dimension."""
    return len(group) == len(IDENTITIES) or ABOUT_SILENCE.get(group[2], group[2]) in dimensions


def primary(figures: Iterable[Figure]) -> set[Hashable]:
    """Those that are hidden for their own sake where nothing else is known of figures."""
    return {figure.key for figure in figures if is_small(figure.value, figure.threshold)}
