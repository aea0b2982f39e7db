"""Who reads what: each application by so many reviewers, nobody over their limit, no conflicts."""

import random
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

#: Mail hosts that say nothing about where someone works.
PUBLIC_HOSTS = frozenset(
    {
        *("gmail.com", "googlemail.com", "yahoo.com", "outlook.com", "hotmail.com", "live.com", "icloud.com"),
        *("proton.me", "protonmail.com", "mail.com", "gmx.com", "qq.com", "163.com", "yahoo.co.id"),
        *("yahoo.com.vn", "yahoo.com.ph", "yahoo.com.sg", "yahoo.co.th", "msn.com", "aol.com"),
    }
)


def shares_mail_domain(one: str, other: str) -> bool:
    """Whether two addresses belong to one employer, as far as an address can tell."""
    first, second = (address.rpartition("@")[2].lower() for address in (one, other))
    return bool(first) and first == second and first not in PUBLIC_HOSTS


@dataclass(frozen=True, slots=True)
class Matching:
    """`pairs` are new; `short` says how many readers an application still lacks."""

    pairs: list[tuple[int, int]]
    short: dict[int, int] = field(default_factory=dict)


def match(
    *,
    applications: Sequence[int],
    reviewers: Mapping[int, int],
    each: int,
    conflicts: Set[tuple[int, int]],
    existing: Set[tuple[int, int]] = frozenset(),
    seed: int = 0,
) -> Matching:
    """Add readers until every application has `each`, keeping `existing` pairs as they are.

    `reviewers` maps a reviewer to the most they read, existing pairs included; pairs are
    (application, reviewer). The least loaded free reader is taken first, and when nobody is free a
    chain of swaps is tried (an augmenting path), so an application stays short only when no
    arrangement of the new pairs could help. The same input and seed give the same result.
    """
    order = random.Random(seed)  # noqa: S311  for a repeatable order, not for secrets
    tie = {reviewer: order.random() for reviewer in sorted(reviewers)}
    table = _Table(reviewers, conflicts, existing, tie)
    queue = sorted(applications)
    order.shuffle(queue)
    short: dict[int, int] = {}
    for application in queue:
        lacking = each - table.readers_of(application)
        for _place in range(lacking):
            if not table.place(application):
                short[application] = short.get(application, 0) + 1
    return Matching(pairs=sorted(table.new), short=short)


class _Table:
    """The pairs so far, and how full everyone is."""

    def __init__(
        self,
        limits: Mapping[int, int],
        conflicts: Set[tuple[int, int]],
        existing: Set[tuple[int, int]],
        tie: Mapping[int, float],
    ) -> None:
        self.limits, self.conflicts, self.existing, self.tie = limits, conflicts, existing, tie
        self.new: set[tuple[int, int]] = set()
        self.load = dict.fromkeys(limits, 0)
        self.read_by: dict[int, set[int]] = {}
        self.reads: dict[int, set[int]] = {reviewer: set() for reviewer in limits}
        for application, reviewer in existing:
            self._note(application, reviewer)

    def _note(self, application: int, reviewer: int) -> None:
        self.load[reviewer] = self.load.get(reviewer, 0) + 1
        self.read_by.setdefault(application, set()).add(reviewer)

    def readers_of(self, application: int) -> int:
        return len(self.read_by.get(application, ()))

    def _may(self, application: int, reviewer: int) -> bool:
        return (application, reviewer) not in self.conflicts and reviewer not in self.read_by.get(
            application, set()
        )

    def _add(self, application: int, reviewer: int) -> None:
        self.new.add((application, reviewer))
        self.reads[reviewer].add(application)
        self._note(application, reviewer)

    def _drop(self, application: int, reviewer: int) -> None:
        self.new.discard((application, reviewer))
        self.reads[reviewer].discard(application)
        self.read_by[application].discard(reviewer)
        self.load[reviewer] -= 1

    def place(self, application: int) -> bool:
        free = [
            reviewer
            for reviewer, limit in self.limits.items()
            if self.load[reviewer] < limit and self._may(application, reviewer)
        ]
        if free:
            self._add(application, min(free, key=lambda each: (self.load[each], self.tie[each])))
            return True
        return self._swap(application, set())

    def _swap(self, application: int, tried: set[int]) -> bool:
        """Let a full reader hand one of their new pairs to someone else, and take this one instead."""
        full = [each for each in self.limits if each not in tried and self._may(application, each)]
        for reviewer in sorted(full, key=lambda each: self.tie[each]):
            tried.add(reviewer)
            for other in sorted(self.reads[reviewer]):
                self._drop(other, reviewer)
                self._add(application, reviewer)
                if self._place_elsewhere(other, reviewer, tried):
                    return True
                self._drop(application, reviewer)
                self._add(other, reviewer)
        return False

    def _place_elsewhere(self, application: int, not_by: int, tried: set[int]) -> bool:
        free = [
            each
            for each, limit in self.limits.items()
            if each != not_by and self.load[each] < limit and self._may(application, each)
        ]
        if free:
            self._add(application, min(free, key=lambda each: (self.load[each], self.tie[each])))
            return True
        return self._swap(application, tried)
