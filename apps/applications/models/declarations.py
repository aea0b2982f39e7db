"""What applicants say of themselves so that they count towards a target. Apart from all monitoring."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from apps.applications.models.applications import Application
from apps.core.models import TimeStamped
from apps.programs.enums import InclusionGroup


class InclusionDeclaration(TimeStamped):
    """The groups an applicant wants to be counted in when people are chosen, and the words agreed to.

    An empty list is an answer too: asked, and none chosen. Taking it back empties the list. Never made
    from, and never compared with, the monitoring answers.
    """

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="declaration")
    groups = ArrayField(models.CharField(max_length=20, choices=InclusionGroup), default=list, blank=True)
    wording = models.CharField(max_length=20)
    declared_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(groups=[]), name="declaration_withdrawn_is_empty"
            ),
        ]

    def __str__(self) -> str:
        return f"declaration of {self.application_id}"
