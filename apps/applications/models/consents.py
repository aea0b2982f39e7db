"""What applicants are asked to allow, and the guardians of the young."""

from django.db import models
from django.db.models import Q

from apps.accounts.enums import Role
from apps.accounts.roles import Viewer
from apps.applications.enums import (
    GUARDIAN_LIFECYCLE,
    ApplicationStatus,
    GuardianStatus,
    GuardianWay,
)
from apps.applications.models.applications import Application
from apps.core.models import PublicId, TimeStamped


class AskedConsent(models.Model):
    """A purpose that the applicants of an intake are asked to allow; coordinators choose which."""

    intake = models.ForeignKey("programs.Intake", on_delete=models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["intake", "purpose"], name="asked_consent_once_per_intake"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} at intake {self.intake_id}"


class GuardianQuerySet(models.QuerySet):
    def on_paper_for(self, viewer: Viewer) -> "GuardianQuerySet":
        """Papers that coordinators record: all they ever see of an application that is not sent yet."""
        return self.filter(
            way=GuardianWay.PAPER,
            status=GuardianStatus.ASKED,
            application__status=ApplicationStatus.DRAFT,
            application__intake__program__organisation__in=viewer.at(Role.COORDINATOR),
        )


class GuardianConfirmation(PublicId, TimeStamped):
    """One asking of one guardian, for an applicant below the age of consent.

    Of the link only a hash is kept, and until when it holds; `text` is what the guardian agreed to.
    """

    STATUS_LIFECYCLE = GUARDIAN_LIFECYCLE

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="guardians")
    name = models.CharField(max_length=200)
    relation = models.CharField(max_length=60)
    way = models.CharField(max_length=10, choices=GuardianWay)
    email = models.EmailField(max_length=254, blank=True)
    status = models.CharField(max_length=12, choices=GuardianStatus, default=GuardianStatus.ASKED)
    token_hash = models.CharField(max_length=64, blank=True)
    link_ends_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    text = models.ForeignKey("people.ConsentText", on_delete=models.PROTECT, null=True, related_name="+")
    allowed = models.JSONField(default=list)
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=500, blank=True)

    objects = GuardianQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(status__in=["asked", "confirmed"]),
                name="guardian_once_per_application",
            ),
            models.UniqueConstraint(
                fields=["token_hash"], condition=~Q(token_hash=""), name="guardian_link_is_unique"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["confirmed", "declined"]) | Q(answered_at__isnull=False),
                name="guardian_answered_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(status="confirmed", way="paper")
                | (Q(recorded_by__isnull=False) & ~Q(reason="")),
                name="guardian_paper_names_who_saw_it",
            ),
        ]

    def __str__(self) -> str:
        return f"guardian {self.pk} of {self.application_id}"
