"""Who reviews what, by which rubric, and what they found."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from apps.accounts.enums import Role
from apps.accounts.roles import Viewer
from apps.core.models import PublicId, TextsField, TimeStamped
from apps.reviews.enums import ASSIGNMENT_LIFECYCLE, OPEN_TO_REVIEWER, AssignmentStatus, ConflictKind


class Rubric(TimeStamped):
    """The weighted criteria of one intake."""

    intake = models.OneToOneField("programs.Intake", on_delete=models.CASCADE, related_name="+")
    guidance = TextsField()
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"rubric of intake {self.intake_id}"


class Criterion(models.Model):
    """One thing to judge, from 1 to `highest`; `anchors` says in words what each point means."""

    rubric = models.ForeignKey(Rubric, on_delete=models.CASCADE, related_name="criteria")
    number = models.PositiveSmallIntegerField()
    title = TextsField()
    question = TextsField()
    anchors = models.JSONField(default=dict)
    weight = models.DecimalField(max_digits=5, decimal_places=2, validators=[MinValueValidator(0)])
    highest = models.PositiveSmallIntegerField(default=5, validators=[MaxValueValidator(10)])
    comment_required = models.BooleanField(default=False)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["rubric", "number"], name="criterion_number_once"),
            models.CheckConstraint(condition=Q(weight__gt=0), name="criterion_has_weight"),
        ]

    def __str__(self) -> str:
        return f"criterion {self.number}"


class IntakeReviewer(TimeStamped):
    """A reviewer who is ready to read for one intake, and how much."""

    intake = models.ForeignKey("programs.Intake", on_delete=models.CASCADE, related_name="+")
    reviewer = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    most_assignments = models.PositiveSmallIntegerField(default=50)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["intake", "reviewer"], name="reviewer_once_per_intake"),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer} for intake {self.intake_id}"


class ReviewAssignmentQuerySet(models.QuerySet):
    def visible_to(self, viewer: Viewer) -> "ReviewAssignmentQuerySet":
        """A reviewer's own, while it is open to them and they review for that organisation.

        Who coordinates the program too has no more here: coordinators ask run_by().
        """
        if viewer.user_id is None:
            return self.none()
        return self.filter(
            reviewer_id=viewer.user_id,
            status__in=OPEN_TO_REVIEWER,
            application__intake__program__organisation__in=viewer.at(Role.REVIEWER),
        )

    def run_by(self, viewer: Viewer) -> "ReviewAssignmentQuerySet":
        """Everyone's, in the programs the viewer coordinates."""
        return self.filter(application__intake__program__organisation__in=viewer.at(Role.COORDINATOR))


class ReviewAssignment(PublicId, TimeStamped):
    STATUS_LIFECYCLE = ASSIGNMENT_LIFECYCLE

    application = models.ForeignKey("applications.Application", on_delete=models.PROTECT, related_name="+")
    reviewer = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=20, choices=AssignmentStatus, default=AssignmentStatus.ASSIGNED)
    due_on = models.DateField(null=True)
    no_conflict_declared_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)

    objects = ReviewAssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "reviewer"], name="assignment_once_per_reviewer"),
            models.CheckConstraint(
                condition=~Q(status="submitted") | Q(submitted_at__isnull=False),
                name="assignment_submitted_has_its_moment",
            ),
        ]
        indexes = [models.Index(fields=["reviewer", "status", "id"], name="assignment_queue")]

    def __str__(self) -> str:
        return f"{self.reviewer_id} reviews {self.application_id}"


class Conflict(TimeStamped):
    """A tie between a reviewer and an applicant; it keeps the pair apart for good."""

    application = models.ForeignKey("applications.Application", on_delete=models.CASCADE, related_name="+")
    reviewer = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=ConflictKind)
    explanation = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "reviewer"], name="conflict_once_per_pair"),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer_id} × {self.application_id}"


class Review(TimeStamped):
    """What one reviewer found. `version` keeps two open tabs from overwriting each other."""

    assignment = models.OneToOneField(ReviewAssignment, on_delete=models.CASCADE, related_name="review")
    comment = models.TextField(blank=True)
    weighted_score = models.DecimalField(max_digits=6, decimal_places=3, null=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"review {self.assignment_id}"


class Score(models.Model):
    """Points and comment for one criterion; a draft may hold either without the other."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    points = models.PositiveSmallIntegerField(null=True)
    comment = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "criterion"], name="score_once_per_criterion"),
            models.CheckConstraint(condition=Q(points__gte=1), name="score_at_least_one"),
        ]

    def __str__(self) -> str:
        return str(self.points or "–")
