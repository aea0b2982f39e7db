"""Ends readings that have become tied since they were assigned."""

from collections.abc import Collection, Mapping

from django.db import transaction
from django.db.models import Q

from apps.applications.models import Application
from apps.core.actors import Actor
from apps.core.lifecycle import change_many
from apps.events.services import publish_many
from apps.programs.models import Intake
from apps.reviews.enums import AssignmentStatus
from apps.reviews.events import ConflictFound
from apps.reviews.models import Conflict, ReviewAssignment
from apps.reviews.selectors import COUNTS, REVIEWABLE, Pair, ties_between
from apps.reviews.services.placing import BATCH, locked
from apps.reviews.services.replace import find_others


@transaction.atomic
def recheck_conflicts(
    *,
    intake: Intake,
    actor: Actor,
    application_ids: Collection[int] | None = None,
    reviewer_ids: Collection[int] | None = None,
) -> int:
    """Compare what is being read with what is known now; how many readings ended.

    A reading with a tie ends at once, submitted or not, as long as the application is not decided: a
    score from somebody who may not judge does not count. The tie is kept with its kind, so the pair
    stays apart for good, and somebody else is looked for. Twice is once. The intake's row is locked,
    then the assignments in key order.
    """
    intake = locked(intake)
    rows = ReviewAssignment.objects.filter(
        application__intake=intake, application__status__in=REVIEWABLE, status__in=COUNTS
    )
    if application_ids is not None:
        rows = rows.filter(application__in=application_ids)
    if reviewer_ids is not None:
        rows = rows.filter(reviewer__in=reviewer_ids)
    open_rows = list(rows.order_by("pk").select_for_update(of=("self",)))
    if not open_rows:
        return 0
    applications = Application.objects.filter(pk__in=rows.order_by().values("application"))
    ties = ties_between(applications, {row.reviewer_id for row in open_rows})
    lost = [row for row in open_rows if (row.application_id, row.reviewer_id) in ties]
    _end(lost, ties, actor)
    find_others(intake=intake, lost=lost, actor=actor)
    return len(lost)


def _end(lost: list[ReviewAssignment], ties: Mapping[Pair, str], actor: Actor) -> None:
    pairs = {(row.application_id, row.reviewer_id) for row in lost}
    Conflict.objects.bulk_create(
        [Conflict(application_id=pk, reviewer_id=user, kind=ties[pk, user]) for pk, user in sorted(pairs)],
        ignore_conflicts=True,
        batch_size=BATCH,
    )
    change_many(
        ReviewAssignment.objects.filter(pk__in=[row.pk for row in lost]), to=AssignmentStatus.CONFLICTED
    )
    publish_many(
        [
            ConflictFound(
                assignment_id=row.pk,
                application_id=row.application_id,
                reviewer_id=row.reviewer_id,
                kind=ties[row.application_id, row.reviewer_id],
            )
            for row in lost
        ],
        actor=actor,
    )


@transaction.atomic
def recheck_application(*, application_id: int, actor: Actor) -> int:
    """The readers of one application, because it tells more than it did."""
    intakes = Intake.objects.filter(
        pk__in=Application.objects.filter(pk=application_id, status__in=REVIEWABLE).values("intake")
    )
    return sum(
        recheck_conflicts(intake=intake, application_ids=[application_id], actor=actor) for intake in intakes
    )


@transaction.atomic
def recheck_person(*, user_id: int, actor: Actor) -> int:
    """Everything this person reads or is read in, intake by intake in key order; how many ended."""
    reading = ReviewAssignment.objects.filter(status__in=COUNTS, application__status__in=REVIEWABLE)
    mine = reading.filter(Q(reviewer=user_id) | Q(application__person__user=user_id))
    ended = 0
    for intake in Intake.objects.filter(pk__in=mine.values("application__intake")).order_by("pk"):
        own = mine.filter(application__intake=intake)
        readers = {user_id} & set(own.values_list("reviewer_id", flat=True))
        if readers:
            ended += recheck_conflicts(intake=intake, reviewer_ids=readers, actor=actor)
        applied = set(own.filter(application__person__user=user_id).values_list("application_id", flat=True))
        if applied:
            ended += recheck_conflicts(intake=intake, application_ids=applied, actor=actor)
    return ended
