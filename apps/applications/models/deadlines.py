"""More time for one person, and what they were reminded of."""

from django.db import models
from django.db.models import Q

from apps.applications.models.applications import Application
from apps.core.models import TimeStamped


class DeadlineExtension(TimeStamped):
    """More time for one person, until a moment and for a reason they can read. Never shortened."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="extensions")
    until = models.DateTimeField()
    reason = models.CharField(max_length=300)
    given_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-until", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="extension_has_a_reason"),
        ]
        indexes = [models.Index(fields=["application", "-until"], name="extension_by_application")]

    def __str__(self) -> str:
        return f"{self.application_id} until {self.until:%Y-%m-%d %H:%M}"


class DeadlineReminder(TimeStamped):
    """One person was reminded of one deadline. `until` is the deadline the reminder speaks of."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="reminders")
    reminder = models.CharField(max_length=20)
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "reminder"], name="reminded_once"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.reminder}"
