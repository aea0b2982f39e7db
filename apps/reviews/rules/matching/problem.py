"""What is asked and what is answered. A pair is (application id, reviewer id)."""

from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from enum import StrEnum

Pair = tuple[int, int]
#: Nobody's limit counts as more than so many equal shares when loads are compared.
SHARES = 4


@dataclass(frozen=True, slots=True)
class Paper:
    """An application to be read. Without a language anybody may read it."""

    id: int
    language: str = ""
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reader:
    """A reviewer, with the `most` they read, existing pairs included.

    Without languages they read every language. `panel` is where they come from ("university",
    "industry"): an application had better not be read by two of one panel. "" is no panel.
    """

    id: int
    most: int
    languages: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    panel: str = ""

    def understands(self, paper: Paper) -> bool:
        return not paper.language or not self.languages or paper.language in self.languages


class Why(StrEnum):
    """Why an application lacks readers: the first of these that holds."""

    FEW = "few"  # there are fewer reviewers than readers wanted
    TIES = "ties"  # enough reviewers, but too many of them may not read this one
    LANGUAGE = "language"  # enough who may, but too few of them read its language
    LIMITS = "limits"  # those who may and can read it have as much as they take


@dataclass(frozen=True, slots=True)
class Matching:
    """`pairs` are new; `short` says how many readers an application still lacks, `why` the reason.

    `fit` is the second objective, in points, of the new pairs (see `fit`). `is_proven` says that no
    other pairs place more readings, nor as many with a higher fit. `loads` counts existing pairs too.
    """

    pairs: list[Pair]
    short: dict[int, int] = field(default_factory=dict)
    why: dict[int, Why] = field(default_factory=dict)
    fit: int = 0
    is_proven: bool = True
    loads: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Problem:
    """One question, in the order of the ids, so that the order of asking cannot matter."""

    papers: Sequence[Paper]
    readers: Sequence[Reader]
    each: int
    conflicts: Set[Pair]
    existing: Set[Pair]
    seed: int
    had: dict[int, set[int]]  # paper: its existing readers
    load: dict[int, int]  # reader: existing pairs, of papers not asked about too
    share: int  # readings for each reader if all had the same, rounded up

    @classmethod
    def of(
        cls,
        papers: Sequence[Paper],
        readers: Sequence[Reader],
        each: int,
        conflicts: Set[Pair],
        existing: Set[Pair],
        seed: int,
    ) -> "Problem":
        """Raises ValueError when a paper or a reader is named twice."""
        for rows in (papers, readers):
            if len({row.id for row in rows}) < len(rows):
                raise ValueError("The ids of papers, and those of readers, are to differ.")
        had: dict[int, set[int]] = {}
        load = {reader.id: 0 for reader in readers}
        for paper_id, reader_id in existing:
            had.setdefault(paper_id, set()).add(reader_id)
            load[reader_id] = load.get(reader_id, 0) + 1
        wanted = sum(max(0, each - len(had.get(paper.id, ()))) for paper in papers)
        readings = wanted + sum(load[reader.id] for reader in readers)
        return cls(
            share=-(-readings // max(1, len(readers))),
            papers=sorted(papers, key=lambda paper: paper.id),
            readers=sorted(readers, key=lambda reader: reader.id),
            each=each,
            conflicts=conflicts,
            existing=existing,
            seed=seed,
            had=had,
            load=load,
        )

    def lacks(self, paper: Paper) -> int:
        return max(0, self.each - len(self.had.get(paper.id, ())))

    def full_at(self, reader: Reader) -> int:
        """As many readings as make a reader full for the comparison of loads (see `fit`)."""
        return max(1, min(reader.most, SHARES * self.share))

    def may(self, paper: Paper, reader: Reader) -> bool:
        """Whether this new pair is allowed at all, limits aside."""
        pair = (paper.id, reader.id)
        return pair not in self.conflicts and pair not in self.existing and reader.understands(paper)
