"""How a reading begins and ends: no tie, submitted, given back."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from apps.core.actors import Actor
from apps.core.errors import Conflict, Invalid
from apps.core.lifecycle import change
from apps.events.services import publish
from apps.reviews.enums import AssignmentStatus
from apps.reviews.events import ReviewReopened, ReviewSubmitted
from apps.reviews.models import Review, ReviewAssignment
from apps.reviews.rules.scoring import weighted_score, what_is_missing
from apps.reviews.selectors import REVIEWABLE, TO_DO, measures_of
from apps.reviews.services.rubric import rubric_of
from apps.reviews.services.saving import locked, must_be_open


@transaction.atomic
def declare_no_conflict(*, assignment: ReviewAssignment, actor: Actor) -> None:
    """The reviewer says they have no tie to the applicant; only then does the application open."""
    rows = ReviewAssignment.objects.filter(pk=assignment.pk, status__in=TO_DO)
    rows.filter(no_conflict_declared_at=None).update(no_conflict_declared_at=Now())


@transaction.atomic
def submit_review(*, assignment: ReviewAssignment, actor: Actor) -> Review:
    """Make the draft final and compute its weighted score. Twice is once.

    Raises Invalid naming what is lacking: points ("criterion-ID") or a comment ("comment-ID").
    """
    row = locked(assignment)
    review = Review.objects.select_for_update().filter(assignment=row).first()
    if row.status == AssignmentStatus.SUBMITTED and review is not None:
        return review
    must_be_open(row)
    rubric = rubric_of(intake=row.application.intake, actor=actor)
    measures = measures_of(rubric)
    scores = list(review.scores.all()) if review is not None else []
    points = {score.criterion_id: score.points for score in scores if score.points}
    missing = what_is_missing(measures, points, {score.criterion_id: score.comment for score in scores})
    if missing or review is None:
        raise Invalid(fields=_in_words(missing, points))
    review.weighted_score = weighted_score(measures, points)
    review.save(update_fields=["weighted_score", "updated_at"])
    change(row, to=AssignmentStatus.SUBMITTED, submitted_at=Now())
    publish(ReviewSubmitted(assignment_id=row.pk, application_id=row.application_id), actor=actor)
    return review


def _in_words(missing: Mapping[int, str], points: Mapping[int, int]) -> dict[str, list[str]]:
    """Beside the field that lacks it; a low point is told why it asks for words."""
    found = {}
    for pk, what in missing.items():
        if what == "points":
            found[f"criterion-{pk}"] = [_("Choose points.")]
        else:
            words = _("Write why you gave {points}. It is needed to submit.")
            found[f"comment-{pk}"] = [words.format(points=points[pk])]
    return found


@transaction.atomic
def reopen_review(*, assignment: ReviewAssignment, reason: str, actor: Actor) -> None:
    """A coordinator gives a submitted review back, with a reason the reviewer reads.

    Refused once the application is decided: the scores a decision rests on stay as they were.
    """
    if not reason.strip():
        raise Invalid(fields={"reason": [_("Say why.")]})
    if assignment.application.status not in REVIEWABLE:
        raise Conflict(_("This application is no longer being reviewed."))
    change(assignment, to=AssignmentStatus.REOPENED)
    publish(
        ReviewReopened(assignment_id=assignment.pk, application_id=assignment.application_id, reason=reason),
        actor=actor,
    )
