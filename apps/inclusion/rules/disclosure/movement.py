"""Whether a figure may move from one release to the next.

Two releases lie side by side, so their difference is a figure as well: who came in between. A change by
less than the threshold is a small figure and must not be told.
"""

from enum import Enum


class Movement(Enum):
    #: Nothing is given away by telling the new value, if disclosure control tells it.
    FREE = "free"
    #: The value told last stays on display, and the new one is protected like any hidden figure.
    KEEP = "keep"
    #: To tell it now would tell within the threshold what was hidden then.
    STAY_HIDDEN = "stay_hidden"


def movement(*, then: int, was_told: bool, now: int, threshold: int) -> Movement:
    """`then` is the exact value at the release that told the figure last, or hid it first.

    For a kept figure that is the value on display, not the true one of the last release: small steps add up
    until they may be told together. Kept figures and those that stay hidden belong in `must_hide`.
    """
    moved = abs(now - then)
    if moved >= threshold or (was_told and moved == 0):
        return Movement.FREE
    return Movement.KEEP if was_told else Movement.STAY_HIDDEN
