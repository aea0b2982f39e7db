"""Every figure of a release as a sum of cells: who is counted in it, and what all of them are linked by.

A cell holds the people of one unit who came exactly to one stage and no further. So every figure (a total,
a group, a crossing, at one stage or the next, of a program, a country or the whole) is a plain sum of
cells, and what an attacker could compute from all of them together is a question about cells alone. A figure
may be such a sum in several ways: the whole is the sum of the kinds and also of the countries.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from apps.inclusion.rules.groups import (
    DISABILITY,
    IDENTITIES,
    NOT_STATED,
    SILENCE,
    SILENT,
    STATED,
    crossings,
    groups_with,
    is_detail,
    merged_classes,
)

STAGES = ("applied", "offered", "enrolled", "completed")
ALL, KIND, COUNTRY, PROGRAM, INTAKE = "all", "kind", "country", "program", "intake"
#: The dimensions about why people are silent → the dimension they are silent about.
ABOUT_SILENCE = {name: dimension for dimension, name in SILENCE.items()}
#: The branch of everything above programs.
WHOLE = ("", "")
#: Fewer people than this are told nowhere: with sensitive answers, and else.
THRESHOLD, SMALL_THRESHOLD = 10, 5
ANOTHER, SENSITIVITY = "another", "sensitivity"
#: (scope, scope key, stage, dimension, group); dimension and group are "" for everyone.
Key = tuple[str, str, str, str, str]
#: People in classes of all three identities: (stage, gender, residence, disability).
Crossed = Mapping[tuple[str, str, str, str], int]
#: People of an intake or a country in a class: (scope, scope key, stage, dimension, class). Kinds are
#: in it too, and the reasons of silence.
Single = Mapping[tuple[str, str, str, str, str], int]


@dataclass(frozen=True, slots=True)
class Unit:
    """An intake with the program and the kind it belongs to."""

    intake: str
    program: str
    kind: str


@dataclass(frozen=True, slots=True)
class Way:
    """A figure as a sum of cells of one level: of crossed kinds, of countries, or of the intakes of a kind
    in one dimension (`branch`).
    """

    level: str
    branch: tuple[str, str]
    cells: tuple[int, ...]


@dataclass(slots=True)
class Cube:
    """Counts of cells, and each figure as its sums of cells. Cells are numbered as they come: four for each
    of the `groups`, people who are alike in all but how far they came.
    """

    groups: list[tuple[str, ...]] = field(default_factory=list)
    cells: list[int] = field(default_factory=list)
    ways: dict[Key, list[Way]] = field(default_factory=lambda: defaultdict(list))

    def values(self) -> dict[Key, int]:
        """Raises ValueError when two ways of one figure differ: the counts were not made at one time."""
        found = {}
        for key, ways in self.ways.items():
            sums = {sum(self.cells[cell] for cell in way.cells) for way in ways}
            if len(sums) != 1:
                raise ValueError(f"{key} is {sorted(sums)}")
            found[key] = sums.pop()
        return found


def cube_of(units: Sequence[Unit], crossed: Crossed, single: Single) -> Cube:
    """All figures of a release from counts of who came to each stage (those who came further included)."""
    cube = Cube()
    everyone = _crossed_cells(cube, crossed)
    singles = _single_cells(cube, single)
    for number, stage in enumerate(STAGES):
        for key, way in (
            *_of_everyone(everyone, stage, STAGES[number:]),
            *_of_units(units, singles, stage, STAGES[number:]),
        ):
            cube.ways[key].append(way)
    return cube


def _exactly(reached: Sequence[int]) -> list[int]:
    """From those who came to each stage to those who came no further."""
    exact = [here - after for here, after in zip(reached, [*reached[1:], 0], strict=True)]
    if min(exact) < 0:
        raise ValueError("more came to a stage than to the one before")
    return exact


def _add(cube: Cube, group: tuple[str, ...], came: Sequence[int]) -> dict[str, int]:
    """New cells; stage → the number of the cell of those who came exactly there."""
    first = len(cube.cells)
    cube.groups.append(group)
    cube.cells += _exactly(came)
    return {stage: first + place for place, stage in enumerate(STAGES)}


CrossedCells = dict[tuple[str, str, str], dict[str, int]]


def _crossed_cells(cube: Cube, crossed: Crossed) -> CrossedCells:
    gender, residence, disability = (merged_classes(each) for each in IDENTITIES)
    answers = product(gender, residence, disability)
    return {each: _add(cube, each, [crossed.get((stage, *each), 0) for stage in STAGES]) for each in answers}


SingleCells = dict[tuple[str, str, str, str], dict[str, int]]


def _single_cells(cube: Cube, single: Single) -> SingleCells:
    """(scope, scope key, dimension, class) → cells. A dimension that was counted has all its classes.

    Where nobody of a unit answered a question, all are silent, and the other classes have no cells: that nobody
    is in them is no secret of anybody.
    """
    asked = sorted({(scope, key, dimension) for scope, key, _stage, dimension, _answer in single})
    answered = {(*each[:2], each[3]) for each, n in single.items() if n and each[4] != NOT_STATED}
    return {
        (*unit, answer): _add(
            cube, (*unit, answer), [single.get((*unit[:2], stage, unit[2], answer), 0) for stage in STAGES]
        )
        if answer == NOT_STATED or unit in answered or unit[2] in ABOUT_SILENCE
        else {}
        for unit in asked
        for answer in _classes(unit[2])
    }


def _classes(dimension: str) -> tuple[str, ...]:
    return SILENT[ABOUT_SILENCE[dimension]] if dimension in ABOUT_SILENCE else merged_classes(dimension)


def _of_everyone(numbers: CrossedCells, stage: str, reached: Sequence[str]) -> Iterator[tuple[Key, Way]]:
    """Figures of the whole from cells in which all identities are crossed."""
    sums: dict[Key, list[int]] = defaultdict(list)
    for answers, cells in numbers.items():
        for dimension, group in _figures_of(dict(zip(IDENTITIES, answers, strict=True))):
            sums[ALL, "", stage, dimension, group] += [cells[exact] for exact in reached]
    for key, found in sums.items():
        yield key, Way(ALL, WHOLE, tuple(found))


def _figures_of(answers: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Every figure that counts people with these answers."""
    yield "", ""
    for dimension, answer in answers.items():
        yield from ((dimension, group) for group in groups_with(dimension, answer))
    for name, words in crossings():
        if all(_counts(each, word, answers[each]) for each, word in _asked(name, words)):
            yield name, "+".join(words)


