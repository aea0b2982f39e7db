"""A reviewer's sheet as a page or an answer shows it: what is kept, in which versions, and its total."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from apps.reviews.desk_forms import ReviewForm, seen_version
from apps.reviews.models import Criterion, Review, ReviewAssignment, Score
from apps.reviews.rules.scoring import Total, total_so_far
from apps.reviews.selectors import as_measure


@dataclass(frozen=True, slots=True)
class Sheet:
    """`others` and `other_comment` are what another window saved where this one holds something else."""

    criteria: list[Criterion]
    review: Review | None
    scores: Mapping[int, Score]
    versions: Mapping[int, int]
    version: int
    others: Mapping[int, Score] = field(default_factory=dict)
    other_comment: str | None = None

    @property
    def total(self) -> Total:
        points = {pk: score.points for pk, score in self.scores.items() if score.points}
        return total_so_far([as_measure(each) for each in self.criteria], points)

    def fresh(self) -> ReviewForm:
        return ReviewForm(self.criteria, initial=ReviewForm.initial_of(self.review, self.scores))

    def as_seen(self, form: ReviewForm) -> "Sheet":
        """Nothing was saved: the page goes on from the versions it was made with."""
        version = seen_version(form.data.get("version"))
        return replace(self, versions=form.seen_versions(), version=version)

    def against(self, form: ReviewForm) -> "Sheet":
        """What is kept now beside what stands in `form`; the next save replaces what is shown here."""
        points, comments = form.points(), form.comments()
        others = {
            pk: score
            for pk, score in self.scores.items()
            if (score.points, score.comment) != (points.get(pk), comments.get(pk, ""))
        }
        kept = self.review.comment if self.review is not None else ""
        is_same = kept == form.cleaned_data.get("comment", "")
        return replace(self, others=others, other_comment=None if is_same else kept)


def sheet_of(assignment: ReviewAssignment) -> Sheet:
    """Two statements, and one for the scores of a review that was begun."""
    criteria = list(Criterion.objects.filter(rubric__intake=assignment.application.intake_id))
    review = Review.objects.filter(assignment=assignment).first()
    scores = {row.criterion_id: row for row in review.scores.all()} if review is not None else {}
    return Sheet(
        criteria=criteria,
        review=review,
        scores=scores,
        versions={pk: row.version for pk, row in scores.items()},
        version=review.version if review is not None else 0,
    )
