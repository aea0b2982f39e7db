"""A person asks that a human looks at their decision again."""

from django.db import models
from django.db.models import Q

from apps.accounts.enums import Role
from apps.accounts.roles import Viewer
from apps.core.models import PublicId, TimeStamped
from apps.selection.enums import LOOK_LIFECYCLE, LookStatus
from apps.selection.models.deciding import Decision


class HumanLookQuerySet(models.QuerySet):
    def run_by(self, viewer: Viewer) -> "HumanLookQuerySet":
        return self.filter(
            decision__application__intake__program__organisation__in=viewer.at(Role.COORDINATOR)
        )


class HumanLook(PublicId, TimeStamped):
    """One request, its clock and its answer. Somebody who did not take the decision answers it."""

    STATUS_LIFECYCLE = LOOK_LIFECYCLE

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="looks")
    words = models.TextField()
    status = models.CharField(max_length=10, choices=LookStatus, default=LookStatus.WAITING)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")

    objects = HumanLookQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision"], name="look_once_per_decision"),
            models.CheckConstraint(
                condition=~Q(status__in=["upheld", "corrected"])
                | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="look_answered_in_words",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(status="waiting"), name="look_waiting"),
        ]

    def __str__(self) -> str:
        return f"look at decision {self.decision_id}"
