"""More information: what a coordinator asked for again."""

from django.db import models
from django.db.models import Q

from apps.applications.enums import INFORMATION_LIFECYCLE, ApplicationStatus, InformationStatus
from apps.applications.models.applications import Application
from apps.core.models import PublicId, TimeStamped


class InformationRequest(PublicId, TimeStamped):
    """A coordinator re-opened named sections of a sent application, until a moment.

    `before` and `after` hold the answers of those sections and which files they had:
    {"sections": {section: row}, "documents": [ids], "eligibility": answers}.
    """

    STATUS_LIFECYCLE = INFORMATION_LIFECYCLE

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="requests")
    sections = models.JSONField(default=list)
    asks_eligibility = models.BooleanField(default=False)
    wanted = models.TextField()
    due_at = models.DateTimeField()
    asked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    came_from = models.CharField(max_length=20, choices=ApplicationStatus)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    status = models.CharField(max_length=20, choices=InformationStatus, default=InformationStatus.OPEN)
    sending_key = models.UUIDField(null=True)
    reminded_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(status="open"), name="information_once_while_open"
            ),
            models.CheckConstraint(
                condition=Q(status="open", ended_at=None) | ~Q(status="open") & Q(ended_at__isnull=False),
                name="information_ended_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(came_from__in=["eligible", "in_review"]), name="information_came_from_known"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="information_open", condition=Q(status="open")),
        ]

    def __str__(self) -> str:
        return f"request {self.pk} about {self.application_id}"
