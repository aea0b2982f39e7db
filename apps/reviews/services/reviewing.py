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
from apps.reviews.models import Criterion, Review, ReviewAssignment, Rubric, Score
from apps.reviews.rules.scoring import weighted_score, what_is_missing
from apps.reviews.selectors import REVIEWABLE, measures_of
from apps.reviews.services.rubric import rubric_of

EDITABLE = (AssignmentStatus.ASSIGNED, AssignmentStatus.IN_PROGRESS, AssignmentStatus.REOPENED)


@transaction.atomic
def declare_no_conflict(*, assignment: ReviewAssignment, actor: Actor) -> None:
    """The reviewer says they have no tie to the applicant; only then does the application open."""
    rows = ReviewAssignment.objects.filter(pk=assignment.pk, status__in=EDITABLE)
    rows.filter(no_conflict_declared_at=None).update(no_conflict_declared_at=Now())


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
    between, or when the review is not the reviewer's to change any more. The same twice is once,
    also when the first of the two submitted it.
    """
    row = _locked(assignment)
    review = Review.objects.filter(assignment=row).first()
    is_same = review is not None and _is_same(review, points, comments, comment)
    if review is not None and is_same and row.status == AssignmentStatus.SUBMITTED:
        return review
    _must_be_open(row)
    if review is not None and review.version != version and not is_same:
        raise Conflict(_("This review was saved in another window in the meantime. Yours is still below."))
    _must_fit_the_rubric(row, points, comments, is_first=review is None)
    review = review or Review(assignment=row, version=0)
    review.comment, review.version = comment, review.version + 1
    review.save()
    _write_scores(review, points, comments)
    if row.status == AssignmentStatus.ASSIGNED:
        change(row, to=AssignmentStatus.IN_PROGRESS)
    return review


def _locked(assignment: ReviewAssignment) -> ReviewAssignment:
    rows = ReviewAssignment.objects.select_for_update(of=("self",)).select_related("application")
    return rows.get(pk=assignment.pk)


def _must_be_open(row: ReviewAssignment) -> None:
    if row.status not in EDITABLE or row.no_conflict_declared_at is None:
        raise Conflict(_("This review is not open for changes."))
    if row.application.status not in REVIEWABLE:
        raise Conflict(_("This application is no longer being reviewed."))


def _must_fit_the_rubric(
    row: ReviewAssignment, points: Mapping[int, int], comments: Mapping[int, str], *, is_first: bool
) -> None:
    """The first save of a review holds the rubric's row, so that nobody replaces it under the reviewer."""
    if is_first:
        Rubric.objects.select_for_update().filter(intake=row.application.intake_id).first()
    highest = dict(
        Criterion.objects.filter(rubric__intake=row.application.intake_id).values_list("pk", "highest")
    )
    known = set(points) | set(comments) <= set(highest)
    if not known or any(not 1 <= value <= highest[pk] for pk, value in points.items()):
        raise Conflict(_("The rubric changed while you had this open. Load the page again."))


def _given(points: Mapping[int, int], comments: Mapping[int, str]) -> dict[int, tuple[int | None, str]]:
    """What there is to keep of each criterion; one with neither points nor comment has nothing."""
    every = {pk: (points.get(pk), comments.get(pk, "")) for pk in (*points, *comments)}
    return {pk: (value, text) for pk, (value, text) in every.items() if value or text}


def _is_same(review: Review, points: Mapping[int, int], comments: Mapping[int, str], comment: str) -> bool:
    saved = {row.criterion_id: (row.points, row.comment) for row in review.scores.all()}
    return saved == _given(points, comments) and review.comment == comment


def _write_scores(review: Review, points: Mapping[int, int], comments: Mapping[int, str]) -> None:
    given = _given(points, comments)
    review.scores.exclude(criterion__in=given).delete()
    Score.objects.bulk_create(
        [
            Score(review=review, criterion_id=pk, points=value, comment=text)
            for pk, (value, text) in given.items()
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
    row = _locked(assignment)
    review = Review.objects.filter(assignment=row).first()
    if row.status == AssignmentStatus.SUBMITTED and review is not None:
        return review
    _must_be_open(row)
    rubric = rubric_of(intake=row.application.intake, actor=actor)
    measures = measures_of(rubric)
    scores = list(review.scores.all()) if review is not None else []
    points = {score.criterion_id: score.points for score in scores if score.points}
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
