"""What the targets changed: who came in, who would have been in on merit alone, and what that cost."""

from collections.abc import Sequence
from dataclasses import dataclass

from apps.selection.rules.counting import count
from apps.selection.rules.terms import ONE_TO_ONE, Candidate, Choice, Terms


@dataclass(frozen=True, slots=True)
class Swap:
    """`cost` is merit lost, in thousandths of a point; with a budget it may be negative.

    `targets` are those that would lack a seat more without the person in: none for who came in by an
    override or by what others' swaps left free. A budget can leave one side empty.
    """

    out_id: int | None
    in_id: int | None
    cost: int
    targets: tuple[str, ...]


def swaps(candidates: Sequence[Candidate], merit_choice: Choice, choice: Choice, terms: Terms) -> list[Swap]:
    """Worst first. `merit_choice` is the same choice by the method "merit"; `terms` are those of `choice`.

    The best who are out stand against the best who are in, the next against the next: no other pairing has a
    worst pair that costs less, and the total is the same for all.
    """
    known = {each.id: each for each in candidates}
    out = [known[number] for number in merit_choice.chosen if number not in set(choice.chosen)]
    come = [known[number] for number in choice.chosen if number not in set(merit_choice.chosen)]
    chosen = [known[number] for number in choice.chosen]
    found = []
    for place in range(max(len(out), len(come))):
        left = out[place] if place < len(out) else None
        entered = come[place] if place < len(come) else None
        cost = (left.merit if left else 0) - (entered.merit if entered else 0)
        targets = _needed(entered, chosen, choice, terms) if entered else ()
        found.append(Swap(left and left.id, entered and entered.id, cost, targets))
    return sorted(found, key=lambda swap: -swap.cost)  # of equal cost the better placed stay first


def total_cost(found: Sequence[Swap]) -> int:
    """Merit lost in all, in thousandths of a point."""
    return sum(swap.cost for swap in found)


def mean_cost(found: Sequence[Swap]) -> int:
    """Merit lost per swap in thousandths of a point, halves rounded up; 0 without swaps."""
    return (2 * total_cost(found) + len(found)) // (2 * len(found)) if found else 0


def _needed(person: Candidate, chosen: Sequence[Candidate], choice: Choice, terms: Terms) -> tuple[str, ...]:
    """The targets and minima that would lack a seat more without this person.

    One-to-one, others may then count for another target: named is the one the person's own seat counts for.
    """
    without = count([each for each in chosen if each.id != person.id], terms).shortfall
    worse = [name for name, lacking in without.items() if lacking > choice.shortfall.get(name, 0)]
    if terms.method == ONE_TO_ONE and any(name in terms.targets for name in worse):
        worse = [choice.counted_for[person.id], *(name for name in worse if name not in terms.targets)]
    return tuple(worse)
