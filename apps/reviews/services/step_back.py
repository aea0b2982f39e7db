"""Readings that end before they are done."""

from django.db import transaction
from django.db.models import QuerySet

from apps.accounts.enums import Role
from apps.accounts.models import Membership
from apps.core.actors import Actor
from apps.core.lifecycle import change, change_many
from apps.events.services import publish, publish_many
from apps.programs.models import Intake
from apps.reviews.enums import AssignmentStatus, ConflictKind
from apps.reviews.events import ConflictDeclared, ReviewCancelled, ReviewerRecused
from apps.reviews.models import Conflict, ReviewAssignment
from apps.reviews.selectors import COUNTS, TO_DO
from apps.reviews.services.placing import locked
from apps.reviews.services.replace import find_others


@transaction.atomic
def declare_conflict(*, assignment: ReviewAssignment, explanation: str, actor: Actor) -> None:
    """The reviewer knows the applicant: access ends now, the pair stays apart, someone else reads.

    What else they read of the same application (for calibration, or for the selection) ends with it.
    """
    intake = locked(assignment.application.intake)
    change(assignment, to=AssignmentStatus.CONFLICTED)
    Conflict.objects.get_or_create(
        application_id=assignment.application_id,
        reviewer_id=assignment.reviewer_id,
        defaults={"kind": ConflictKind.DECLARED, "explanation": explanation[:500]},
    )
    pair = ReviewAssignment.objects.filter(
        application=assignment.application_id, reviewer=assignment.reviewer_id, status__in=COUNTS
    )
    lost = [assignment, *pair.select_for_update()]
    change_many(pair, to=AssignmentStatus.CONFLICTED)
    publish(
        ConflictDeclared(
            assignment_id=assignment.pk,
            application_id=assignment.application_id,
            reviewer_id=assignment.reviewer_id,
        ),
        actor=actor,
    )
    find_others(intake=intake, lost=lost, actor=actor)


@transaction.atomic
def recuse(*, assignment: ReviewAssignment, actor: Actor) -> None:
    """The reviewer cannot read this one, for any other reason."""
    intake = locked(assignment.application.intake)
    change(assignment, to=AssignmentStatus.RECUSED)
    publish(
        ReviewerRecused(
            assignment_id=assignment.pk,
            application_id=assignment.application_id,
            reviewer_id=assignment.reviewer_id,
        ),
        actor=actor,
    )
    find_others(intake=intake, lost=[assignment], actor=actor)


@transaction.atomic
def cancel_assignments(*, application_id: int, actor: Actor, also_calibration: bool = False) -> int:
    """Nobody needs to read this application any more: end what is not submitted. Twice is once.

    A reading for calibration goes on unless told otherwise: it is not about the outcome.
    """
    rows = ReviewAssignment.objects.filter(application=application_id, status__in=TO_DO)
    if not also_calibration:
        rows = rows.counted()
    ending = list(rows.order_by("pk").select_for_update().values_list("pk", flat=True))
    change_many(ReviewAssignment.objects.filter(pk__in=ending), to=AssignmentStatus.CANCELLED)
    publish_many(
        [ReviewCancelled(assignment_id=pk, application_id=application_id) for pk in ending], actor=actor
    )
    return len(ending)


@transaction.atomic
def release_reviewer(*, reviewer_id: int, organisation_id: int, actor: Actor) -> int:
    """Somebody no longer reviews for an organisation: others read what they had not submitted.

    Does nothing when they hold the role (again). Twice is once. Intakes one after the other, in key
    order.
    """
    roles = Membership.objects.current()
    if roles.filter(user=reviewer_id, organisation=organisation_id, role=Role.REVIEWER).exists():
        return 0
    mine = ReviewAssignment.objects.filter(
        reviewer=reviewer_id, application__intake__program__organisation=organisation_id, status__in=TO_DO
    )
    ids = mine.order_by("application__intake").values_list("application__intake", flat=True).distinct()
    return sum(
        _release(locked(intake), mine, actor)
        for intake in Intake.objects.filter(pk__in=list(ids)).order_by("pk")
    )


def _release(intake: Intake, mine: QuerySet[ReviewAssignment], actor: Actor) -> int:
    rows = mine.filter(application__intake=intake).select_related("application").order_by("pk")
    lost = list(rows.select_for_update(of=("self",)))
    change_many(
        ReviewAssignment.objects.filter(pk__in=[row.pk for row in lost]), to=AssignmentStatus.CANCELLED
    )
    publish_many(
        [ReviewCancelled(assignment_id=row.pk, application_id=row.application_id) for row in lost],
        actor=actor,
    )
    find_others(intake=intake, lost=lost, actor=actor)
    return len(lost)