def _asked(name: str, words: Sequence[str]) -> list[tuple[str, str]]:
    dimensions = name.split("+")
    asked = [STATED] * len(dimensions) if tuple(words) == (STATED,) else words
    return list(zip(dimensions, asked, strict=True))


def _counts(dimension: str, word: str, answer: str) -> bool:
    return answer != NOT_STATED if word == STATED else word in groups_with(dimension, answer)


def _of_units(
    units: Sequence[Unit], singles: SingleCells, stage: str, reached: Sequence[str]
) -> Iterator[tuple[Key, Way]]:
    """Figures of intakes, programs and countries, and those of kinds and the whole as sums of them.

    A total has one way for each dimension: the people of an intake are its women, its others and the silent,
    and they are also its rural people, and so on.
    """
    above = {(INTAKE, unit.intake): ((PROGRAM, unit.program), (KIND, unit.kind)) for unit in units}
    kinds = {(INTAKE, unit.intake): unit.kind for unit in units}
    sums: dict[tuple[str, str, str, Key], list[int]] = defaultdict(list)
    for (scope, scope_key, dimension, answer), cells in singles.items():
        unit = (scope, scope_key)
        for name, group in _figures_in(dimension, answer):
            for own, own_key in (unit, *above.get(unit, ((ALL, ""),))):
                if own in (INTAKE, COUNTRY) and is_detail(name, group):
                    continue
                found = sums[scope, kinds.get(unit, ""), dimension, (own, own_key, stage, name, group)]
                found += [cells[exact] for exact in reached] if cells else []
    for (level, kind, dimension, key), found in sums.items():
        yield key, Way(level, (kind, dimension) if kind else WHOLE, tuple(found))


def _figures_in(dimension: str, answer: str) -> Iterator[tuple[str, str]]:
    """Every figure of a unit that counts people with this one answer."""
    if dimension in ABOUT_SILENCE:
        yield dimension, answer
        yield ABOUT_SILENCE[dimension], NOT_STATED
        return
    yield "", ""
    yield from ((dimension, group) for group in groups_with(dimension, answer))


def threshold_of(key: Key) -> int:
    """10 where the figure splits by disability, is of people who use another term, or is a total that is
    split by disability beside it; else 5.
    """
    _scope, _scope_key, _stage, dimension, group = key
    sensitive = DISABILITY in dimension or dimension in ("", SENSITIVITY) or group == ANOTHER
    return THRESHOLD if sensitive else SMALL_THRESHOLD
