"""What differs between two releases of one scope."""

from collections.abc import Mapping
from dataclasses import dataclass

Place = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """A figure told differently than before. A value that is None is hidden; absent ones were not counted."""

    stage: str
    dimension: str
    group: str
    before: int | None
    now: int | None
    was_absent: bool = False
    is_absent: bool = False


def changes_between(
    before: Mapping[Place, int | None], now: Mapping[Place, int | None], order: Mapping[str, int]
) -> list[Change]:
    """`order` gives the places of stages; totals stand before groups. Equal figures are no change."""
    found = [
        Change(*place, before.get(place), now.get(place), place not in before, place not in now)
        for place in before.keys() | now.keys()
        if before.get(place) != now.get(place) or (place in before) != (place in now)
    ]
    return sorted(found, key=lambda each: (order.get(each.stage, 99), each.dimension, each.group))
