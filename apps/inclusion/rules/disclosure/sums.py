"""Hiding small figures together with whatever would give them away.

The figures of one release are linked by sums (groups make a total, programs make a kind, countries
make the whole). A figure below the threshold is hidden; then, sum by sum, further figures are hidden
until no sum has a single hidden part, the hidden parts of a sum are together not small, and no hidden
figure follows from all sums taken together (checked exactly, by elimination in a prime field).
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass

from apps.inclusion.rules.disclosure.elimination import Sum, derivable
from apps.inclusion.rules.disclosure.figures import is_small

THRESHOLD = 10


@dataclass(slots=True)
class _Hidden:
    """The keys hidden so far, and the blocks they lie in. A block is what one reads together, such as
    the groups of one country: a share needs all of them, so a block that lost one loses the next first.
    """

    figures: Mapping[Hashable, int]
    block: Callable[[Hashable], Hashable]
    keys: set[Hashable]
    spoilt: set[Hashable]
    known: frozenset[Hashable]
    keep: Callable[[Hashable], bool]

    def add(self, key: Hashable) -> None:
        self.keys.add(key)
        self.spoilt.add(self.block(key))

    def next_of(self, each: Sum, *, zero_first: bool = False) -> Hashable | None:
        """The part whose loss costs least, else the total: one not worth keeping, then one in a spoilt block,
        then the smallest that is not zero, then a zero.

        Where the hidden parts are together large enough already, a hidden zero leaves each of them any
        value up to their sum, and costs no figure that anyone reads.
        """
        shown = [key for key in each.parts if key not in self.keys and key not in self.known]
        if shown:
            return min(shown, key=lambda key: self._cost(key, zero_first))
        return each.total if each.total not in self.keys and each.total not in self.known else None

    def _cost(self, key: Hashable, zero_first: bool) -> tuple[bool, bool, bool, int, str]:
        value = self.figures[key]
        return (
            self.keep(key),
            self.block(key) not in self.spoilt,
            (value == 0) != zero_first,
            value,
            str(key),
        )


def hide(
    figures: Mapping[Hashable, int],
    sums: Sequence[Sum],
    *,
    threshold: int = THRESHOLD,
    block: Callable[[Hashable], Hashable] = lambda key: key,
    known: frozenset[Hashable] = frozenset(),
    keep: Callable[[Hashable], bool] = lambda key: False,
) -> set[Hashable]:
    """The keys to hide. The same figures give the same answer; zero is shown unless a sum needs it.

    `block` names what a figure is read together with. `known` are figures that some readers have from
    elsewhere: hiding them protects nothing. What is worth keeping (`keep`) is lost last.
    """
    small = {key for key, value in figures.items() if is_small(value, threshold)}
    if not small:
        return small
    hidden = _Hidden(figures, block, small, {block(key) for key in small}, known, keep)
    while True:
        _close_sums(sums, hidden, threshold)
        solved = derivable(hidden.keys, sums)
        if not solved:
            return hidden.keys
        if not _hide_beside(sums, hidden, solved):
            beside = (each.members for each in sums if solved & set(each.members))
            return hidden.keys.union(*beside)


def _close_sums(sums: Sequence[Sum], hidden: _Hidden, threshold: int) -> None:
    changed = True
    while changed:
        changed = False
        for each in sums:
            secret = [key for key in each.members if key in hidden.keys]
            if not secret:
                continue
            together = sum(hidden.figures[key] for key in each.parts if key in hidden.keys)
            alone = len(secret) == 1
            small = each.total not in hidden.keys and together < threshold
            key = hidden.next_of(each, zero_first=together >= threshold) if alone or small else None
            if key is not None:
                hidden.add(key)
                changed = True


def _hide_beside(sums: Sequence[Sum], hidden: _Hidden, solved: set[Hashable]) -> bool:
    """One more figure in every sum through which a hidden one is known; False when there is none left."""
    added = False
    for each in sums:
        if any(key in solved for key in each.members):
            key = hidden.next_of(each)
            if key is not None:
                hidden.add(key)
                added = True
    return added
