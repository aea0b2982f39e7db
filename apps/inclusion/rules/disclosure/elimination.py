"""What all sums taken together fix to one value: exact elimination in a prime field."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

#: Elimination over a large prime: exact, and fast with Python's integers.
PRIME = 2**61 - 1


@dataclass(frozen=True, slots=True)
class Sum:
    """`total` is the sum of `parts`; each is the key of a figure."""

    total: Hashable
    parts: tuple[Hashable, ...]

    @property
    def members(self) -> tuple[Hashable, ...]:
        return (self.total, *self.parts)


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
