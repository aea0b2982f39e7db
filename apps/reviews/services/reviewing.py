"""What a reviewer does with one application."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from apps.core.actors import Actor
from apps.core.errors import Conflict, Invalid
from apps.core.lifecycle import change
from apps.events.services import publish
from apps.reviews.enums import AssignmentStatus
from apps.reviews.events import ReviewReopened, ReviewSubmitted
from apps.reviews.models import Review, ReviewAssignment, Rubric, Score
from apps.reviews.rules.scoring import weighted_score, what_is_missing
from apps.reviews.selectors import measures_of

EDITABLE = (AssignmentStatus.ASSIGNED, AssignmentStatus.IN_PROGRESS, AssignmentStatus.REOPENED)


@transaction.atomic
def declare_no_conflict(*, assignment: ReviewAssignment, actor: Actor) -> None:
    """The reviewer says they have no tie to the applicant; only then does the application open."""
    rows = ReviewAssignment.objects.filter(pk=assignment.pk, no_conflict_declared_at=None)
    rows.update(no_conflict_declared_at=Now())


@transaction.atomic
def save_review(
    *,
    assignment: ReviewAssignment,
    points: Mapping[int, int],
    comments: Mapping[int, str],
    comment: str,
    version: int,
    actor: Actor,
) -> Review:
    """Keep a draft, complete or not. `version` is the one the reviewer saw; 0 for none yet.

    The assignment's row is locked. Raises Conflict when another window saved something else in
    between, or when the review is not the reviewer's to change any more. The same twice is once.
    """
    row = ReviewAssignment.objects.select_for_update().get(pk=assignment.pk)
    if row.status not in EDITABLE or row.no_conflict_declared_at is None:
        raise Conflict(_("This review is not open for changes."))
    review = Review.objects.filter(assignment=row).first()
    if review is not None and review.version != version and not _is_same(review, points, comments, comment):
        raise Conflict(_("This review was saved in another window in the meantime. Yours is still below."))
    review = review or Review(assignment=row, version=0)
    review.comment, review.version = comment, review.version + 1
    review.save()
    _write_scores(review, points, comments)
    if row.status == AssignmentStatus.ASSIGNED:
        change(row, to=AssignmentStatus.IN_PROGRESS)
    return review


def _is_same(review: Review, points: Mapping[int, int], comments: Mapping[int, str], comment: str) -> bool:
    saved = {row.criterion_id: (row.points, row.comment) for row in review.scores.all()}
    given = {pk: (value, comments.get(pk, "")) for pk, value in points.items()}
    return saved == given and review.comment == comment


def _write_scores(review: Review, points: Mapping[int, int], comments: Mapping[int, str]) -> None:
    review.scores.exclude(criterion__in=points).delete()
    Score.objects.bulk_create(
        [
            Score(review=review, criterion_id=pk, points=value, comment=comments.get(pk, ""))
            for pk, value in points.items()
        ],
        update_conflicts=True,
        unique_fields=["review", "criterion"],
        update_fields=["points", "comment"],
    )


@transaction.atomic
def submit_review(*, assignment: ReviewAssignment, actor: Actor) -> Review:
    """Make the draft final and compute its weighted score. Twice is once.

    Raises Invalid naming each criterion that lacks points or a comment ("criterion-ID").
    """
    row = ReviewAssignment.objects.select_for_update().get(pk=assignment.pk)
    review = Review.objects.filter(assignment=row).first()
    if row.status == AssignmentStatus.SUBMITTED and review is not None:
        return review
    if row.status not in EDITABLE or row.no_conflict_declared_at is None:
        raise Conflict(_("This review is not open for changes."))
    rubric = Rubric.objects.get(intake=row.application.intake_id)
    measures = measures_of(rubric)
    scores = list(review.scores.all()) if review is not None else []
    points = {score.criterion_id: score.points for score in scores}
    missing = what_is_missing(measures, points, {score.criterion_id: score.comment for score in scores})
    if missing or review is None:
        words = {"points": _("Choose points."), "comment": _("Write why.")}
        raise Invalid(fields={f"criterion-{pk}": [words[what]] for pk, what in missing.items()})
    review.weighted_score = weighted_score(measures, points)
    review.save(update_fields=["weighted_score", "updated_at"])
    change(row, to=AssignmentStatus.SUBMITTED, submitted_at=Now())
    publish(ReviewSubmitted(assignment_id=row.pk, application_id=row.application_id), actor=actor)
    return review


@transaction.atomic
def reopen_review(*, assignment: ReviewAssignment, reason: str, actor: Actor) -> None:
    """A coordinator gives a submitted review back, with a reason the reviewer reads."""
    if not reason.strip():
        raise Invalid(fields={"reason": [_("Say why.")]})
    change(assignment, to=AssignmentStatus.REOPENED)
    publish(
        ReviewReopened(assignment_id=assignment.pk, application_id=assignment.application_id, reason=reason),
        actor=actor,
    )
