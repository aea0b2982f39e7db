"""Seats: offered, answered, waited for."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from apps.accounts.enums import Role
from apps.accounts.roles import Viewer
from apps.core.models import PublicId, TimeStamped
from apps.selection.enums import (
    CONDITION_LIFECYCLE,
    HOLDS_A_SEAT,
    OFFER_LIFECYCLE,
    WAITLIST_LIFECYCLE,
    ConditionStatus,
    OfferStatus,
    WaitlistStatus,
)


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
    """A seat held for one applicant until they answer. The clock starts when the notice arrived.

    `lanes` are the targets this person counts towards: a freed seat may go first to who shares one.
    """

    STATUS_LIFECYCLE = OFFER_LIFECYCLE

    application = models.OneToOneField("applications.Application", on_delete=models.PROTECT, related_name="+")
    intake = models.ForeignKey("programs.Intake", on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=20, choices=OfferStatus, default=OfferStatus.MADE)
    lanes = ArrayField(models.CharField(max_length=20), default=list, blank=True)
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


class OfferCondition(TimeStamped):
    """Something that must be true before a place is final: a certificate, a visa, a laptop returned."""

    STATUS_LIFECYCLE = CONDITION_LIFECYCLE

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="conditions")
    text = models.CharField(max_length=500)
    status = models.CharField(max_length=10, choices=ConditionStatus, default=ConditionStatus.UNMET)
    reason = models.CharField(max_length=500, blank=True)
    decided_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=["waived", "not_met"]) | ~Q(reason=""),
                name="condition_set_aside_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class WaitlistEntry(TimeStamped):
    """A place in the queue for a freed seat. Positions are fixed when decisions are released."""

    STATUS_LIFECYCLE = WAITLIST_LIFECYCLE

    application = models.OneToOneField("applications.Application", on_delete=models.PROTECT, related_name="+")
    intake = models.ForeignKey("programs.Intake", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    lanes = ArrayField(models.CharField(max_length=20), default=list, blank=True)
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
