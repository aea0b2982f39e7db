"""The outbox and the audit trail: what happened, and who still has to hear of it."""

import pgtrigger
from django.db import models
from django.db.models.functions import Now


class EventRecord(models.Model):
    """Something happened. Written in the transaction that did it; never changed, never deleted.

    The payload holds ids and small words, never personal data.
    """

    name = models.CharField(max_length=80)
    at = models.DateTimeField(db_default=Now(), editable=False)
    actor_user_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=40)
    on_behalf_of = models.BigIntegerField(null=True)
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True)
    payload = models.JSONField()

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "id"], name="event_subject"),
            models.Index(fields=["name", "id"], name="event_name"),
            models.Index(fields=["actor_user_id", "id"], name="event_actor"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.name} #{self.pk}"


class Delivery(models.Model):
    """One handler has to hear one event, once. `handled_at` is stamped in the handler's transaction."""

    event = models.ForeignKey(EventRecord, on_delete=models.PROTECT, related_name="+")
    handler = models.CharField(max_length=120)
    not_before = models.DateTimeField(db_default=Now())
    attempts = models.PositiveSmallIntegerField(default=0)
    handled_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "handler"], name="delivery_once_per_handler"),
        ]
        indexes = [
            models.Index(
                fields=["not_before", "id"],
                name="delivery_waiting",
                condition=models.Q(handled_at=None, given_up_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.handler} hears #{self.event_id}"


class Heartbeat(models.Model):
    """Written from inside a task, so that a worker which is up but deaf is noticed."""

    name = models.CharField(max_length=60, unique=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} at {self.seen_at:%H:%M:%S}"
