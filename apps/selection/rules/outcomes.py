"""From a choice to what pages, decisions and explanations say about it. Plain data that JSON can hold."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from apps.selection.rules.choosing import break_ties_by_targets, choose
from apps.selection.rules.records import choice_as_data
from apps.selection.rules.swaps import Swap, mean_cost, swaps, total_cost
from apps.selection.rules.terms import MERIT, Candidate, Choice, Terms, country_key

#: What a mode of inclusion means for the way of choosing: targets act in the last two alone.
TIE_BREAK, RESERVE = "tie_break", "reserve"
Report = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """A choice beside the one that merit alone would give, with the queue behind it.

    `waiting` are the next best at or above the floor, in ranking order. `way` names the function of
    `rules.records.WAYS` that made the choice.
    """

    choice: Choice
    plain: Choice
    waiting: tuple[int, ...]
    swaps: tuple[Swap, ...]
    way: str


def work_out(
    candidates: Sequence[Candidate],
    terms: Terms,
    *,
    mode: str,
    waitlist_size: int,
    report: Report | None = None,
    seconds: float = 60.0,
) -> WorkedOut:
    """Choose by the rule in force; where only the ranking decides no solver is asked.

    `mode` is the inclusion mode of the money behind the seats. Raises terms.Contradiction.
    """
    plain = choose(candidates, replace(terms, method=MERIT))
    if terms.is_by_merit:
        way, choice = "choose", plain
    elif mode == TIE_BREAK:
        way = "break_ties_by_targets"
        choice = break_ties_by_targets(candidates, terms, report=report, seconds=seconds)
    else:
        way, choice = "choose", choose(candidates, terms, report=report, seconds=seconds)
    return WorkedOut(
        choice=choice,
        plain=plain,
        waiting=_waiting(candidates, terms, choice, waitlist_size),
        swaps=tuple(swaps(candidates, plain, choice, terms)),
        way=way,
    )


def _waiting(candidates: Sequence[Candidate], terms: Terms, choice: Choice, size: int) -> tuple[int, ...]:
    chosen = set(choice.chosen)
    able = [
        each.id
        for each in sorted(candidates, key=lambda each: each.order)
        if each.merit >= terms.floor and each.id not in chosen and each.id not in terms.excluded
    ]
    return tuple(able[:size])


@dataclass(frozen=True, slots=True)
class Meter:
    """One target or one country's minimum: how many the choice has, how many the rule wants."""

    key: str
    have: int
    need: int
    plain: int

    @property
    def gap(self) -> int:
        return max(0, self.need - self.have)


def meters(candidates: Sequence[Candidate], terms: Terms, worked: WorkedOut) -> list[Meter]:
    """Targets first, then countries; `plain` is what merit alone would have given."""
    chosen, plain = set(worked.choice.chosen), set(worked.plain.chosen)
    found = [
        _meter(group, need, [each.id for each in candidates if group in each.groups], chosen, plain)
        for group, need in sorted(terms.targets.items())
    ]
    for country, need in sorted(terms.minima.items()):
        members = [each.id for each in candidates if each.country == country]
        found.append(_meter(country_key(country), need, members, chosen, plain))
    return found


def _meter(key: str, need: int, members: Sequence[int], chosen: set[int], plain: set[int]) -> Meter:
    have = sum(number in chosen for number in members)
    return Meter(key, have, need, sum(number in plain for number in members))


def as_result(candidates: Sequence[Candidate], terms: Terms, worked: WorkedOut) -> dict[str, Any]:
    """What a scenario keeps: enough for its page without asking the tables of candidates again."""
    ranked = sorted(candidates, key=lambda each: each.order)
    merit = {each.id: each.merit for each in candidates}
    chosen = worked.choice.chosen
    return {
        "way": worked.way,
        "choice": choice_as_data(worked.choice),
        "order": [each.id for each in ranked],
        "merit": [each.merit for each in ranked],
        "chosen": list(chosen),
        "waiting": list(worked.waiting),
        "plain": list(worked.plain.chosen),
        "cut": merit[chosen[-1]] if chosen else None,
        "meters": [
            {"key": each.key, "have": each.have, "need": each.need, "plain": each.plain}
            for each in meters(candidates, terms, worked)
        ],
        "swaps": [
            {"out": each.out_id, "in": each.in_id, "cost": each.cost, "for": list(each.targets)}
            for each in worked.swaps
        ],
        "total_cost": total_cost(worked.swaps),
        "mean_cost": mean_cost(worked.swaps),
        "mean": _mean([merit[number] for number in chosen]),
        "shortfall": worked.choice.total_shortfall,
        "is_proven": worked.choice.is_proven,
        "gap": worked.choice.gap,
        "seats": terms.seats,
        "floor": terms.floor,
        "cost": sum(each.cost for each in candidates if each.id in set(chosen)),
        "budget": terms.budget,
    }


def _mean(merits: Sequence[int]) -> int | None:
    """In thousandths of a point, halves rounded up."""
    return (2 * sum(merits) + len(merits)) // (2 * len(merits)) if merits else None


@dataclass(frozen=True, slots=True)
class Difference:
    """One line of "compared with": `by` is how much more the other scenario has."""

    key: str
    by: int


def compare(base: Mapping[str, Any], other: Mapping[str, Any]) -> list[Difference]:
    """Seats filled, every target and country of either, mean merit (thousandths), people who differ."""
    found = [Difference("chosen", len(other["chosen"]) - len(base["chosen"]))]
    before = {each["key"]: each["have"] for each in base["meters"]}
    after = {each["key"]: each["have"] for each in other["meters"]}
    for key in sorted(before.keys() | after.keys()):
        if key in before and key in after:
            found.append(Difference(key, after[key] - before[key]))
    if base["mean"] is not None and other["mean"] is not None:
        found.append(Difference("mean", other["mean"] - base["mean"]))
    found.append(Difference("in", len(set(other["chosen"]) - set(base["chosen"]))))
    found.append(Difference("out", len(set(base["chosen"]) - set(other["chosen"]))))
    return found
