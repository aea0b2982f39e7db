"""What people tell about themselves, sealed."""

from django.db import models

from apps.core.models import TimeStamped


class InclusionProfile(TimeStamped):
    """The answers of one person, encrypted. Read by nothing that selects, reviews or writes to people."""

    person = models.OneToOneField("people.Person", on_delete=models.CASCADE, related_name="+")
    sealed = models.BinaryField()
    key_id = models.CharField(max_length=16)
    mode = models.CharField(max_length=20, default="self_web")
    answered_by = models.CharField(max_length=20, default="self")
    language = models.CharField(max_length=10, default="en")
    instrument = models.CharField(max_length=40, default="wg-ss-2022")
    answered_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"profile {self.pk}"
