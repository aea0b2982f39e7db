"""Looking for somebody else when a reader steps back."""

from collections import Counter
from collections.abc import Iterable, Mapping

from apps.core.actors import Actor
from apps.programs.models import Intake
from apps.reviews.enums import Purpose
from apps.reviews.models import ReviewAssignment
from apps.reviews.rules.matching import match
from apps.reviews.selectors import kept_apart, papers_of, readers_of, standing_of
from apps.reviews.services.placing import place


def find_others(*, intake: Intake, lost: Iterable[ReviewAssignment], actor: Actor) -> list[int]:
    """One more reader for each reading of `lost` that counted, when anyone may; else the progress page
    shows the application short. The caller holds the intake's row.
    """
    wanted: dict[str, dict[int, int]] = {}
    for row in lost:
        if row.purpose != Purpose.CALIBRATION:
            of_purpose = wanted.setdefault(row.purpose, {})
            of_purpose[row.application_id] = of_purpose.get(row.application_id, 0) + 1
    return [
        pk
        for purpose, counts in sorted(wanted.items())
        for pk in add_readers(intake=intake, counts=counts, purpose=Purpose(purpose), actor=actor)
    ]


def add_readers(*, intake: Intake, counts: Mapping[int, int], purpose: Purpose, actor: Actor) -> list[int]:
    """So many more readers for each application. One matching for all that end with the same number."""
    readers = readers_of(intake)
    papers = {paper.id: paper for paper in papers_of(intake, counts)}
    apart = kept_apart(intake, papers.values(), readers) if papers else frozenset()
    current = set(standing_of(intake).current)
    goals: dict[int, list[int]] = {}
    reading = Counter(application for application, _reviewer in current)
    for application in papers:
        goals.setdefault(reading[application] + counts[application], []).append(application)
    pairs: list[tuple[int, int]] = []
    for each, applications in sorted(goals.items()):
        found = match(
            papers=[papers[pk] for pk in applications],
            readers=readers,
            each=each,
            conflicts=apart,
            existing=frozenset(current),
            seed=intake.pk,
        )
        pairs += found.pairs
        current |= set(found.pairs)
    return place(intake=intake, pairs=pairs, purpose=purpose, actor=actor)
