"""The exact choice of a cohort. The rule, its sources and what was rejected: docs/adr/0017-choosing-a-cohort.md.

Of all lists within the seats and the budget, with nobody below the floor:
1. the least total shortfall against targets and countries' minima;
2. of these, the most total merit (which fills the seats, because nobody's merit is negative);
3. of these, the one that stands first in the ranking (see ties.py).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from apps.core.lazy import LazyModule
from apps.selection.rules.counting import count
from apps.selection.rules.program import Program, merit_program, shortfall_program
from apps.selection.rules.terms import MERIT, METHODS, Candidate, Choice, Contradiction, Terms, standing
from apps.selection.rules.ties import settle

if TYPE_CHECKING:
    from apps.selection.rules import solving
    from apps.selection.rules.solving import Clock, Optimum
else:
    solving = LazyModule("apps.selection.rules.solving")

__all__ = ["METHODS", "Candidate", "Choice", "Contradiction", "Terms", "break_ties_by_targets", "choose"]

#: Hears the stage ("shortfall", "merit", "ties", "done") and the share of stages behind it.
Report = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Found:
    ids: frozenset[int]
    is_proven: bool = True
    gap: float = 0.0


@dataclass(frozen=True, slots=True)
class Aim:
    """So few seats lacking are aimed at; the list to fall back on when time runs out."""

    shortfall: int
    fallback: Found
    is_proven: bool = True


def choose(
    candidates: Sequence[Candidate], terms: Terms, *, seconds: float = 60.0, report: Report | None = None
) -> Choice:
    """The one list the rule gives; neither the order of `candidates` nor chance decides anything.

    When `seconds` are over, the best list found so far comes back with is_proven False. Raises
    Contradiction for candidates or terms that allow no choice.
    """
    tell = report or (lambda _stage, _share: None)
    people = standing(candidates, terms)
    if terms.method == MERIT:
        found = Found(frozenset(each.id for each in by_merit(people, terms)))
    else:
        found = by_targets(people, terms, solving.Clock(seconds), tell)
    tell("done", 1.0)
    return _told([each for each in people if each.id in found.ids], terms, found)


def break_ties_by_targets(
    candidates: Sequence[Candidate], terms: Terms, *, seconds: float = 60.0, report: Report | None = None
) -> Choice:
    """Merit decides; targets only between those who have exactly the merit of the last seat.

    Who has more merit than the last chosen is in. Among those with the same merit as the last,
    `terms.method` says how they count for targets. With a budget, what that leaves goes down the ranking.
    """
    people = standing(candidates, terms)
    first = [each for each in by_merit(people, terms) if each.id not in terms.included]
    line = first[-1].merit if first else 0
    above = frozenset(each.id for each in first if each.merit > line) | terms.included
    level = [each for each in people if each.id in above or (first and each.merit == line)]
    chosen = choose(level, replace(terms, included=above), seconds=seconds, report=report)
    sure = frozenset(chosen.chosen)
    ids = frozenset(each.id for each in by_merit(people, replace(terms, included=sure)))
    found = Found(ids, chosen.is_proven, chosen.gap)
    return _told([each for each in people if each.id in found.ids], terms, found)


def by_merit(people: Sequence[Candidate], terms: Terms) -> list[Candidate]:
    """Down the ranking while there are seats; who costs more than is left is passed over. Included come first."""
    seats = terms.seats - len(terms.included)
    money = None
    if terms.budget is not None:
        money = terms.budget - sum(each.cost for each in people if each.id in terms.included)
    chosen = []
    for person in people:
        if person.id in terms.included:
            chosen.append(person)
        elif seats and (money is None or person.cost <= money):
            chosen.append(person)
            seats -= 1
            money = None if money is None else money - person.cost
    return chosen


def by_targets(people: Sequence[Candidate], terms: Terms, clock: "Clock", tell: Report) -> Found:
    """The rule's three steps on `people` in ranking order, who are taken as they are: floor or not."""
    tell("shortfall", 0.0)
    plain = by_merit(people, terms)
    lacking = count(plain, terms).total
    fallback = Found(frozenset(each.id for each in plain), is_proven=False, gap=1.0)
    if not lacking and terms.budget is None:
        return replace(fallback, is_proven=True, gap=0.0)
    least = _bound_of_shortfall(people, terms, clock) if lacking else 0
    try:
        return _most_merit(people, terms, clock, tell, Aim(least, fallback))
    except solving.NoSolution:  # parts of people would lack fewer seats than whole people do
        return _most_merit(people, terms, clock, tell, _least_shortfall(people, terms, clock, fallback))


def _bound_of_shortfall(people: Sequence[Candidate], terms: Terms, clock: "Clock") -> int:
    most = solving.most(shortfall_program(people, terms), clock)
    return 0 if most is None else max(0, -most)


def _least_shortfall(people: Sequence[Candidate], terms: Terms, clock: "Clock", fallback: Found) -> Aim:
    """The number of seats lacking that nothing can better, and a list that shows it."""
    program = shortfall_program(people, terms)
    best = solving.solve(program, clock)
    ids = fallback.ids if best.values is None else _ids(program, best.values)
    total = count([each for each in people if each.id in ids], terms).total
    return Aim(total, replace(fallback, ids=ids), best.is_proven)


def _most_merit(people: Sequence[Candidate], terms: Terms, clock: "Clock", tell: Report, aim: Aim) -> Found:
    tell("merit", 0.3)
    program = merit_program(people, terms, allowed=aim.shortfall)
    best = solving.optimum(program, clock)
    if best.values is None:
        return aim.fallback
    if not best.is_proven or not aim.is_proven:
        return Found(_ids(program, best.values), False, _gap(best, program) if aim.is_proven else 1.0)
    tell("ties", 0.6)
    settled = settle(program, best, clock)
    return Found(settled.ids, settled.is_proven)


def _ids(program: Program, values: Sequence[int]) -> frozenset[int]:
    taken = zip(program.columns, values, strict=True)
    return frozenset(each.id for column, value in taken for each in column.members[:value])


def _gap(best: "Optimum", program: Program) -> float:
    merit = solving.worth(program, best.values or ())
    return min(1.0, max(0.0, (best.bound - merit) / merit)) if merit else 1.0


def _told(chosen: Sequence[Candidate], terms: Terms, found: Found) -> Choice:
    """Counted again from the people themselves, apart from what the solver said. `chosen` in ranking order."""
    _require_within(chosen, terms)
    counted = count(chosen, terms)
    return Choice(
        chosen=tuple(each.id for each in chosen),
        shortfall=counted.shortfall,
        total_shortfall=counted.total,
        merit=sum(each.merit for each in chosen),
        is_proven=found.is_proven,
        gap=found.gap,
        counted_for=counted.counted_for,
    )


def _require_within(chosen: Sequence[Candidate], terms: Terms) -> None:
    ids = {each.id for each in chosen}
    dear = terms.budget is not None and sum(each.cost for each in chosen) > terms.budget
    if len(chosen) > terms.seats or dear or not terms.included <= ids:
        raise solving.Unsolved("The list found breaks the seats, the budget or an override.")
