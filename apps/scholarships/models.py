"""Scholarships: the award, and the money in instalments, approved and sent by different people."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.functional import Promise

from apps.accounts.enums import Role
from apps.accounts.roles import Viewer
from apps.core.models import PublicId, TimeStamped
from apps.scholarships.enums import (
    APPLICANT_LABELS,
    AWARD_LABELS,
    AWARD_LIFECYCLE,
    AWARD_TONES,
    DISBURSEMENT_LIFECYCLE,
    DISBURSEMENT_TONES,
    STILL_OPEN,
    AwardStatus,
    DisbursementStatus,
)


class ScholarshipTerms(TimeStamped):
    """What every award of a program is worth and when it is paid."""

    program = models.OneToOneField("programs.Program", on_delete=models.CASCADE, related_name="+")
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    currency = models.CharField(max_length=3, default="USD")
    instalments = models.PositiveSmallIntegerField(default=4)
    months_between = models.PositiveSmallIntegerField(default=3)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="terms_amount_is_positive"),
            models.CheckConstraint(
                condition=Q(instalments__gte=1, instalments__lte=48), name="terms_instalments_in_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


class AwardQuerySet(models.QuerySet):
    def visible_to(self, viewer: Viewer) -> "AwardQuerySet":
        """Scholars see their own; coordinators those of their organisation's programs."""
        if viewer.user_id is None:
            return self.none()
        return self.filter(
            Q(enrolment__person__user_id=viewer.user_id)
            | Q(enrolment__intake__program__organisation__in=viewer.at(Role.COORDINATOR))
        )

    def run_by(self, viewer: Viewer) -> "AwardQuerySet":
        """What a coordinator decides on: awards of their organisation, not their own."""
        return self.filter(enrolment__intake__program__organisation__in=viewer.at(Role.COORDINATOR)).exclude(
            enrolment__person__user_id=viewer.user_id
        )


class Award(PublicId, TimeStamped):
    STATUS_LIFECYCLE = AWARD_LIFECYCLE

    enrolment = models.OneToOneField("enrolments.Enrolment", on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=20, choices=AwardStatus, default=AwardStatus.DRAFTED)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    currency = models.CharField(max_length=3)
    agreed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = AwardQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["drafted", "terminated"]) | Q(agreed_at__isnull=False),
                name="award_agreed_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["completed", "terminated"]) | Q(ended_at__isnull=False),
                name="award_ended_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"award of {self.amount} {self.currency}"

    @property
    def tone(self) -> str:
        """The colour of the status tag."""
        return AWARD_TONES.get(self.status, "grey")

    @property
    def applicant_label(self) -> str | Promise:
        """The status in the scholar's words."""
        return AWARD_LABELS[AwardStatus(self.status)]


class DisbursementQuerySet(models.QuerySet):
    def visible_to(self, viewer: Viewer) -> "DisbursementQuerySet":
        if viewer.user_id is None:
            return self.none()
        return self.filter(
            Q(award__enrolment__person__user_id=viewer.user_id)
            | Q(award__enrolment__intake__program__organisation__in=viewer.at(Role.COORDINATOR))
        )

    def run_by(self, viewer: Viewer) -> "DisbursementQuerySet":
        """Payments a coordinator may approve or send: never to themselves."""
        return self.filter(
            award__enrolment__intake__program__organisation__in=viewer.at(Role.COORDINATOR)
        ).exclude(award__enrolment__person__user_id=viewer.user_id)

    def owned_by(self, viewer: Viewer) -> "DisbursementQuerySet":
        return (
            self.filter(award__enrolment__person__user_id=viewer.user_id) if viewer.user_id else self.none()
        )


class Disbursement(PublicId, TimeStamped):
    """One instalment. The lines of an award always add up to the award."""

    STATUS_LIFECYCLE = DISBURSEMENT_LIFECYCLE

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="disbursements")
    number = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    status = models.CharField(max_length=20, choices=DisbursementStatus, default=DisbursementStatus.PLANNED)
    approved_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True)
    payment_reference = models.CharField(max_length=80, blank=True)

    objects = DisbursementQuerySet.as_manager()

    class Meta:
        ordering = ["award", "number"]
        constraints = [
            models.UniqueConstraint(fields=["award", "number"], name="disbursement_number_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="disbursement_is_positive"),
            models.CheckConstraint(
                condition=Q(sent_by=None) | ~Q(sent_by=F("approved_by")),
                name="disbursement_approver_does_not_send",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["approved", "sent", "confirmed"])
                | (Q(approved_by__isnull=False) & Q(approved_at__isnull=False)),
                name="disbursement_approved_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["sent", "confirmed"])
                | (Q(sent_by__isnull=False) & Q(sent_at__isnull=False)),
                name="disbursement_sent_by_someone",
            ),
        ]
        indexes = [models.Index(fields=["status", "due_on", "id"], name="disbursement_by_due_day")]

    def __str__(self) -> str:
        return f"line {self.number}: {self.amount}"

    @property
    def tone(self) -> str:
        """The colour of the status tag."""
        return DISBURSEMENT_TONES.get(self.status, "grey")

    @property
    def applicant_label(self) -> str | Promise:
        """The status in the scholar's words."""
        return APPLICANT_LABELS[DisbursementStatus(self.status)]

    @property
    def has_not_left(self) -> bool:
        return self.status in STILL_OPEN


class LedgerEntry(models.Model):
    """Every step of every payment, in order. Rows are only ever added."""

    disbursement = models.ForeignKey(Disbursement, on_delete=models.PROTECT, related_name="entries")
    step = models.CharField(max_length=20, choices=DisbursementStatus)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    at = models.DateTimeField(db_default=Now())
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.amount}"
