"""What people tell about themselves, sealed, and who was asked."""

from django.db import models
from django.db.models import Q

from apps.core.models import TimeStamped
from apps.inclusion.enums import AnsweredBy, Mode, Occasion


class InclusionProfile(TimeStamped):
    """What one person answered on one occasion, encrypted. Figures use the latest.

    Read by nothing that selects, reviews or writes to people. `instrument` names the questions about
    functioning that were on the page; empty when there were none.
    """

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    occasion = models.CharField(max_length=20, choices=Occasion, default=Occasion.AFTER_SENDING)
    sealed = models.BinaryField()
    key_id = models.CharField(max_length=16)
    mode = models.CharField(max_length=20, choices=Mode, default=Mode.SELF_WEB)
    answered_by = models.CharField(max_length=20, choices=AnsweredBy, blank=True)
    language = models.CharField(max_length=10, default="en")
    instrument = models.CharField(max_length=40, blank=True)
    instrument_version = models.CharField(max_length=20, blank=True)
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "occasion"], name="profile_once_per_occasion"),
            models.CheckConstraint(
                condition=Q(occasion__in=Occasion.values)
                & Q(mode__in=Mode.values)
                & Q(answered_by__in=["", *AnsweredBy.values]),
                name="profile_words_known",
            ),
        ]

    def __str__(self) -> str:
        return f"profile {self.pk}"


class Asking(models.Model):
    """One person was offered the questions, answered or not: the response rate counts against this.

    People of imported records were never asked by us.
    """

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    intake = models.ForeignKey("programs.Intake", on_delete=models.CASCADE, related_name="+")
    occasion = models.CharField(max_length=20, choices=Occasion)
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "intake", "occasion"], name="asked_once_per_intake_and_occasion"
            ),
        ]

    def __str__(self) -> str:
        return f"asking {self.pk}"
