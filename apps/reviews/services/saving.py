"""Keeping what a reviewer types, criterion by criterion, so that no two windows lose anything.

Every write here locks the assignment's row first and the review's after it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.core.actors import Actor
from apps.core.errors import Conflict
from apps.core.lifecycle import change
from apps.reviews.enums import AssignmentStatus
from apps.reviews.extension import before_scoring
from apps.reviews.models import Criterion, Review, ReviewAssignment, Rubric, Score
from apps.reviews.selectors import REVIEWABLE, TO_DO, is_locked

#: The name of the overall comment beside the names of the criteria ("criterion-ID").
OVERALL = "comment"


class Stale(Conflict):
    """Another window saved something else at these fields; everything beside them is kept."""

    def __init__(self, names: list[str]) -> None:
        words = _("Another window saved something else here in the meantime. Yours is still below.")
        super().__init__(words, fields={name: [words] for name in names})


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody typed at one criterion, and the version of it they saw; 0 for none yet."""

    points: int | None
    comment: str
    version: int = 0

    def is_kept_by(self, score: Score | None) -> bool:
        """A criterion that nobody saved holds neither points nor words."""
        kept = (score.points, score.comment) if score is not None else (None, "")
        return kept == (self.points, self.comment)


def save_review(
    *,
    assignment: ReviewAssignment,
    points: Mapping[int, int],
    comments: Mapping[int, str],
    comment: str,
    version: int,
    versions: Mapping[int, int] | None = None,
    actor: Actor,
) -> Review:
    """Keep a draft, complete or not: the criteria named in `points` or `comments`, and the comment.

    `versions` are those of the criteria the reviewer saw and `version` that of the comment; 0 for none
    yet. Raises Stale after keeping the rest when another window saved something else at a field;
    Conflict when the review is not the reviewer's to change (any more). The same twice is once, also
    when the first of the two submitted it.
    """
    seen = versions or {}
    given = {pk: Given(points.get(pk), comments.get(pk, ""), seen.get(pk, 0)) for pk in (*points, *comments)}
    return _told(_keep(assignment, given, (comment, version))).review


def save_score(
    *,
    assignment: ReviewAssignment,
    criterion: int,
    points: int | None,
    comment: str,
    version: int,
    actor: Actor,
) -> Score | None:
    """Keep one criterion. Raises as save_review does; None when there was and is nothing to keep."""
    kept = _told(_keep(assignment, {criterion: Given(points, comment, version)}, None))
    return kept.scores.get(criterion)


def save_comment(*, assignment: ReviewAssignment, comment: str, version: int, actor: Actor) -> Review:
    """Keep the overall comment alone. Raises as save_review does."""
    return _told(_keep(assignment, {}, (comment, version))).review


@dataclass(frozen=True, slots=True)
class Kept:
    """What a save came to: the scores as this transaction left them, and the fields it did not touch."""

    review: Review
    scores: dict[int, Score]
    stale: list[str]


def _told(kept: Kept) -> Kept:
    """Refuse what was stale, once everything else is committed."""
    if kept.stale:
        raise Stale(kept.stale)
    return kept


@transaction.atomic
def _keep(assignment: ReviewAssignment, given: Mapping[int, Given], comment: tuple[str, int] | None) -> Kept:
    """Write what is new and was not changed by others; name the fields that were."""
    row = locked(assignment)
    review = Review.objects.select_for_update().filter(assignment=row).first()
    kept = {score.criterion_id: score for score in review.scores.all()} if review is not None else {}
    fresh = {pk: each for pk, each in given.items() if not each.is_kept_by(kept.get(pk))}
    is_said = comment is not None and comment[0] != (review.comment if review is not None else "")
    if review is not None and row.status == AssignmentStatus.SUBMITTED and not fresh and not is_said:
        return Kept(review, kept, [])
    must_be_open(row)
    _must_fit_the_rubric(row, given, is_first=review is None)
    if review is None:
        review = Review.objects.create(assignment=row, version=0)
    stale = _write_scores(review, fresh, kept)
    if comment is not None and is_said and not _write_comment(review, *comment):
        stale.append(OVERALL)
    if row.status == AssignmentStatus.ASSIGNED:
        change(row, to=AssignmentStatus.IN_PROGRESS)
    return Kept(review, kept, stale)


def locked(assignment: ReviewAssignment) -> ReviewAssignment:
    """The assignment's row, held until the transaction ends."""
    rows = ReviewAssignment.objects.select_for_update(of=("self",)).select_related("application")
    return rows.get(pk=assignment.pk)


def must_be_open(row: ReviewAssignment) -> None:
    if row.status not in TO_DO or row.no_conflict_declared_at is None:
        raise Conflict(_("This review is not open for changes."))
    if row.application.status not in REVIEWABLE:
        raise Conflict(_("This application is no longer being reviewed."))
    if is_locked(row):
        raise Conflict(_("This one opens when your calibration readings are submitted."))


def _must_fit_the_rubric(row: ReviewAssignment, given: Mapping[int, Given], *, is_first: bool) -> None:
    """The first save of a review holds the rubric's row, so that nobody replaces it under the reviewer."""
    if is_first:
        intake = row.application.intake
        Rubric.objects.select_for_update().filter(intake=intake).first()
        for check in before_scoring:
            check(intake)
    criteria = Criterion.objects.filter(rubric__intake=row.application.intake_id)
    highest = dict(criteria.values_list("pk", "highest"))
    if not all(
        pk in highest and (each.points is None or 1 <= each.points <= highest[pk])
        for pk, each in given.items()
    ):
        raise Conflict(_("The rubric changed while you had this open. Load the page again."))


def _write_scores(review: Review, fresh: Mapping[int, Given], kept: dict[int, Score]) -> list[str]:
    """A row stays when it is emptied: its version tells an older window that something happened."""
    stale = []
    for pk, each in fresh.items():
        score = kept.get(pk) or Score(review=review, criterion_id=pk, version=0)
        if score.version != each.version:
            stale.append(f"criterion-{pk}")
            continue
        score.points, score.comment, score.version = each.points, each.comment, score.version + 1
        score.save()
        kept[pk] = score
    return stale


def _write_comment(review: Review, comment: str, version: int) -> bool:
    if review.version != version:
        return False
    review.comment, review.version = comment, version + 1
    review.save(update_fields=["comment", "version", "updated_at"])
    return True
