"""What was decided, held until it is released together."""

from django.db import models
from django.db.models import Q

from apps.applications.enums import Outcome
from apps.core.models import PublicId, TimeStamped
from apps.selection.enums import BATCH_LIFECYCLE, DECISION_LIFECYCLE, BatchStatus, DecisionStatus
from apps.selection.models.choosing import FrozenChoice


class ReleaseBatch(PublicId, TimeStamped):
    """Decisions told together. Above 50 people a second coordinator must release."""

    STATUS_LIFECYCLE = BATCH_LIFECYCLE

    intake = models.ForeignKey("programs.Intake", on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=20, choices=BatchStatus, default=BatchStatus.PREPARED)
    size = models.PositiveIntegerField()
    prepared_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    released_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="released")
                | (Q(released_at__isnull=False) & Q(released_by__isnull=False)),
                name="batch_released_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(size__lte=50) | Q(released_by=None) | ~Q(released_by=models.F("prepared_by")),
                name="batch_large_needs_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.size} decisions of intake {self.intake_id}"


class Decision(TimeStamped):
    """What a person decided about one application. A correction is a new version, never an edit.

    `frozen` is the choice it was taken from and `inputs` what of it concerns this person, so that the
    explanation and the replay both read what decided and not what has become of it since. `feedback`
    is what a person writes to the applicant; `conditions` are the texts an offer is bound to.
    """

    STATUS_LIFECYCLE = DECISION_LIFECYCLE

    application = models.ForeignKey("applications.Application", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField(default=1)
    outcome = models.CharField(max_length=20, choices=Outcome)
    status = models.CharField(max_length=20, choices=DecisionStatus, default=DecisionStatus.HELD)
    reason = models.CharField(max_length=1000, blank=True)
    feedback = models.TextField(blank=True)
    conditions = models.JSONField(default=list, blank=True)
    frozen = models.ForeignKey(FrozenChoice, on_delete=models.PROTECT, null=True, related_name="+")
    score = models.DecimalField(max_digits=6, decimal_places=3, null=True)
    rank = models.PositiveIntegerField(null=True)
    inputs = models.JSONField(default=dict)
    decided_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    batch = models.ForeignKey(ReleaseBatch, on_delete=models.PROTECT, null=True, related_name="decisions")
    released_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "version"], name="decision_version_once"),
            models.UniqueConstraint(
                fields=["application"],
                condition=~Q(status="corrected"),
                name="decision_one_in_force",
            ),
            models.CheckConstraint(
                condition=~Q(status="released") | Q(released_at__isnull=False),
                name="decision_released_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} for {self.application_id}"
