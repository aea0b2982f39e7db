"""What the matching is told: papers, readers, who reads what already, who must not."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from apps.applications.models import Application
from apps.programs.models import Intake
from apps.reviews.enums import AssignmentStatus
from apps.reviews.models import IntakeReviewer, ReviewAssignment, Rubric
from apps.reviews.rules.matching import Paper, Reader
from apps.reviews.selectors.answers import topics_of
from apps.reviews.selectors.readers import chosen_reviewers
from apps.reviews.selectors.statuses import COUNTS, REVIEWABLE
from apps.reviews.selectors.ties import Pair, ties_between


def papers_of(intake: Intake, only: Collection[int] | None = None) -> list[Paper]:
    """Every application to be read, or of these the ones that are, with language and topics."""
    rows = Application.objects.filter(intake=intake, status__in=REVIEWABLE).order_by("pk")
    if only is not None:
        rows = rows.filter(pk__in=only)
    question = Rubric.objects.filter(intake=intake).values_list("topic_question", flat=True).first()
    topics = topics_of(rows, question) if question else {}
    return [
        Paper(id=pk, language=language, tags=topics.get(pk, frozenset()))
        for pk, language in rows.values_list("pk", "language")
    ]


def readers_of(intake: Intake) -> list[Reader]:
    return [as_reader(row) for row in chosen_reviewers(intake)]


def as_reader(row: IntakeReviewer) -> Reader:
    return Reader(
        id=row.reviewer_id,
        most=row.most_assignments,
        languages=frozenset(row.languages),
        tags=frozenset(row.topics),
        panel=row.panel,
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """`current` pairs read now, `barred` never again: a tie, a refusal, or a coordinator's own choice."""

    current: frozenset[Pair]
    barred: frozenset[Pair]


def standing_of(intake: Intake) -> Standing:
    """Readings that count, of the whole intake. What was cancelled by the way may come back."""
    rows = ReviewAssignment.objects.counted().filter(application__intake=intake).order_by()
    by_hand = Q(status=AssignmentStatus.CANCELLED, is_manual=True)
    barred = rows.filter(Q(status__in=[AssignmentStatus.CONFLICTED, AssignmentStatus.RECUSED]) | by_hand)
    pair = ("application_id", "reviewer_id")
    return Standing(
        current=frozenset(rows.filter(status__in=COUNTS).values_list(*pair)),
        barred=frozenset(barred.values_list(*pair)),
    )


def kept_apart(intake: Intake, papers: Collection[Paper], readers: Collection[Reader]) -> frozenset[Pair]:
    """Every pair of these that must not be: ties of any kind, refusals, and choices by hand."""
    rows = Application.objects.filter(intake=intake)
    if len(papers) < 100:
        rows = rows.filter(pk__in=[paper.id for paper in papers])
    else:
        rows = rows.filter(status__in=REVIEWABLE)
    return frozenset(ties_between(rows, [reader.id for reader in readers])) | standing_of(intake).barred
