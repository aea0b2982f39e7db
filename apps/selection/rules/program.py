"""The choice of a cohort written as an integer program. No solver here: see solving.py."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from apps.selection.rules.terms import ONE_TO_ONE, Candidate, Terms, country_key

#: (row, coefficient) of everything a column uses up.
Uses = tuple[tuple[int, int], ...]


class Traits(NamedTuple):
    """What the rule sees of a person beside merit: who has the same is told apart by the ranking alone."""

    groups: tuple[str, ...]
    country: str
    cost: int


def traits_of(person: Candidate, terms: Terms) -> Traits:
    """A group without a target, a country without a minimum and a cost without a budget do not count."""
    groups = tuple(sorted(group for group in person.groups if terms.targets.get(group)))
    country = person.country if terms.minima.get(person.country) else ""
    return Traits(groups, country, 0 if terms.budget is None else person.cost)


@dataclass(frozen=True, slots=True)
class Column:
    """How many are taken of one sort: between `low` and `high`, each worth `worth`.

    `members` are people with the same traits and merit, best first; none for a column that only counts.
    """

    uses: Uses
    worth: int
    low: int
    high: int
    members: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Program:
    """Most worth such that in every row the uses add up to at most its limit. Whole numbers throughout."""

    columns: tuple[Column, ...]
    limits: tuple[int, ...]


@dataclass(slots=True)
class Rows:
    """Rows by name, numbered as they come."""

    numbers: dict[object, int]
    limits: list[int]

    def add(self, name: object, limit: int) -> None:
        self.numbers[name] = len(self.limits)
        self.limits.append(limit)

    def uses(self, coefficients: dict[object, int]) -> Uses:
        """Only rows there are, and only what is used at all."""
        known = ((self.numbers[name], n) for name, n in coefficients.items() if name in self.numbers)
        return tuple(sorted((row, n) for row, n in known if n))


def shortfall_program(people: Sequence[Candidate], terms: Terms) -> Program:
    """Least total shortfall, which does not ask for merit: one column for all who have the same traits."""
    program = _program(people, terms, allowed=None)
    columns = (replace(each, worth=0 if each.members else each.worth) for each in program.columns)
    return Program(tuple(columns), program.limits)


def merit_program(people: Sequence[Candidate], terms: Terms, *, allowed: int) -> Program:
    """Most total merit with a total shortfall of at most `allowed`."""
    return _program(people, terms, allowed=allowed)


def _program(people: Sequence[Candidate], terms: Terms, *, allowed: int | None) -> Program:
    """`allowed` None: a seat lacking costs one, and people are told apart by traits only."""
    rows = _rows(people, terms)
    if allowed is not None:
        rows.add("lacking", allowed)
    unit = _unit(people)
    columns = [
        Column(rows.uses(_uses(traits, terms, unit)), members[0].merit, low, high, members)
        for traits, members, low, high in _runs(people, terms, by_merit=allowed is not None)
    ]
    columns.extend(_counting(people, terms, rows, worth=-1 if allowed is None else 0))
    return Program(tuple(columns), tuple(rows.limits))


def _rows(people: Sequence[Candidate], terms: Terms) -> Rows:
    rows = Rows({}, [])
    rows.add("seats", terms.seats)
    if terms.budget is not None:
        rows.add("budget", terms.budget // _unit(people))
    for group, wanted in sorted(terms.targets.items()):
        if wanted:
            rows.add(group_row(group), -wanted)
    for country, wanted in sorted(terms.minima.items()):
        if wanted:
            rows.add(country_key(country), -wanted)
    if terms.method == ONE_TO_ONE:
        for groups in _sorts(people, terms):
            rows.add(groups, 0)
    return rows


def group_row(group: str) -> str:
    return f"group:{group}"


def _sorts(people: Sequence[Candidate], terms: Terms) -> list[tuple[str, ...]]:
    """The combinations of groups that occur; a seat of such a person counts for one group of them."""
    return sorted({groups for each in people if (groups := traits_of(each, terms).groups)})


def _unit(people: Sequence[Candidate]) -> int:
    """The largest unit all costs are whole numbers of: small numbers keep the solver accurate."""
    return math.gcd(*(each.cost for each in people)) or 1


def _uses(traits: Traits, terms: Terms, unit: int) -> dict[object, int]:
    uses: dict[object, int] = {"seats": 1, "budget": traits.cost // unit, country_key(traits.country): -1}
    if terms.method == ONE_TO_ONE:
        return uses | {traits.groups: -1}
    return uses | {group_row(group): -1 for group in traits.groups}


def _runs(
    people: Sequence[Candidate], terms: Terms, *, by_merit: bool
) -> Iterator[tuple[Traits, tuple[Candidate, ...], int, int]]:
    """People who are alike, best first, with the fewest and most to take; overrides stand apart.

    Nobody beyond the best `seats` of their traits can be chosen, because those before them come first.
    """
    runs: dict[tuple[Traits, bool, int], list[Candidate]] = {}
    seen: dict[Traits, int] = {}
    for person in people:
        traits, forced = traits_of(person, terms), person.id in terms.included
        if not forced and seen.setdefault(traits, 0) >= terms.seats:
            continue
        seen[traits] = seen.get(traits, 0) + (not forced)
        runs.setdefault((traits, forced, person.merit if by_merit else 0), []).append(person)
    for (traits, forced, _merit), members in runs.items():
        yield traits, tuple(members), len(members) if forced else 0, len(members)


def _counting(people: Sequence[Candidate], terms: Terms, rows: Rows, *, worth: int) -> Iterator[Column]:
    """Columns for seats lacking, and one-to-one for the seats of each sort that count for each group."""
    wants = [(group_row(group), wanted) for group, wanted in sorted(terms.targets.items())]
    wants += [(country_key(country), wanted) for country, wanted in sorted(terms.minima.items())]
    for name, wanted in wants:
        if wanted:
            yield Column(rows.uses({name: -1, "lacking": 1}), worth, 0, wanted)
    if terms.method == ONE_TO_ONE:
        for groups in _sorts(people, terms):
            for group in groups:
                uses = rows.uses({group_row(group): -1, groups: 1})
                yield Column(uses, 0, 0, min(terms.seats, terms.targets[group]))
