"""What a choice of a cohort is made from, what it is made by, and what comes out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

ONE_TO_ALL, ONE_TO_ONE, MERIT = "one_to_all", "one_to_one", "merit"
METHODS = (ONE_TO_ALL, ONE_TO_ONE, MERIT)


class Contradiction(ValueError):
    """These candidates and terms allow no choice at all, or do not fit together; the text says why."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Whole numbers only, so that results are exact.

    `merit` is the score from 0 to 100 in thousandths of a point (0 to 100,000). `order` is the place in the
    published ranking with its tie-break, 1 for the first: unique, and never against merit. `groups` are the
    declared groups that have a target. `cost` is in minor units of the budget's currency.
    """

    id: int
    merit: int
    order: int
    groups: frozenset[str] = frozenset()
    country: str = ""
    cost: int = 0


@dataclass(frozen=True, slots=True)
class Terms:
    """The rule as fixed beforehand, and what people decided against it.

    `targets` are seats wanted per group and `minima` per country; both are soft. `included` and `excluded`
    are overrides by people; the floor, the seats and the budget hold for them too.
    """

    seats: int
    floor: int
    targets: Mapping[str, int] = field(default_factory=dict)
    minima: Mapping[str, int] = field(default_factory=dict)
    budget: int | None = None
    method: str = ONE_TO_ALL
    included: frozenset[int] = frozenset()
    excluded: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen in ranking order, and what is left wanting.

    `shortfall` has every target and every minimum (as "country:KH"), also those that are met (0).
    `is_proven` is False when time ran out; `gap` is then the most that total merit could still rise, as a
    share of it (1.0: nothing is known). `counted_for` is for one-to-one: the target a person's seat counts for.
    """

    chosen: tuple[int, ...]
    shortfall: Mapping[str, int]
    total_shortfall: int
    merit: int
    is_proven: bool = True
    gap: float = 0.0
    counted_for: Mapping[int, str] = field(default_factory=dict)


def country_key(country: str) -> str:
    return f"country:{country}"


def standing(candidates: Sequence[Candidate], terms: Terms) -> list[Candidate]:
    """Who can be chosen, in ranking order. Raises Contradiction."""
    ranked = sorted(candidates, key=lambda each: each.order)
    _check_ranking(ranked)
    _check_terms(terms)
    able = [each for each in ranked if each.merit >= terms.floor and each.id not in terms.excluded]
    _check_overrides(able, terms)
    return able


def _check_ranking(ranked: Sequence[Candidate]) -> None:
    if len({each.id for each in ranked}) < len(ranked):
        raise Contradiction("Two candidates have the same number.")
    if any(each.merit < 0 or each.cost < 0 for each in ranked):
        raise Contradiction("Merit and cost are never negative.")
    for better, worse in pairwise(ranked):
        if better.order == worse.order:
            raise Contradiction(f"Two candidates have place {better.order} in the ranking.")
        if better.merit < worse.merit:
            raise Contradiction(
                f"Place {worse.order} of the ranking has more merit than place {better.order}."
            )


def _check_terms(terms: Terms) -> None:
    if terms.method not in METHODS:
        raise Contradiction(f"There is no method {terms.method!r}.")
    numbers = [terms.seats, terms.budget or 0, *terms.targets.values(), *terms.minima.values()]
    if min(numbers) < 0:
        raise Contradiction("Seats, budget, targets and minima are never negative.")
    if clash := terms.included & terms.excluded:
        raise Contradiction(f"Both included and excluded: {sorted(clash)}.")


def _check_overrides(able: Sequence[Candidate], terms: Terms) -> None:
    forced = [each for each in able if each.id in terms.included]
    if lost := terms.included - {each.id for each in forced}:
        raise Contradiction(f"Included, but below the floor or not a candidate: {sorted(lost)}.")
    if len(forced) > terms.seats:
        raise Contradiction(f"{len(forced)} people are included for {terms.seats} seats.")
    if terms.budget is not None and sum(each.cost for each in forced) > terms.budget:
        raise Contradiction("The people included cost more than the budget.")
