"""Figures as they were told: frozen, and passed through disclosure control."""

from django.db import models
from django.db.models import Q

from apps.core.models import PublicId, TimeStamped
from apps.inclusion.enums import Cadence


class ReleaseQuerySet(models.QuerySet):
    def shown(self) -> "ReleaseQuerySet":
        """Those still on display: built whole, and not replaced by a restatement or a later running one."""
        return self.filter(is_built=True, replaced_by=None)

    def quarterly(self) -> "ReleaseQuerySet":
        return self.filter(cadence=Cadence.QUARTER)


class Release(PublicId, TimeStamped):
    """All figures from the beginning until `as_of`. Funders, partners and the public see nothing else.

    `restates` is the release whose period was counted again, with the reason; both stay readable.
    `replaced_by` points on from a release that is no longer the one to read.
    """

    number = models.PositiveIntegerField(unique=True)
    cadence = models.CharField(max_length=10, choices=Cadence, default=Cadence.RUNNING)
    as_of = models.DateField()
    released_at = models.DateTimeField()
    threshold = models.PositiveSmallIntegerField()
    small_threshold = models.PositiveSmallIntegerField()
    rounding = models.PositiveSmallIntegerField()
    rules_version = models.CharField(max_length=60)
    fingerprint = models.CharField(max_length=64)
    is_built = models.BooleanField(default=False)
    released_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    restates = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="restated_by")
    replaced_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=500, blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["as_of"],
                condition=Q(cadence="quarter", restates=None),
                name="release_once_per_quarter",
            ),
            models.CheckConstraint(
                condition=Q(restates=None) | ~Q(reason=""), name="release_restated_with_reason"
            ),
        ]
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"release {self.number}"

    @property
    def period(self) -> str:
        """2026-Q3, or the day of a running view."""
        if self.cadence == Cadence.QUARTER:
            return f"{self.as_of.year}-Q{(self.as_of.month + 2) // 3}"
        return self.as_of.isoformat()


class ReleasedFigure(models.Model):
    """One figure of a release: a count rounded to base 5, or hidden. `is_kept`: as an earlier release told it."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="figures")
    scope = models.CharField(max_length=10)
    scope_key = models.CharField(max_length=80, blank=True)
    stage = models.CharField(max_length=12)
    dimension = models.CharField(max_length=40, blank=True)
    group = models.CharField(max_length=40, blank=True)
    value = models.PositiveIntegerField(null=True)
    is_hidden = models.BooleanField(default=False)
    is_kept = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["release", "scope", "scope_key", "stage", "dimension", "group"],
                name="figure_once_per_release",
            ),
            models.CheckConstraint(
                condition=Q(is_hidden=True, value=None) | Q(is_hidden=False, value__isnull=False),
                name="figure_hidden_has_no_value",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.scope_key} {self.stage} {self.dimension} {self.group}".strip()


class HeldCount(models.Model):
    """What a figure of a release exactly stood for when it was last told, or first hidden.

    The release after it is compared with it and nothing else ever reads it: a figure moves by nothing or
    by a whole threshold. Kept while the release is on display.
    """

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="+")
    figure = models.CharField(max_length=200)
    count = models.PositiveIntegerField()
    told = models.PositiveIntegerField(null=True)
    is_kept = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["release", "figure"], name="count_held_once_per_release"),
        ]

    def __str__(self) -> str:
        return self.figure


class HeldGroups(models.Model):
    """Exactly how many of each group had come to each stage when a release was built.

    With them the next release is protected against whoever lays both side by side; nothing else ever reads
    them. `counts`: the words of a group, joined by "/" → how many came to each stage and no further.
    """

    release = models.OneToOneField(Release, on_delete=models.CASCADE, related_name="+")
    counts = models.JSONField()

    def __str__(self) -> str:
        return str(self.release)
