"""Frozen dashboards that people without an account may open by a link."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q

from apps.accounts.roles import Viewer
from apps.core.models import PublicId, TimeStamped
from apps.inclusion.enums import BrowserFamily

LONGEST = timedelta(days=90)


class SharedViewQuerySet(models.QuerySet):
    def managed_by(self, viewer: Viewer) -> "SharedViewQuerySet":
        """One's own; administrators see and end all."""
        return self.all() if viewer.is_administrator else self.filter(made_by=viewer.user_id)


class SharedView(PublicId, TimeStamped):
    """One scope of one quarter's release, for whoever has the link (docs/adr/0035-dashboard-and-shared-views.md).

    The link is told once and only its hash is kept. `targets` are those of the day it was made, so that
    nothing on the page moves.
    """

    release = models.ForeignKey("inclusion.Release", on_delete=models.PROTECT, related_name="+")
    scope = models.CharField(max_length=10)
    scope_key = models.CharField(max_length=80, blank=True)
    targets = models.JSONField(default=dict)
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    token_hash = models.CharField(max_length=64, unique=True)

    objects = SharedViewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at"), expires_at__lte=F("made_at") + LONGEST),
                name="share_ends_in_time",
            ),
            models.CheckConstraint(condition=~Q(scope="intake"), name="share_of_no_intake"),
        ]
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.scope} {self.scope_key} of release {self.release_id}".strip()


class ShareOpening(models.Model):
    """That a link was opened in some hour with some kind of browser: no address, no name, no cookie."""

    shared = models.ForeignKey(SharedView, on_delete=models.CASCADE, related_name="openings")
    hour = models.DateTimeField()
    family = models.CharField(max_length=10, choices=BrowserFamily)
    times = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["shared", "hour", "family"], name="opening_once_per_hour_and_family"
            ),
        ]
        ordering = ["-hour"]

    def __str__(self) -> str:
        return f"{self.family} at {self.hour:%Y-%m-%d %H}"
