"""How far a program aims at gender equality and at the inclusion of people with disabilities."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThanOrEqual

from apps.core.models import TimeStamped
from apps.inclusion.enums import Marker, MarkerScore
from apps.inclusion.rules.markers import LEAST_JUSTIFICATION


class DacMarker(TimeStamped):
    """One screening of a program. No row: not screened, which is never the same as 0. Only added to."""

    program = models.ForeignKey("programs.Program", on_delete=models.PROTECT, related_name="+")
    marker = models.CharField(max_length=12, choices=Marker)
    version = models.PositiveSmallIntegerField()
    score = models.PositiveSmallIntegerField(choices=MarkerScore)
    criteria = models.JSONField(default=list)
    justification = models.TextField(blank=True)
    evidence = models.URLField(max_length=500, blank=True)
    screened_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    screened_at = models.DateTimeField()

    class Meta:
        ordering = ["marker", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["program", "marker", "version"], name="marker_version_once"),
            models.CheckConstraint(condition=Q(score__in=MarkerScore.values), name="marker_score_known"),
            models.CheckConstraint(
                condition=Q(score=0)
                | (~Q(evidence="") & Q(GreaterThanOrEqual(Length("justification"), LEAST_JUSTIFICATION))),
                name="marker_claim_is_justified",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.marker} {self.score} of {self.program_id}"
