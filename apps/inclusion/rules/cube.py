"""Every figure of a release as a sum of cells: who is counted in it, and what all of them are linked by.

A cell holds the people of one unit who came exactly to one stage and no further. So every figure (a total,
a group, a crossing, at one stage or the next, of a program, a country or the whole) is a plain sum of
cells, and what an attacker could compute from all of them together is a question about cells alone. A figure
may be such a sum in several ways: the whole is the sum of the kinds and also of the countries.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from apps.inclusion.rules.groups import (
    AGE,
    DIMENSIONS,
    DISABILITY,
    GENDER,
    IDENTITIES,
    RESIDENCE,
    SILENCE,
    SILENT,
    STATED,
    all_classes,
    classes_in,
    crossings,
    groups_of,
)

STAGES = ("applied", "offered", "enrolled", "completed")
ALL, KIND, COUNTRY, PROGRAM, INTAKE = "all", "kind", "country", "program", "intake"
#: (scope, scope key, stage, dimension, group); dimension and group are "" for everyone.
Key = tuple[str, str, str, str, str]
#: People of a kind in classes of all three identities: (kind, stage, gender, residence, disability).
Crossed = Mapping[tuple[str, str, str, str, str], int]
#: People of an intake or a country in a class: (scope, scope key, stage, dimension, class). Kinds are in
#: it with their ages, which are not crossed with anything.
Single = Mapping[tuple[str, str, str, str, str], int]


@dataclass(frozen=True, slots=True)
class Unit:
    """An intake with the program and the kind it belongs to."""

    intake: str
    program: str
    kind: str


@dataclass(slots=True)
class Cube:
    """Counts of cells, and each figure as its sums of cells. Cells are numbered as they come."""

    cells: list[int] = field(default_factory=list)
    ways: dict[Key, list[list[int]]] = field(default_factory=lambda: defaultdict(list))

    def values(self) -> dict[Key, int]:
        """Raises ValueError when two ways of one figure differ: the counts were not made at one time."""
        found = {}
        for key, ways in self.ways.items():
            sums = {sum(self.cells[cell] for cell in way) for way in ways}
            if len(sums) != 1:
                raise ValueError(f"{key} is {sorted(sums)}")
            found[key] = sums.pop()
        return found


def cube_of(units: Sequence[Unit], crossed: Crossed, single: Single) -> Cube:
    """All figures of a release from counts of who came to each stage (those who came further included)."""
    cube = Cube()
    kinds = _kind_cells(cube, units, crossed)
    singles = _single_cells(cube, single)
    for number in range(len(STAGES)):
        reached = STAGES[number:]
        for key, cells in _of_kinds(kinds, STAGES[number], reached):
            cube.ways[key].append(cells)
        for key, cells in _of_units(units, singles, STAGES[number], reached):
            cube.ways[key].append(cells)
    return cube


def _exactly(reached: Sequence[int]) -> list[int]:
    """From those who came to each stage to those who came no further."""
    exact = [here - after for here, after in zip(reached, [*reached[1:], 0], strict=True)]
    if min(exact) < 0:
        raise ValueError("more came to a stage than to the one before")
    return exact


KindCells = dict[tuple[str, str, str, str, str], int]


def _kind_cells(cube: Cube, units: Sequence[Unit], crossed: Crossed) -> KindCells:
    numbers: KindCells = {}
    for kind in sorted({unit.kind for unit in units}):
        for gender in all_classes(GENDER):
            for residence in all_classes(RESIDENCE):
                for disability in all_classes(DISABILITY):
                    came = [crossed.get((kind, each, gender, residence, disability), 0) for each in STAGES]
                    for stage, count in zip(STAGES, _exactly(came), strict=True):
                        numbers[kind, gender, residence, disability, stage] = len(cube.cells)
                        cube.cells.append(count)
    return numbers


SingleCells = dict[tuple[str, str], dict[tuple[str, str, str], int]]


def _single_cells(cube: Cube, single: Single) -> SingleCells:
    numbers: SingleCells = {}
    for scope, key in sorted({(each[0], each[1]) for each in single}):
        cells = numbers.setdefault((scope, key), {})
        for dimension in (AGE,) if scope == KIND else DIMENSIONS:
            for answer in all_classes(dimension):
                came = [single.get((scope, key, each, dimension, answer), 0) for each in STAGES]
                for stage, count in zip(STAGES, _exactly(came), strict=True):
                    cells[dimension, answer, stage] = len(cube.cells)
                    cube.cells.append(count)
    return numbers


def _of_kinds(numbers: KindCells, stage: str, reached: Sequence[str]) -> Iterator[tuple[Key, list[int]]]:
    """Figures of the kinds and the whole from cells in which all identities are crossed."""
    sums: dict[Key, list[int]] = defaultdict(list)
    for (kind, *answers, exact), cell in numbers.items():
        if exact in reached:
            for dimension, group in _figures_of(dict(zip(IDENTITIES, answers, strict=True))):
                sums[KIND, kind, stage, dimension, group].append(cell)
                sums[ALL, "", stage, dimension, group].append(cell)
    yield from sums.items()


def _figures_of(answers: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Every figure that counts people with these answers."""
    yield "", ""
    for dimension, answer in answers.items():
        for group in groups_of(dimension):
            if answer in classes_in(dimension, group):
                yield dimension, group
        if answer in SILENT[dimension]:
            yield SILENCE[dimension], answer
    for name, words in crossings():
        if all(_counts(each, word, answers) for each, word in _asked(name, words)):
            yield name, "+".join(words)


def _asked(name: str, words: Sequence[str]) -> list[tuple[str, str]]:
    dimensions = name.split("+")
    asked = [STATED] * len(dimensions) if tuple(words) == (STATED,) else words
    return list(zip(dimensions, asked, strict=True))


def _counts(dimension: str, word: str, answers: Mapping[str, str]) -> bool:
    answer = answers[dimension]
    return answer not in SILENT[dimension] if word == STATED else answer in classes_in(dimension, word)


def _of_units(
    units: Sequence[Unit], singles: SingleCells, stage: str, reached: Sequence[str]
) -> Iterator[tuple[Key, list[int]]]:
    """Figures of intakes, programs and countries, and those of kinds and the whole as sums of them.

    A total has one way for each dimension: the people of an intake are its women, its others and the silent,
    and they are also its rural people, and so on.
    """
    above = {(INTAKE, unit.intake): ((PROGRAM, unit.program), (KIND, unit.kind)) for unit in units}
    for dimension in DIMENSIONS:
        sums: dict[tuple[str, Key], list[int]] = defaultdict(list)
        for unit, cells in singles.items():
            for (asked, answer, exact), cell in cells.items():
                if asked == dimension and exact in reached:
                    for scope, scope_key in (unit, *above.get(unit, ((ALL, ""),))):
                        for group in ("", *_made_of(dimension, answer)):
                            key = (scope, scope_key, stage, dimension if group else "", group)
                            sums[unit[0], key].append(cell)
        yield from ((key, found) for (_level, key), found in sums.items())


def _made_of(dimension: str, answer: str) -> list[str]:
    return [group for group in groups_of(dimension) if answer in classes_in(dimension, group)]
