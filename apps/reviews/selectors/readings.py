"""The submitted readings of an intake, as the rules about quality want them."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db.models import QuerySet

from apps.programs.models import Intake
from apps.reviews.enums import AssignmentStatus, Purpose
from apps.reviews.models import IntakeReviewer, ReviewAssignment
from apps.reviews.rules.drift import Drift, drifts
from apps.reviews.rules.severity import Severity, adjusted, severities
from apps.reviews.rules.two_way import Reading
from apps.reviews.selectors.ties import Pair


def submitted(intake: Intake) -> QuerySet[ReviewAssignment]:
    """What counts towards scores."""
    rows = ReviewAssignment.objects.counted().filter(application__intake=intake)
    return rows.filter(status=AssignmentStatus.SUBMITTED, review__weighted_score__isnull=False)


@dataclass(frozen=True)
class Readings:
    """`all` in the order they were submitted; `chosen` are the pairs that were not left to chance."""

    all: list[Reading]
    chosen: frozenset[Pair]

    @cached_property
    def severities(self) -> dict[int, Severity]:
        return severities(self.all, chosen=self.chosen)

    @property
    def adjusted(self) -> dict[int, Decimal]:
        return adjusted(self.all, self.severities)

    @property
    def drifts(self) -> dict[int, Drift]:
        return drifts(self.all)


def readings_of(intake: Intake) -> Readings:
    """Every submitted reading, two statements.

    Not left to chance: what was placed by hand, third readings (asked for because others disagreed),
    and all of a reviewer who was matched by language or topic.
    """
    columns = ("application_id", "reviewer_id", "review__weighted_score", "is_manual", "purpose")
    rows = list(submitted(intake).order_by("submitted_at", "pk").values_list(*columns))
    matched = matched_reviewers(intake)
    return Readings(
        all=[Reading(application, reviewer, score) for application, reviewer, score, *_rest in rows],
        chosen=frozenset(
            (application, reviewer)
            for application, reviewer, _score, is_manual, purpose in rows
            if is_manual or purpose == Purpose.THIRD or reviewer in matched
        ),
    )


def matched_reviewers(intake: Intake) -> frozenset[int]:
    rows = IntakeReviewer.objects.filter(intake=intake).exclude(languages=[], topics=[])
    return frozenset(rows.values_list("reviewer_id", flat=True))
