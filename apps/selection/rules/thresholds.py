"""What it took to be chosen: the last merit of each sort of people, and what one person would have needed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from apps.core.lazy import LazyModule
from apps.selection.rules.choosing import Found, by_merit, by_targets
from apps.selection.rules.counting import count
from apps.selection.rules.program import Traits, traits_of
from apps.selection.rules.terms import MERIT, Candidate, Choice, Terms, standing

if TYPE_CHECKING:
    from apps.selection.rules import solving
else:
    solving = LazyModule("apps.selection.rules.solving")

FULL_MERIT = 100_000


def cut_offs(candidates: Sequence[Candidate], choice: Choice, terms: Terms) -> Mapping[Traits, int]:
    """The merit of the last chosen with each combination of traits; people included by hand do not count.

    Whoever has these traits and more merit is chosen.
    """
    chosen = set(choice.chosen) - terms.included
    found: dict[Traits, int] = {}
    for person in sorted(candidates, key=lambda each: each.order):
        if person.id in chosen:
            found[traits_of(person, terms)] = person.merit
    return found


def what_would_change(
    person: Candidate, candidates: Sequence[Candidate], choice: Choice, terms: Terms, *, seconds: float = 60.0
) -> int | None:
    """The lowest merit from which this person would be chosen, all others unchanged, whatever a tie-break says.

    Exact: one choice is made with the person in for nothing. What the others' merit loses by that is
    what the person's own must exceed. None for who is chosen, was excluded by hand, or could not be
    chosen with any merit; and when the choice is not proven or `seconds` are over, so that nothing is sure.
    For ties broken by targets ask with the method "merit": above the line only merit counts.
    """
    others = _others(candidates, terms, choice)
    if others is None or not _is_open(person, choice, terms):
        return None
    return _needed(person, [each for each in others if each.id != person.id], choice, terms, seconds)


def what_would_change_for_all(
    candidates: Sequence[Candidate], choice: Choice, terms: Terms, *, seconds: float = 60.0
) -> Mapping[int, int | None]:
    """The same for everybody not chosen, with about one choice per combination of traits (`seconds` each).

    People with the same traits need the same, unless the choice with one more of them takes one of them
    too: those few are asked about one by one.
    """
    others = _others(candidates, terms, choice)
    known: dict[Traits, Trial] = {}
    found: dict[int, int | None] = {}
    for person in candidates:
        if person.id in choice.chosen:
            continue
        found[person.id] = None
        if others is None or not _is_open(person, choice, terms):
            continue
        if terms.method != MERIT:
            traits = traits_of(person, terms)
            if traits not in known:
                known[traits] = _trial(person, others, terms, seconds)
            if person.id not in known[traits].ids:
                found[person.id] = _price(known[traits], choice, terms)
                continue
        rest = [each for each in others if each.id != person.id]
        found[person.id] = _needed(person, rest, choice, terms, seconds)
    return found


@dataclass(frozen=True, slots=True)
class Trial:
    """The choice with one more person in for nothing: who else is in, their merit, and what is lacking."""

    ids: frozenset[int]
    merit: int
    lacking: int
    is_proven: bool


def _others(candidates: Sequence[Candidate], terms: Terms, choice: Choice) -> list[Candidate] | None:
    return standing(candidates, terms) if choice.is_proven else None


def _is_open(person: Candidate, choice: Choice, terms: Terms) -> bool:
    return person.id not in choice.chosen and person.id not in terms.excluded


def _needed(
    person: Candidate, others: Sequence[Candidate], choice: Choice, terms: Terms, seconds: float
) -> int | None:
    if terms.method == MERIT:
        return _down_the_ranking(person, others, terms)
    return _price(_trial(person, others, terms, seconds), choice, terms)


def _trial(person: Candidate, others: Sequence[Candidate], terms: Terms, seconds: float) -> Trial:
    """The newcomer stands last with merit 0 under number -1, so that `ids` tells about the others only."""
    newcomer = replace(person, id=-1, merit=0, order=max((each.order for each in others), default=0) + 1)
    forced = replace(terms, included=terms.included | {newcomer.id})
    people = [*others, newcomer]
    musts = [each for each in people if each.id in forced.included]
    dear = terms.budget is not None and sum(each.cost for each in musts) > terms.budget
    if dear or len(musts) > terms.seats:
        return Trial(frozenset(), 0, 0, is_proven=False)
    found: Found = by_targets(people, forced, solving.Clock(seconds), lambda _stage, _share: None)
    chosen = [each for each in people if each.id in found.ids]
    return Trial(found.ids, sum(each.merit for each in chosen), count(chosen, forced).total, found.is_proven)


def _price(trial: Trial, choice: Choice, terms: Terms) -> int | None:
    if not trial.is_proven or trial.lacking > choice.total_shortfall:
        return None
    if trial.lacking < choice.total_shortfall:
        return terms.floor
    return _possible(choice.merit - trial.merit + 1, terms)


def _down_the_ranking(person: Candidate, others: Sequence[Candidate], terms: Terms) -> int | None:
    """Going up from the last chosen, the first place before which a seat and enough money are left."""
    taken = by_merit(others, terms)
    seats = terms.seats - len(taken)
    money = None if terms.budget is None else terms.budget - sum(each.cost for each in taken)
    if seats > 0 and (money is None or person.cost <= money):
        return terms.floor
    for last in reversed([each for each in taken if each.id not in terms.included]):
        money = None if money is None else money + last.cost
        if money is None or person.cost <= money:
            return _possible(last.merit + 1, terms)
    return None


def _possible(merit: int, terms: Terms) -> int | None:
    needed = max(merit, terms.floor)
    return needed if needed <= FULL_MERIT else None
