"""Shares, rates and intervals as a page should say them, worked out from what a release tells."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import floor, sqrt

from tests.inclusion.real.source import STAGES

#: (stage, dimension, group) → the told figure and whether it is kept; None where it is hidden.
Told = Mapping[tuple[str, str, str], tuple[int | None, bool]]
FOCUS = {"gender": "woman", "residence": "rural", "disability": "yes", "age": "under_25"}
OTHERS = {"gender": "other", "residence": "other", "disability": "no", "age": "other"}
HIDDEN, NOT_TOLD = "[c]", "[x]"
Z = 1.959963984540054


def number(told: Told, stage: str, dimension: str = "", group: str = "") -> int | None:
    """None as well where nothing is released."""
    return told.get((stage, dimension, group), (None, False))[0]


def words(told: Told, stage: str, dimension: str = "", group: str = "") -> str:
    value, is_kept = told.get((stage, dimension, group), (None, False))
    return f"{HIDDEN if value is None else value}{' [k]' if is_kept else ''}"


def plain(value: int | None) -> str:
    return HIDDEN if value is None else str(value)


@dataclass(frozen=True)
class Part:
    """`count` of those who `answered`, who are of `everyone`."""

    count: int
    answered: int
    everyone: int

    @property
    def is_told(self) -> bool:
        return self.answered >= 20 and 10 * (self.everyone - self.answered) <= 4 * self.everyone

    @property
    def percent(self) -> int | None:
        return percent(self.count, self.answered) if self.is_told else None

    @property
    def needs_care(self) -> bool:
        return 5 * (self.everyone - self.answered) > self.everyone


def part_of(told: Told, stage: str, *names: str) -> Part | None:
    """Of one question the group looked for, of several those in all of the groups; None where one is hidden."""
    if len(names) == 1:
        return detail_of(told, stage, names[0], FOCUS[names[0]])
    wanted = number(told, stage, "+".join(names), "+".join(FOCUS[each] for each in names))
    everyone = number(told, stage)
    pairs = [f"{one}+{two}" for one in _both(names[0]) for two in _both(names[1])]
    parts = [
        number(told, stage, "+".join(names), each) for each in (pairs if len(names) == 2 else ["stated"])
    ]
    if wanted is None or everyone is None or None in parts:
        return None
    stated = max(wanted, sum(each or 0 for each in parts))
    return Part(wanted, stated, max(everyone, stated))


def detail_of(told: Told, stage: str, name: str, group: str) -> Part | None:
    wanted, silent = (number(told, stage, name, each) for each in (group, "not_stated"))
    answered = [number(told, stage, name, each) for each in _both(name)]
    if wanted is None or silent is None or None in answered:
        return None
    stated = sum(each or 0 for each in answered)
    return Part(min(wanted, stated), stated, stated + silent)


def _both(name: str) -> tuple[str, str]:
    return FOCUS[name], OTHERS[name]


def share_words(part: Part | None, *, is_kept: bool = False) -> str:
    if part is None:
        return HIDDEN
    if not part.is_told:
        return NOT_TOLD
    signs = f"{' [u]' if part.needs_care else ''}{' [k]' if is_kept else ''}"
    return f"{percent(part.count, part.answered)} % ({part.count} of {part.answered}){signs}"


def sure_words(part: Part | None) -> str:
    return range_words(part.count, part.answered) if part and part.is_told else "–"


def answered_words(part: Part | None) -> str:
    if part is None or not part.everyone:
        return HIDDEN
    return f"{percent(part.answered, part.everyone)} % ({part.answered} of {part.everyone})"


def percent(count: int, of: int) -> int:
    """Halves go up."""
    return (200 * count + of) // (2 * of)


def range_words(count: int, of: int) -> str:
    """Wilson's 95 % interval in whole percent."""
    low, high = (floor(100 * end + 0.5) for end in wilson(count, of))
    return f"{low} to {high} %"


def wilson(count: int, of: int) -> tuple[float, float]:
    share, scale = count / of, 1 + Z * Z / of
    middle = (share + Z * Z / (2 * of)) / scale
    half = Z / scale * sqrt(share * (1 - share) / of + Z * Z / (4 * of * of))
    return (0.0 if not count else middle - half), (1.0 if count == of else middle + half)


def going_on(told: Told, place: tuple[str, str]) -> list[str]:
    """For each step how many of a group went on, and the gap to everyone."""
    cells = []
    for before, after in pairwise(STAGES):
        rate, all_of_them = (_step(told, before, after, each) for each in (place, ("", "")))
        cells += [_rate_words(told, before, after, place), "–"]
        if place != ("", "") and rate and all_of_them:
            cells[-1] = _gap_words(rate, all_of_them)
    return cells


def _step(told: Told, before: str, after: str, place: tuple[str, str]) -> tuple[int, int] | None:
    """None where it is hidden, or fewer than twenty began."""
    began, came = number(told, before, *place), number(told, after, *place)
    return (min(came, began), began) if began is not None and came is not None and began >= 20 else None


def _rate_words(told: Told, before: str, after: str, place: tuple[str, str]) -> str:
    step = _step(told, before, after, place)
    if step is None:
        is_hidden = None in (number(told, before, *place), number(told, after, *place))
        return HIDDEN if is_hidden else NOT_TOLD
    return f"{percent(*step)} % ({range_words(*step)})"


def _gap_words(step: tuple[int, int], all_of_them: tuple[int, int]) -> str:
    everyone = all_of_them[0] / all_of_them[1]
    points = floor(100 * (step[0] / step[1] - everyone) + 0.5)
    low, high = wilson(*step)
    chance = ", may be chance" if points and low <= everyone <= high else ""
    return f"{f'{points:+d}'.replace('-', '−') if points else '0'} points{chance}"
