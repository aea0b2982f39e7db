"""How people are chosen: the rule, the decisions, the offers, the waitlist."""

from django.db import models
from django.db.models import Q

from apps.accounts.enums import Role
from apps.accounts.roles import Viewer
from apps.applications.enums import Outcome
from apps.core.models import PublicId, TimeStamped
from apps.selection.enums import (
    BATCH_LIFECYCLE,
    DECISION_LIFECYCLE,
    HOLDS_A_SEAT,
    OFFER_LIFECYCLE,
    WAITLIST_LIFECYCLE,
    BatchStatus,
    DecisionStatus,
    OfferStatus,
    WaitlistStatus,
)


class SelectionRule(TimeStamped):
    """What decides, fixed before reviewing begins. `fingerprint` is the SHA-256 of the locked rule."""

    intake = models.OneToOneField("programs.Intake", on_delete=models.CASCADE, related_name="+")
    floor = models.DecimalField(max_digits=6, decimal_places=3, default=0)
    waitlist_size = models.PositiveIntegerField(default=0)
    locked_at = models.DateTimeField(null=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(locked_at=None, fingerprint="")
                | (Q(locked_at__isnull=False) & ~Q(fingerprint="")),
                name="rule_locked_with_fingerprint",
            ),
        ]

    def __str__(self) -> str:
        return f"rule of intake {self.intake_id}"


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
    """What a person decided about one application. A correction is a new version, never an edit."""

    STATUS_LIFECYCLE = DECISION_LIFECYCLE

    application = models.ForeignKey("applications.Application", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField(default=1)
    outcome = models.CharField(max_length=20, choices=Outcome)
    status = models.CharField(max_length=20, choices=DecisionStatus, default=DecisionStatus.HELD)
    reason = models.CharField(max_length=1000, blank=True)
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


class OfferQuerySet(models.QuerySet):
    def visible_to(self, viewer: Viewer) -> "OfferQuerySet":
        if viewer.user_id is None:
            return self.none()
        return self.filter(
            Q(application__person__user_id=viewer.user_id)
            | Q(intake__program__organisation__in=viewer.at(Role.COORDINATOR))
        )

    def owned_by(self, viewer: Viewer) -> "OfferQuerySet":
        return self.filter(application__person__user_id=viewer.user_id) if viewer.user_id else self.none()


class Offer(PublicId, TimeStamped):
    """A seat held for one applicant until they answer. The clock starts when the notice arrived."""

    STATUS_LIFECYCLE = OFFER_LIFECYCLE

    application = models.OneToOneField("applications.Application", on_delete=models.PROTECT, related_name="+")
    intake = models.ForeignKey("programs.Intake", on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=20, choices=OfferStatus, default=OfferStatus.MADE)
    made_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    answer_by = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    decline_reason = models.CharField(max_length=500, blank=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=["accepted", "declined"]) | Q(answered_at__isnull=False),
                name="offer_answered_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(status="delivered")
                | (Q(delivered_at__isnull=False) & Q(answer_by__isnull=False)),
                name="offer_delivered_has_its_clock",
            ),
        ]
        indexes = [
            models.Index(
                fields=["answer_by"], name="offer_lapsing", condition=Q(status=OfferStatus.DELIVERED)
            ),
            models.Index(fields=["intake", "status"], name="offer_by_intake"),
        ]

    def __str__(self) -> str:
        return f"offer for {self.application_id}"

    @property
    def holds_a_seat(self) -> bool:
        return self.status in HOLDS_A_SEAT


class WaitlistEntry(TimeStamped):
    """A place in the queue for a freed seat. Positions are fixed when decisions are released."""

    STATUS_LIFECYCLE = WAITLIST_LIFECYCLE

    application = models.OneToOneField("applications.Application", on_delete=models.PROTECT, related_name="+")
    intake = models.ForeignKey("programs.Intake", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    status = models.CharField(max_length=20, choices=WaitlistStatus, default=WaitlistStatus.WAITING)
    promoted_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["intake", "position"], name="waitlist_position_once"),
            models.CheckConstraint(
                condition=~Q(status="promoted") | Q(promoted_at__isnull=False),
                name="waitlist_promoted_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"number {self.position} for intake {self.intake_id}"
