"""A first pattern without any solver: no sum by itself gives a hidden figure away.

Most leaks are that simple, and each that is closed here saves the linear programs a round.
"""

from collections.abc import Iterator, Set

from apps.inclusion.rules.disclosure.layout import Split
from apps.inclusion.rules.disclosure.losses import Losses


def close_splits(losses: Losses, given_up: Set[int]) -> None:
    """Hide until every sum with a hidden figure has two unknown ones that are large enough together.

    Those `given_up` cannot be protected, so nothing more is lost for them.
    """
    changed = True
    while changed:
        changed = False
        for whole, split in _sums(losses):
            if _leaks(whole, split, losses, given_up):
                place = losses.least((*split.parts, whole))
                if place is not None:
                    losses.hide(place)
                    changed = True


def _sums(losses: Losses) -> Iterator[tuple[int, Split]]:
    for whole, splits in enumerate(losses.layout.splits):
        for split in splits:
            yield whole, split


def _leaks(whole: int, split: Split, losses: Losses, given_up: Set[int]) -> bool:
    figures = losses.layout.figures
    secret = [place for place in split.parts if place in losses.hidden]
    if whole in losses.hidden:
        return not secret and not split.rest and whole not in given_up
    cared_for = [place for place in secret if place not in given_up]
    if not cared_for:
        return False
    told = sum(figures[place].value for place in split.parts if place not in losses.hidden)
    needed = max(figures[place].threshold for place in cared_for) - 1
    return (len(secret) == 1 and not split.rest) or figures[whole].value - told < needed
