"""Who reads for an intake."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from apps.accounts.models import User
from apps.core.actors import Actor
from apps.events.services import publish
from apps.programs.events import IntakeChanged
from apps.programs.models import Intake
from apps.reviews.models import IntakeReviewer
from apps.reviews.services.calibrating import hand_out_calibration
from apps.reviews.services.placing import locked


@dataclass(frozen=True, slots=True)
class Reads:
    """In which languages (none: in all), about what, and from which panel."""

    languages: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    panel: str = ""


@transaction.atomic
def set_reviewers(
    *, intake: Intake, limits: Mapping[User, int], reads: Mapping[User, Reads] | None = None, actor: Actor
) -> None:
    """Who reads for an intake and how much each at most. Someone left out keeps what they have.

    Whoever `reads` does not name keeps their languages, topics and panel. Everyone new gets the
    applications for calibration. The intake's row is locked.
    """
    locked(intake)
    given = reads or {}
    known = {row.reviewer_id: row for row in IntakeReviewer.objects.filter(intake=intake)}
    IntakeReviewer.objects.filter(intake=intake).exclude(reviewer__in=list(limits)).delete()
    rows = [
        _row(intake, reviewer, most, given.get(reviewer), known.get(reviewer.pk))
        for reviewer, most in limits.items()
    ]
    IntakeReviewer.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["intake", "reviewer"],
        update_fields=["most_assignments", "languages", "topics", "panel"],
    )
    publish(IntakeChanged(intake_id=intake.pk, fields=["reviewers"]), actor=actor)
    hand_out_calibration(intake=intake, actor=actor)


def _row(
    intake: Intake, reviewer: User, most: int, reads: Reads | None, before: IntakeReviewer | None
) -> IntakeReviewer:
    row = IntakeReviewer(intake=intake, reviewer=reviewer, most_assignments=most)
    source = reads or before
    if source is not None:
        row.languages, row.topics, row.panel = list(source.languages), list(source.topics), source.panel
    return row


@transaction.atomic
def describe_reviewer(*, row: IntakeReviewer, reads: Reads, actor: Actor) -> None:
    """What one chosen reviewer reads from now on. What they have already stays with them."""
    IntakeReviewer.objects.filter(pk=row.pk).update(
        languages=list(reads.languages), topics=list(reads.topics), panel=reads.panel
    )
    publish(IntakeChanged(intake_id=row.intake_id, fields=["reviewers"]), actor=actor)
