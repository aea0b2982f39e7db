"""Who moves up from the waitlist when a seat becomes free."""

from collections.abc import Sequence
from dataclasses import dataclass

IN_ORDER, SAME_LANE_FIRST = "in_order", "same_lane_first"
RULES = (IN_ORDER, SAME_LANE_FIRST)


@dataclass(frozen=True, slots=True)
class Waiting:
    """`groups` are those declared groups of this person that have a target."""

    id: int
    position: int
    groups: frozenset[str] = frozenset()


def next_in_line(waiting: Sequence[Waiting], freed_groups: frozenset[str], rule: str) -> Waiting | None:
    """The first who waits; by "same_lane_first" the first of those who share a group with the freed seat.

    When nobody shares one, or the seat had none, the first of all. None when nobody waits. Raises
    ValueError for an unknown rule.
    """
    if rule not in RULES:
        raise ValueError(f"There is no rule {rule!r} for the waitlist.")
    line = sorted(waiting, key=lambda each: (each.position, each.id))
    if rule == SAME_LANE_FIRST:
        line.sort(key=lambda each: not each.groups & freed_groups)
    return line[0] if line else None
