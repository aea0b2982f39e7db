"""What can honestly be said to somebody who waits: how many may get a place before them."""

from collections.abc import Sequence

from apps.selection.rules.lanes import SAME_LANE_FIRST, Waiting


def before_me(waiting: Sequence[Waiting], me: Waiting, rule: str) -> tuple[int, int]:
    """The fewest and the most of those who wait now that can be promoted before `me`.

    In order both are the number who stand before me. Same lane first: the fewest is reached when every
    seat that becomes free counts towards the one of my targets with the fewest before me; the most when
    everyone behind me who has a target that I do not have finds a seat of their lane.
    """
    ahead = [each for each in waiting if (each.position, each.id) < (me.position, me.id)]
    if rule != SAME_LANE_FIRST:
        return len(ahead), len(ahead)
    behind = [each for each in waiting if (each.position, each.id) > (me.position, me.id)]
    mine = [sum(group in each.groups for each in ahead) for group in me.groups]
    return min(mine, default=len(ahead)), len(ahead) + sum(bool(each.groups - me.groups) for each in behind)
