"""What was imported, when, from which file, and what was wrong with it."""

from django.db import models

from apps.accounts.enums import Role
from apps.accounts.roles import Viewer
from apps.core.models import PublicId, TimeStamped


class ImportRunQuerySet(models.QuerySet):
    def visible_to(self, viewer: Viewer) -> "ImportRunQuerySet":
        return self.filter(organisation__in=viewer.at(Role.COORDINATOR))


class ImportRun(PublicId, TimeStamped):
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    mapping = models.CharField(max_length=80)
    file_name = models.CharField(max_length=150)
    sha256 = models.CharField(max_length=64)
    dry_run = models.BooleanField(default=False)
    rows_read = models.PositiveIntegerField(default=0)
    rows_new = models.PositiveIntegerField(default=0)
    rows_unchanged = models.PositiveIntegerField(default=0)
    problems_found = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list)
    imported_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    finished_at = models.DateTimeField(null=True)

    objects = ImportRunQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.mapping}: {self.file_name}"
