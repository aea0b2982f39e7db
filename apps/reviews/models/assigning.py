"""Who may read, who reads what, and who must not."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from apps.accounts.enums import Role
from apps.accounts.roles import Viewer
from apps.core.models import PublicId, TimeStamped
from apps.reviews.enums import (
    ASSIGNMENT_LIFECYCLE,
    COUNTED,
    OPEN_TO_REVIEWER,
    AssignmentStatus,
    ConflictKind,
    Purpose,
    TieKind,
)


class IntakeReviewer(TimeStamped):
    """A reviewer who is ready to read for one intake: how much, in which languages, about what.

    No languages means every language. Readers of one application come from different panels
    (university, industry, ...) as far as possible.
    """

    intake = models.ForeignKey("programs.Intake", on_delete=models.CASCADE, related_name="+")
    reviewer = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    most_assignments = models.PositiveSmallIntegerField(default=50)
    languages = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    topics = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    panel = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["intake", "reviewer"], name="reviewer_once_per_intake"),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer} for intake {self.intake_id}"


class AssignmentRun(PublicId, TimeStamped):
    """One run of the matching: what was asked, what it came to, and whether it was undone."""

    intake = models.ForeignKey("programs.Intake", on_delete=models.CASCADE, related_name="+")
    each = models.PositiveSmallIntegerField()
    placed = models.PositiveIntegerField()
    lacking = models.PositiveIntegerField(default=0)
    fit = models.BigIntegerField(default=0)
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.placed} readings of intake {self.intake_id}"


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

    def counted(self) -> "ReviewAssignmentQuerySet":
        """Readings whose points count towards a score: all but those for calibration."""
        return self.filter(purpose__in=COUNTED)

    def run_by(self, viewer: Viewer) -> "ReviewAssignmentQuerySet":
        """Everyone's, in the programs the viewer coordinates."""
        return self.filter(application__intake__program__organisation__in=viewer.at(Role.COORDINATOR))


class ReviewAssignment(PublicId, TimeStamped):
    """One reader for one application.

    A reading for calibration never counts towards the score, and one person may read the same
    application for calibration and again for the selection. `is_manual` rows were placed by hand and
    stay through every later run; `run` is the run that made the others, so that it can be undone.
    """

    STATUS_LIFECYCLE = ASSIGNMENT_LIFECYCLE

    application = models.ForeignKey("applications.Application", on_delete=models.PROTECT, related_name="+")
    reviewer = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=20, choices=AssignmentStatus, default=AssignmentStatus.ASSIGNED)
    purpose = models.CharField(max_length=12, choices=Purpose, default=Purpose.SELECTION)
    run = models.ForeignKey(AssignmentRun, on_delete=models.SET_NULL, null=True, related_name="assignments")
    is_manual = models.BooleanField(default=False)
    due_on = models.DateField(null=True)
    no_conflict_declared_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)

    objects = ReviewAssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "reviewer"],
                condition=~Q(purpose="calibration"),
                name="assignment_once_per_reviewer",
            ),
            models.UniqueConstraint(
                fields=["application", "reviewer"],
                condition=Q(purpose="calibration"),
                name="calibration_once_per_reviewer",
            ),
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


class KnownTie(TimeStamped):
    """A tie a reviewer told of before anything was assigned: an address, an organisation, a district.

    `value` is compared in lower case: a mail address or domain, a word of an organisation's name, or
    the code of a subdivision.
    """

    reviewer = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=TieKind)
    value = models.CharField(max_length=200)

    class Meta:
        ordering = ["kind", "value"]
        constraints = [
            models.UniqueConstraint(fields=["reviewer", "kind", "value"], name="known_tie_once"),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer_id}: {self.kind} {self.value}"
