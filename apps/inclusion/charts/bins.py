"""Bins of a map: told in words and drawn as patterns, so that no colour has to be told from another."""

from collections.abc import Sequence
from dataclasses import dataclass

from apps.inclusion.charts.canvas import Measure

#: As many patterns as can be told apart; from empty to full.
MOST = 4
#: Marks beside the bins: a hidden figure, and a state of which the release has no figure.
HIDDEN_MARK, ABSENT_MARK = "hidden", "absent"


@dataclass(frozen=True, slots=True)
class Bin:
    """From `least` upwards, up to where the next bin begins. The first also takes what is below it."""

    least: float
    words: str


@dataclass(frozen=True, slots=True)
class State:
    """`code` is ISO 3166-1 alpha-2; `name` is in the reader's language."""

    code: str
    name: str
    measure: Measure


def mark_of(state: State | None, bins: Sequence[Bin]) -> str:
    if state is None:
        return ABSENT_MARK
    if state.measure.value is None:
        return HIDDEN_MARK
    value = state.measure.value
    return f"b{max(sum(each.least <= value for each in bins), 1)}"


def marks(bins: Sequence[Bin], *, signs: Sequence[str]) -> list[tuple[str, str]]:
    """The legend. Raises ValueError for more bins than there are patterns, or bins out of order."""
    if len(bins) > MOST or [each.least for each in bins] != sorted(each.least for each in bins):
        raise ValueError(f"at most {MOST} bins, in ascending order")
    found = [(f"b{number}", each.words) for number, each in enumerate(bins, 1)]
    return [*found, (HIDDEN_MARK, ", ".join(signs))] if signs else found
