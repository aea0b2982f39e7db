"""Whether the readers fit the applications: for each language and topic, how many of either."""

from collections.abc import Sequence
from dataclasses import dataclass

from apps.reviews.rules.matching import Paper, Reader


@dataclass(frozen=True, slots=True)
class Coverage:
    """`room` is the most these readers take together, whatever else they read."""

    name: str
    papers: int
    readers: int
    room: int


def languages_covered(papers: Sequence[Paper], readers: Sequence[Reader]) -> list[Coverage]:
    """A reader without languages reads every one."""
    return [
        _coverage(
            language,
            [paper for paper in papers if paper.language == language],
            [reader for reader in readers if not reader.languages or language in reader.languages],
        )
        for language in sorted({paper.language for paper in papers})
    ]


def topics_covered(papers: Sequence[Paper], readers: Sequence[Reader]) -> list[Coverage]:
    return [
        _coverage(
            topic,
            [paper for paper in papers if topic in paper.tags],
            [reader for reader in readers if topic in reader.tags],
        )
        for topic in sorted({topic for paper in papers for topic in paper.tags})
    ]


def _coverage(name: str, papers: Sequence[Paper], readers: Sequence[Reader]) -> Coverage:
    return Coverage(name, len(papers), len(readers), sum(reader.most for reader in readers))
