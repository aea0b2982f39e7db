"""What referees are asked, and what came of it."""

from django.db import models
from django.db.models import Q

from apps.accounts.roles import Viewer
from apps.applications.enums import (
    HOLDS_ADDRESS,
    OPEN_TO_REFEREE,
    REFERENCE_LIFECYCLE,
    ReferenceStatus,
)
from apps.applications.models.applications import Application
from apps.core.models import PublicId, TimeStamped


class ReferenceTerms(TimeStamped):
    """What an intake asks of referees. Without a row it wants none."""

    intake = models.OneToOneField("programs.Intake", on_delete=models.CASCADE, related_name="+")
    wanted = models.PositiveSmallIntegerField(default=0)
    due_days = models.PositiveSmallIntegerField(default=14)
    questions = models.JSONField(default=list)
    applicant_may_read = models.BooleanField(default=False)
    reviewers_may_read = models.BooleanField(default=False)
    required_before_sending = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(wanted__lte=5), name="reference_terms_want_five_at_most"),
        ]

    def __str__(self) -> str:
        return f"{self.wanted} references for intake {self.intake_id}"


class ReferenceQuerySet(models.QuerySet):
    def owned_by(self, viewer: Viewer) -> "ReferenceQuerySet":
        return self.filter(application__person__user_id=viewer.user_id) if viewer.user_id else self.none()

    def run_by(self, viewer: Viewer) -> "ReferenceQuerySet":
        """Coordinators reach references through the applications they work on."""
        return self.filter(application__in=Application.objects.run_by(viewer))


class Reference(PublicId, TimeStamped):
    """What one referee is asked about an applicant, and what came of it.

    The questions and who may read the answers are copied when the referee is asked: what they were
    promised then holds, whatever the intake's terms become. The link in the message is signed, never
    stored (docs/adr/0021-references.md).
    """

    STATUS_LIFECYCLE = REFERENCE_LIFECYCLE

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="references")
    replaces = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    name = models.CharField(max_length=200)
    relation = models.CharField(max_length=200)
    email = models.EmailField(max_length=254)
    language = models.CharField(max_length=10, default="en")
    status = models.CharField(max_length=12, choices=ReferenceStatus, default=ReferenceStatus.DRAFTED)
    questions = models.JSONField(default=list)
    applicant_may_read = models.BooleanField(default=False)
    reviewers_may_read = models.BooleanField(default=False)
    asked_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True)
    clock_reminded_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    answers = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    given_at = models.DateTimeField(null=True)
    on_paper = models.CharField(max_length=500, blank=True, help_text="Why a coordinator recorded it.")
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    declined_at = models.DateTimeField(null=True)
    decline_reason = models.CharField(max_length=500, blank=True)
    bounced_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True, help_text="Expired, or taken back.")

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "email"],
                condition=Q(status__in=HOLDS_ADDRESS) & ~Q(email=""),
                name="reference_once_per_address",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["drafted", "cancelled"])
                | Q(asked_at__isnull=False, due_at__isnull=False)
                | ~Q(on_paper=""),
                name="reference_asked_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(status="given") | Q(given_at__isnull=False),
                name="reference_given_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(status="declined") | Q(declined_at__isnull=False),
                name="reference_declined_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(status="bounced") | Q(bounced_at__isnull=False),
                name="reference_bounced_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["expired", "cancelled"]) | Q(ended_at__isnull=False),
                name="reference_ended_has_its_moment",
            ),
            models.CheckConstraint(condition=Q(reminders__lte=3), name="reference_reminded_thrice_at_most"),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], name="reference_by_clock", condition=Q(status__in=OPEN_TO_REFEREE)
            ),
        ]

    def __str__(self) -> str:
        return f"reference {self.pk} for application {self.application_id}"


class ReferenceWaiver(TimeStamped):
    """A coordinator lets an application be decided without the references that are missing."""

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=500)
    waived_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"application {self.application_id} goes on without references"
