"""Hiding small figures together with whatever would give them away.

The figures of one release are linked by sums (groups make a total, programs make a kind, countries
make the whole). A figure below the threshold is hidden; then, sum by sum, further figures are hidden
until no sum has a single hidden part, the hidden parts of a sum are together not small, and no hidden
figure follows from all sums taken together (checked exactly, by elimination in a prime field).
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

#: Elimination over a large prime: exact, and fast with Python's integers.
PRIME = 2**61 - 1
THRESHOLD = 10


@dataclass(frozen=True, slots=True)
class Sum:
    """`total` is the sum of `parts`; each is the key of a figure."""

    total: Hashable
    parts: tuple[Hashable, ...]

    @property
    def members(self) -> tuple[Hashable, ...]:
        return (self.total, *self.parts)


def is_small(value: int, threshold: int) -> bool:
    return 0 < value < threshold


def hide(
    figures: Mapping[Hashable, int], sums: Sequence[Sum], *, threshold: int = THRESHOLD
) -> set[Hashable]:
    """The keys to hide. The same figures give the same answer; zero is shown unless a sum needs it."""
    hidden = {key for key, value in figures.items() if is_small(value, threshold)}
    if not hidden:
        return hidden
    while True:
        _close_sums(figures, sums, hidden, threshold)
        known = derivable(hidden, sums)
        if not known:
            return hidden
        if not _hide_beside(figures, sums, hidden, known):
            return hidden | {key for each in sums if set(each.members) & known for key in each.members}


def _close_sums(
    figures: Mapping[Hashable, int], sums: Sequence[Sum], hidden: set[Hashable], threshold: int
) -> None:
    changed = True
    while changed:
        changed = False
        for each in sums:
            secret = [key for key in each.members if key in hidden]
            if not secret:
                continue
            parts = [key for key in each.parts if key in hidden]
            together = sum(figures[key] for key in parts)
            alone = len(secret) == 1
            small = each.total not in hidden and together < threshold
            zero_will_do = together >= threshold
            key = _next_to_hide(figures, each, hidden, zero_first=zero_will_do) if alone or small else None
            if key is not None:
                hidden.add(key)
                changed = True


def _next_to_hide(
    figures: Mapping[Hashable, int], each: Sum, hidden: set[Hashable], *, zero_first: bool = False
) -> Hashable | None:
    """The smallest shown part that is not zero, else a zero, else the total: little is lost each time.

    Where the hidden parts are together large enough already, a hidden zero leaves each of them any
    value up to their sum, and costs no figure that anyone reads.
    """
    shown = [key for key in each.parts if key not in hidden]
    shown.sort(key=lambda key: ((figures[key] == 0) != zero_first, figures[key], str(key)))
    if shown:
        return shown[0]
    return each.total if each.total not in hidden else None


def _hide_beside(
    figures: Mapping[Hashable, int], sums: Sequence[Sum], hidden: set[Hashable], known: set[Hashable]
) -> bool:
    """One more figure in every sum through which a hidden one is known; False when there is none left."""
    added = False
    for each in sums:
        if any(key in known for key in each.members):
            key = _next_to_hide(figures, each, hidden)
            if key is not None:
                hidden.add(key)
                added = True
    return added


def derivable(hidden: Iterable[Hashable], sums: Sequence[Sum]) -> set[Hashable]:
    """The hidden figures that all sums together fix to one value.

    Each sum with hidden members is an equation in them; a figure is fixed exactly when the reduced
    equations contain one in it alone.
    """
    unknown = set(hidden)
    rows: dict[Hashable, dict[Hashable, int]] = {}
    for each in sums:
        row: dict[Hashable, int] = {}
        for key in each.parts:
            if key in unknown:
                row[key] = row.get(key, 0) + 1
        if each.total in unknown:
            row[each.total] = (row.get(each.total, 0) - 1) % PRIME
        _reduce(row, rows)
    return {next(iter(row)) for row in rows.values() if len(row) == 1}


def _reduce(row: dict[Hashable, int], rows: dict[Hashable, dict[Hashable, int]]) -> None:
    """Gauss–Jordan, one equation at a time; `rows` maps each pivot to its reduced equation."""
    for key in list(row):
        if key in rows and row.get(key):
            _subtract(row, rows[key], row[key])
    row = {key: value for key, value in row.items() if value}
    if not row:
        return
    pivot = min(row, key=str)
    inverse = pow(row[pivot], PRIME - 2, PRIME)
    row = {key: value * inverse % PRIME for key, value in row.items()}
    for other in rows.values():
        if other.get(pivot):
            _subtract(other, row, other[pivot])
    rows[pivot] = row


def _subtract(row: dict[Hashable, int], other: Mapping[Hashable, int], times: int) -> None:
    for key, value in other.items():
        left = (row.get(key, 0) - times * value) % PRIME
        if left:
            row[key] = left
        else:
            row.pop(key, None)
