"""The one place where readings are written."""

from collections.abc import Collection
from typing import Any

from apps.applications.services import begin_review
from apps.core.actors import Actor
from apps.core.lifecycle import change_many
from apps.events.services import publish_many
from apps.programs.models import Intake
from apps.reviews.enums import AssignmentStatus, Purpose
from apps.reviews.events import ReviewAssigned
from apps.reviews.extension import before_reading
from apps.reviews.models import AssignmentRun, ReviewAssignment
from apps.reviews.selectors.ties import Pair
from apps.reviews.services.rubric import rubric_of

BATCH = 1000


def locked(intake: Intake) -> Intake:
    """The intake's row, held until the transaction ends: assigning, undoing and re-checking queue here."""
    return Intake.objects.select_for_update(of=("self",)).select_related("program").get(pk=intake.pk)


def place(
    *,
    intake: Intake,
    pairs: Collection[Pair],
    actor: Actor,
    purpose: Purpose = Purpose.SELECTION,
    run: AssignmentRun | None = None,
    is_manual: bool = False,
) -> list[int]:
    """Let reviewers read: the keys of their assignments. The caller holds the intake's row.

    What must be fixed before reading is fixed first, and nobody reads without something to judge by.
    A pair whose reading was cancelled gets the same row again, with the draft that is in it.
    """
    if not pairs:
        return []
    if not ReviewAssignment.objects.counted().filter(application__intake=intake).exists():
        for fix in before_reading:
            fix(intake, actor)
    rubric_of(intake=intake, actor=actor)
    values: dict[str, Any] = {
        "purpose": purpose,
        "run": run,
        "is_manual": is_manual,
        "due_on": intake.reviews_due_on,
    }
    again = _cancelled(intake, pairs)
    change_many(
        ReviewAssignment.objects.filter(pk__in=again.values()), to=AssignmentStatus.ASSIGNED, **values
    )
    rows = ReviewAssignment.objects.bulk_create(
        [
            ReviewAssignment(application_id=application, reviewer_id=reviewer, **values)
            for application, reviewer in pairs
            if (application, reviewer) not in again
        ],
        batch_size=BATCH,
    )
    placed = {(row.application_id, row.reviewer_id): row.pk for row in rows} | again
    begin_review(application_ids=sorted({application for application, _reviewer in placed}), actor=actor)
    tell(placed, actor)
    return sorted(placed.values())


def _cancelled(intake: Intake, pairs: Collection[Pair]) -> dict[Pair, int]:
    rows = ReviewAssignment.objects.counted().filter(
        application__intake=intake, status=AssignmentStatus.CANCELLED
    )
    wanted = set(pairs)
    found = {(row[0], row[1]): row[2] for row in rows.values_list("application_id", "reviewer_id", "pk")}
    return {pair: pk for pair, pk in found.items() if pair in wanted}


def tell(placed: dict[Pair, int], actor: Actor) -> None:
    publish_many(
        [
            ReviewAssigned(assignment_id=pk, application_id=application, reviewer_id=reviewer)
            for (application, reviewer), pk in placed.items()
        ],
        actor=actor,
    )
