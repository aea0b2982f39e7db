"""What a coordinator changes by hand, one reader at a time."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.applications.models import Application
from apps.core.actors import Actor
from apps.core.errors import Conflict, Invalid
from apps.core.lifecycle import change
from apps.events.services import publish
from apps.reviews.enums import AssignmentStatus, ConflictKind, Purpose
from apps.reviews.events import ReaderAdded, ReaderRemoved, ReviewCancelled
from apps.reviews.models import ReviewAssignment
from apps.reviews.selectors import COUNTS, REVIEWABLE, TO_DO, possible_reviewers, ties_between
from apps.reviews.services.placing import locked, place


@transaction.atomic
def add_reader(*, application: Application, reviewer: User, reason: str, actor: Actor) -> ReviewAssignment:
    """Let this person read, whatever their limit; every later run keeps it.

    Refused with a tie or a refusal between the two: a choice by hand is no way around either. The
    intake's row is locked. The same reader twice is once.
    """
    _say_why(reason)
    intake = locked(application.intake)
    row = Application.objects.get(pk=application.pk)
    if row.status not in REVIEWABLE:
        raise Conflict(_("This application is no longer being reviewed."))
    if not possible_reviewers(intake).filter(pk=reviewer.pk).exists():
        raise Invalid(fields={"reviewer": [_("Choose a reviewer of your organisation.")]})
    mine = ReviewAssignment.objects.counted().filter(application=row, reviewer=reviewer)
    if reading := mine.filter(status__in=COUNTS).first():
        return reading
    ties = ties_between(Application.objects.filter(pk=row.pk), [reviewer.pk])
    if kind := ties.get((row.pk, reviewer.pk)):
        words = _("They may not read this one: {tie}.").format(tie=ConflictKind(kind).label)
        raise Invalid(fields={"reviewer": [words]})
    if mine.filter(status=AssignmentStatus.RECUSED).exists():
        raise Invalid(fields={"reviewer": [_("They gave this one back.")]})
    [pk] = place(
        intake=intake, pairs=[(row.pk, reviewer.pk)], purpose=Purpose.SELECTION, is_manual=True, actor=actor
    )
    publish(
        ReaderAdded(assignment_id=pk, application_id=row.pk, reviewer_id=reviewer.pk, reason=reason),
        actor=actor,
    )
    return ReviewAssignment.objects.get(pk=pk)


@transaction.atomic
def remove_reader(*, assignment: ReviewAssignment, reason: str, actor: Actor) -> None:
    """Take an unfinished reading away; no later run gives the pair back, a coordinator may.

    Nobody else is looked for: who removes by hand adds by hand, or runs the matching.
    """
    _say_why(reason)
    locked(assignment.application.intake)
    row = ReviewAssignment.objects.select_for_update().get(pk=assignment.pk)
    if row.status not in TO_DO:
        raise Conflict(_("A submitted review stays. Open it again first if it should not count."))
    change(row, to=AssignmentStatus.CANCELLED, is_manual=True)
    publish(ReviewCancelled(assignment_id=row.pk, application_id=row.application_id), actor=actor)
    publish(
        ReaderRemoved(
            assignment_id=row.pk,
            application_id=row.application_id,
            reviewer_id=row.reviewer_id,
            reason=reason,
        ),
        actor=actor,
    )


def _say_why(reason: str) -> None:
    if not reason.strip():
        raise Invalid(fields={"reason": [_("Say why.")]})
