"""What may be told of who came how far, to readers who know every person of each stage by name.

A coordinator sees who applied, was offered a place and accepted. What must not follow is what a few of
them answered about themselves. So the totals of a stage count as known, and in every table four cells of
each class are looked at: came this far and did not, in the class and outside it. Where one is below the
threshold, nought included, the figure is told as a range of ten values, and so are the others together,
because they follow by subtraction. What is told is a function of the classes and these
ranges alone; whatever is worked out from it (rates, verdicts) therefore says nothing more.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from apps.inclusion.rules.cube import THRESHOLD

#: Answers that are told together, for example ("man", "another").
Class = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Range:
    """A figure, or the values it may have."""

    low: int
    high: int

    @property
    def is_exact(self) -> bool:
        return self.low == self.high

    @property
    def width(self) -> int:
        return self.high - self.low + 1


@dataclass(frozen=True, slots=True)
class Table:
    """How many of those who came to `base` came to `stage`, by class."""

    stage: str
    base: str
    pool: Mapping[Class, int]
    reached: Mapping[Class, Range]

    @property
    def is_exact(self) -> bool:
        return _are_exact(self.reached)


def exactly(count: int) -> Range:
    return Range(count, count)


def is_small(count: int) -> bool:
    """Nought too: that nobody of a group was chosen tells something about everyone who was."""
    return count < THRESHOLD


def classes(counts: Mapping[str, int], groups: Sequence[Class], silent: Class) -> tuple[Class, ...]:
    """The answers that are told each alone, and those that are told together; () for nothing.

    `groups` are the two that released figures know: the one that is looked for and the rest. Both must
    be large enough. Each falls into its answers when all of them are; too few silent people are told
    with the rest. A finer division would give small figures away beside a release.
    """
    if any(is_small(_sum(counts, group)) for group in groups):
        return ()
    if is_small(_sum(counts, silent)):
        focus, rest = groups
        return (*_split(counts, focus), (*rest, *silent))
    return tuple(part for group in (*groups, silent) for part in _split(counts, group))


def _split(counts: Mapping[str, int], group: Class) -> tuple[Class, ...]:
    parts_are_large = not any(is_small(counts.get(answer, 0)) for answer in group)
    return tuple((answer,) for answer in group) if parts_are_large else (group,)


def largest_alone(counts: Mapping[str, int]) -> tuple[Class, ...]:
    """For answers without an order, such as countries: each alone that is large enough, the others together.

    The smallest of the large joins the others while these are too few.
    """
    by_size = sorted(counts, key=lambda each: (-counts[each], each))
    alone = [each for each in by_size if not is_small(counts[each])]
    others = [each for each in by_size if is_small(counts[each])]
    while others and alone and is_small(_sum(counts, others)):
        others.insert(0, alone.pop())
    told = [(each,) for each in alone] + ([tuple(sorted(others))] if others else [])
    return tuple(told) if len(told) > 1 else ()


def _sum(counts: Mapping[str, int], answers: Iterable[str]) -> int:
    return sum(counts.get(answer, 0) for answer in answers)


def fold(counts: Mapping[str, int], told: Sequence[Class]) -> dict[Class, int]:
    return {each: _sum(counts, each) for each in told}


def mask(pool: Mapping[Class, int], reached: Mapping[Class, int]) -> dict[Class, Range]:
    """Class by class, each against all that come after it: exactly, or as one end of what it may be.

    The totals are known, so a class may have any value from `least` to `most`. Exact is what lies ten or
    more from both ends: then none of the four cells is small. Else the ten values at that end are told,
    and those after it together. With fewer than two tens there are no two ends; then the rest is told
    together, or nothing at all ({}). Whichever is told, at least ten values look the same.
    """
    told: dict[Class, Range] = {}
    left = list(pool)
    while len(left) > 1:
        first, rest = left[0], left[1:]
        total = sum(reached[each] for each in left)
        least = max(0, total - sum(pool[each] for each in rest))
        most = min(pool[first], total)
        if most - least + 1 < 2 * THRESHOLD:
            return told | {_together(left): exactly(total)} if told else {}
        if not least + THRESHOLD <= reached[first] <= most - THRESHOLD:
            end = _end(least, most, reached[first])
            return told | {first: end, _together(rest): Range(total - end.high, total - end.low)}
        told[first] = exactly(reached[first])
        left = rest
    return told | {left[0]: exactly(reached[left[0]])}


def _end(least: int, most: int, count: int) -> Range:
    is_low = count < least + THRESHOLD
    return Range(least, least + THRESHOLD - 1) if is_low else Range(most - THRESHOLD + 1, most)


def _together(parts: Sequence[Class]) -> Class:
    return tuple(answer for each in parts for answer in each)


def tell(told: Sequence[Class], counts: Mapping[str, Mapping[str, int]]) -> list[Table]:
    """The tables that can be told, up to the offer. `counts` holds those who came to each stage, by answer.

    First who was offered a place, because it matters most. Where that is exact, those who were not fall
    into eligible and not, and the eligible into reviewed and not (and those who were offered, later, into
    accepted and not). So each division is of people whose classes are known exactly, whatever the
    others tell, and no difference between two tables is small.
    """
    everyone = fold(counts["applied"], told)
    chosen = mask(everyone, fold(counts["offered"], told))
    if not chosen:
        return []
    offered = Table("offered", "applied", _regroup(everyone, list(chosen)), chosen)
    if not offered.is_exact:
        return [offered]
    return [*_among_the_others(offered.pool, fold(counts["offered"], list(chosen)), counts), offered]


def _among_the_others(
    pool: Mapping[Class, int], offered: Mapping[Class, int], counts: Mapping[str, Mapping[str, int]]
) -> list[Table]:
    """Eligible of all, and reviewed of the eligible: who was offered a place is both."""
    others = _less(pool, offered)
    tables: list[Table] = []
    base = "applied"
    for stage in ("eligible", "reviewed"):
        came = _less(fold(counts[stage], list(pool)), offered)
        ranges = mask(others, came)
        if not ranges:
            break
        chosen = _regroup(offered, list(ranges))
        reached = {each: Range(chosen[each] + n.low, chosen[each] + n.high) for each, n in ranges.items()}
        tables.append(Table(stage, base, _regroup(pool, list(ranges)), reached))
        if not tables[-1].is_exact:
            break
        base, offered = stage, chosen
        pool = {each: n.low for each, n in reached.items()}
        others = _less(pool, offered)
    return tables


def tell_onwards(offered: Table, counts: Mapping[str, Mapping[str, int]]) -> list[Table]:
    """Accepted of those who were offered a place, and enrolled of the accepted; each from an exact table.

    Nothing where more of a class came on than were there: somebody changed an answer since.
    """
    tables: list[Table] = []
    table = offered
    for stage in ("accepted", "enrolled"):
        if not table.is_exact:
            break
        pool = {each: n.low for each, n in table.reached.items()}
        came = fold(counts[stage], list(pool))
        ranges = mask(pool, came) if all(came[each] <= pool[each] for each in pool) else {}
        if not ranges:
            break
        table = Table(stage, table.stage, _regroup(pool, list(ranges)), ranges)
        tables.append(table)
    return tables


def _less(pool: Mapping[Class, int], some: Mapping[Class, int]) -> dict[Class, int]:
    return {each: count - some[each] for each, count in pool.items()}


def tell_openly(told: Sequence[Class], stages: Sequence[tuple[str, Mapping[str, int]]]) -> list[Table]:
    """What staff see beside every name, such as the country: each stage of the one before, nothing hidden."""
    return [
        Table(stage, base, fold(before, told), {each: exactly(n) for each, n in fold(counts, told).items()})
        for (base, before), (stage, counts) in pairwise(stages)
    ]


def _are_exact(ranges: Mapping[Class, Range]) -> bool:
    return bool(ranges) and all(each.is_exact for each in ranges.values())


def _regroup(pool: Mapping[Class, int], parts: Sequence[Class]) -> dict[Class, int]:
    return {part: sum(n for each, n in pool.items() if set(each) <= set(part)) for part in parts}


def beside(table: Table, stage: str, counts: Mapping[str, int], swapped: tuple[int, int]) -> Table | None:
    """A second list counted from the same base (the first by merit), told beside an exact table, or None.

    `swapped`: how many are in the second list alone and how many in the first alone. Both are known by
    name, and the difference of the two figures is the difference of their counts: at least ten values
    must be left to each.
    """
    ranges = mask(table.pool, fold(counts, list(table.pool)))
    if not (table.is_exact and _are_exact(ranges) and ranges.keys() == table.pool.keys()):
        return None
    came, went = swapped
    for each, here in table.reached.items():
        more = ranges[each].low - here.low
        most = min(came, went + more, table.pool[each] - here.low, here.low + more)
        if most - max(0, more) + 1 < THRESHOLD:
            return None
    return Table(stage, table.base, table.pool, ranges)


def says_more_than_released(
    tables: Sequence[Table], groups: Mapping[str, Class], released: Mapping[str, set[str]]
) -> bool:
    """Whether a released figure of the same program shows, at some stage, a group that a table does not.

    Together they could fix what both hide. A release that shows two of the three groups shows the third
    to whoever knows the total, and there is nothing left to add.
    """
    for table in tables:
        exact = {answer for each, told in table.reached.items() if told.is_exact for answer in each}
        split = {answer for each in table.pool for answer in each if _is_whole(each, groups)}
        ours = {name for name, answers in groups.items() if set(answers) <= exact & split}
        shown = released.get(table.stage, set())
        if len(shown) < 2 and not shown <= ours:
            return True
    return False


def _is_whole(each: Class, groups: Mapping[str, Class]) -> bool:
    """A class within one group, not one that joins two."""
    return any(set(each) <= set(answers) for answers in groups.values())
