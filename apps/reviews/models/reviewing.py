"""What one reviewer found."""

from django.db import models
from django.db.models import Q

from apps.core.models import TimeStamped
from apps.reviews.models.assigning import ReviewAssignment
from apps.reviews.models.rubric import Criterion


class Review(TimeStamped):
    """What one reviewer found. `version` keeps two open tabs from overwriting each other."""

    assignment = models.OneToOneField(ReviewAssignment, on_delete=models.CASCADE, related_name="review")
    comment = models.TextField(blank=True)
    weighted_score = models.DecimalField(max_digits=6, decimal_places=3, null=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"review {self.assignment_id}"


class Score(models.Model):
    """Points and comment for one criterion; a draft may hold either without the other.

    `version` keeps two windows that save the same criterion from losing one of the two.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    points = models.PositiveSmallIntegerField(null=True)
    comment = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "criterion"], name="score_once_per_criterion"),
            models.CheckConstraint(condition=Q(points__gte=1), name="score_at_least_one"),
        ]

    def __str__(self) -> str:
        return str(self.points or "–")
