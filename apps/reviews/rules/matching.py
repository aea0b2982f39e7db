"""Who reads what: each application by so many reviewers, nobody over their limit, no conflicts."""

import random
from collections import deque
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from enum import StrEnum

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


class Why(StrEnum):
    """Why an application lacks readers."""

    FEW = "few"  # there are fewer reviewers than readers wanted
    TIES = "ties"  # enough reviewers, but too many of them may not read this one
    LIMITS = "limits"  # those who may read it have as much as they take


@dataclass(frozen=True, slots=True)
class Matching:
    """`pairs` are new; `short` says how many readers an application still lacks, `why` the reason."""

    pairs: list[tuple[int, int]]
    short: dict[int, int] = field(default_factory=dict)
    why: dict[int, Why] = field(default_factory=dict)


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
    (application, reviewer). The least loaded free reader is taken first, and when nobody is free the
    shortest chain of swaps is looked for (an augmenting path), so an application stays short only
    when no arrangement of the new pairs could help. The same input and seed give the same result.
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
    why = {application: table.why_short(application, each) for application in short}
    return Matching(pairs=sorted(table.new), short=short, why=why)


class _Table:
    """The pairs so far, and how full everyone is."""

    def __init__(
        self,
        limits: Mapping[int, int],
        conflicts: Set[tuple[int, int]],
        existing: Set[tuple[int, int]],
        tie: Mapping[int, float],
    ) -> None:
        self.limits, self.conflicts, self.tie = limits, conflicts, tie
        self.new: set[tuple[int, int]] = set()
        self.load = dict.fromkeys(limits, 0)
        self.read_by: dict[int, set[int]] = {}
        #: New pairs only, in the order they were made: these may move to someone else.
        self.reads: dict[int, dict[int, None]] = {reviewer: {} for reviewer in limits}
        #: Full, and no chain of swaps leads out: a failed search proves it for good.
        self.used_up: set[int] = set()
        for application, reviewer in existing:
            self._note(application, reviewer)

    def _note(self, application: int, reviewer: int) -> None:
        self.load[reviewer] = self.load.get(reviewer, 0) + 1
        self.read_by.setdefault(application, set()).add(reviewer)

    def readers_of(self, application: int) -> int:
        return len(self.read_by.get(application, ()))

    def _may(self, application: int, reviewer: int) -> bool:
        return (application, reviewer) not in self.conflicts and reviewer not in self.read_by.get(
            application, ()
        )

    def place(self, application: int) -> bool:
        """One more reader for `application`, by the shortest chain; False when there is none."""
        wanted_by: dict[int, int] = {}  # reviewer: the application that would go to them
        released_by: dict[int, int] = {}  # application: the reviewer who would give it away
        waiting = deque([application])
        while waiting:
            current = waiting.popleft()
            able = [
                reviewer
                for reviewer in self.limits
                if reviewer not in wanted_by and reviewer not in self.used_up and self._may(current, reviewer)
            ]
            free = [reviewer for reviewer in able if self.load[reviewer] < self.limits[reviewer]]
            if free:
                taker = min(free, key=lambda each: (self.load[each], self.tie[each]))
                wanted_by[taker] = current
                self._move_along(taker, wanted_by, released_by)
                return True
            for reviewer in sorted(able, key=lambda each: self.tie[each]):
                wanted_by[reviewer] = current
                for other in self.reads[reviewer]:
                    if other != application and other not in released_by:
                        released_by[other] = reviewer
                        waiting.append(other)
        self.used_up.update(wanted_by)
        return False

    def _move_along(self, taker: int, wanted_by: dict[int, int], released_by: dict[int, int]) -> None:
        """Follow the chain from its free end back to the application that began it."""
        while True:
            application = wanted_by[taker]
            giver = released_by.get(application)
            self.new.add((application, taker))
            self.reads[taker][application] = None
            self._note(application, taker)
            if giver is None:
                return
            self.new.discard((application, giver))
            del self.reads[giver][application]
            self.read_by[application].discard(giver)
            self.load[giver] -= 1
            taker = giver

    def why_short(self, application: int, each: int) -> Why:
        if len(self.limits) < each:
            return Why.FEW
        untied = sum((application, reviewer) not in self.conflicts for reviewer in self.limits)
        return Why.TIES if untied < each else Why.LIMITS
