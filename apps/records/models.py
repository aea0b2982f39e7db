"""What was imported, when, from which file, and what was wrong with it."""

from typing import Any

from django.db import models
from django.db.models import Q

from apps.accounts.enums import Role
from apps.accounts.roles import Viewer
from apps.core.models import PublicId, TimeStamped
from apps.records.enums import IMPORT_LIFECYCLE, FileProblem, ImportStatus, RowProblem


class ImportRunQuerySet(models.QuerySet):
    def visible_to(self, viewer: Viewer) -> "ImportRunQuerySet":
        return self.filter(organisation__in=viewer.at(Role.COORDINATOR))


class ImportRun(PublicId, TimeStamped):
    """One file sent for import. `kept_as` names the sealed copy that waits between check and import."""

    STATUS_LIFECYCLE = IMPORT_LIFECYCLE

    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    mapping = models.CharField(max_length=40)
    file_name = models.CharField(max_length=150)
    sha256 = models.CharField(max_length=64)
    status = models.CharField(max_length=20, choices=ImportStatus)
    kept_as = models.CharField(max_length=120, blank=True)
    rows_read = models.PositiveIntegerField(default=0)
    rows_new = models.PositiveIntegerField(default=0)
    rows_unchanged = models.PositiveIntegerField(default=0)
    rows_skipped = models.PositiveIntegerField(default=0)
    problems_found = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list)
    fault = models.JSONField(default=dict)
    asked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    finished_at = models.DateTimeField(null=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=ImportStatus.IMPORTED) | Q(finished_at__isnull=False),
                name="import_has_its_moment",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-id"], name="import_by_organisation")]

    def __str__(self) -> str:
        return f"{self.mapping}: {self.file_name}"

    @property
    def fault_in_words(self) -> str:
        """Why the file as a whole was refused; empty when it was not."""
        if not self.fault:
            return ""
        words = str(FileProblem(self.fault["code"]).label)
        return words.format(detail=self.fault.get("detail", ""), row=self.fault.get("row", ""))

    @property
    def problems_in_words(self) -> list[dict[str, Any]]:
        return [{**problem, "words": RowProblem(problem["code"]).label} for problem in self.problems]
