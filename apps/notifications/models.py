"""Messages to people: rows first, sent by the drain (docs/adr/0003-outbox.md)."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from apps.accounts.enums import Role
from apps.accounts.roles import Viewer
from apps.core.models import PublicId
from apps.notifications.enums import MESSAGE_LIFECYCLE, Channel, MessageStatus


class MessageQuerySet(models.QuerySet):
    def visible_to(self, viewer: Viewer) -> "MessageQuerySet":
        """Everyone sees what was sent to them; coordinators the log of their programs."""
        if viewer.user_id is None:
            return self.none()
        return self.filter(
            Q(recipient_id=viewer.user_id) | Q(intake__program__organisation__in=viewer.at(Role.COORDINATOR))
        )


class Message(PublicId):
    """One thing told to one person over one channel. Someone without an account is an address alone.

    `event_key` is derived from what happened, never random, so that the same thing cannot be told
    twice; a correction has a new version in its key. `batch` is the release that tells it, so that the
    notices of one release can be paused. `context` holds ids and small words only; a
    secret link is put in at the moment of sending (`services.links`).
    """

    STATUS_LIFECYCLE = MESSAGE_LIFECYCLE

    recipient = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    address = models.CharField(max_length=254, blank=True)
    channel = models.CharField(max_length=10, choices=Channel)
    event_key = models.CharField(max_length=120)
    template = models.CharField(max_length=60)
    language = models.CharField(max_length=10, default="en")
    context = models.JSONField(default=dict)
    subject = models.CharField(max_length=250, blank=True)
    body = models.TextField(blank=True)
    intake = models.ForeignKey("programs.Intake", on_delete=models.PROTECT, null=True, related_name="+")
    application = models.ForeignKey(
        "applications.Application", on_delete=models.PROTECT, null=True, related_name="+"
    )
    batch = models.ForeignKey("selection.ReleaseBatch", on_delete=models.PROTECT, null=True, related_name="+")
    status = models.CharField(max_length=12, choices=MessageStatus, default=MessageStatus.PENDING)
    priority = models.PositiveSmallIntegerField(default=5)
    not_before = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    leases_lost = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    lease_token = models.UUIDField(null=True)
    provider = models.CharField(max_length=40, blank=True)
    provider_ref = models.CharField(max_length=200, blank=True)
    last_error = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    sent_at = models.DateTimeField(null=True)
    final_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recipient", "event_key", "channel"], name="message_told_once"),
            models.UniqueConstraint(
                fields=["address", "event_key", "channel"],
                condition=Q(recipient=None) & ~Q(template="sign-in"),
                name="message_told_once_to_address",
            ),
            models.UniqueConstraint(
                fields=["provider", "provider_ref"],
                condition=~Q(provider_ref=""),
                name="message_provider_ref_once",
            ),
            models.CheckConstraint(
                condition=Q(status__in=MessageStatus.values), name="message_status_is_known"
            ),
        ]
        indexes = [
            models.Index(
                fields=["priority", "not_before", "id"],
                name="message_waiting",
                condition=Q(status="pending"),
            ),
            models.Index(
                fields=["lease_until"],
                name="message_leased",
                condition=Q(status__in=["leased", "sending"]),
            ),
            models.Index(fields=["recipient", "-id"], name="message_by_recipient"),
            models.Index(fields=["application", "-id"], name="message_by_application"),
            models.Index(fields=["intake", "-id"], name="message_by_intake"),
        ]

    def __str__(self) -> str:
        return f"{self.template} to {self.recipient_id or 'an address'}"


class SendingPause(models.Model):
    """While a row exists for a channel nothing leaves over it; the drain looks before every batch."""

    channel = models.CharField(max_length=10, choices=Channel, unique=True)
    paused_at = models.DateTimeField(db_default=Now(), editable=False)
    paused_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.channel} is paused"


class BatchPause(models.Model):
    """While a row exists nothing leaves that this release tells; the drain looks while it sends, too."""

    batch = models.OneToOneField("selection.ReleaseBatch", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    paused_at = models.DateTimeField(db_default=Now(), editable=False)
    paused_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="batch_pause_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"batch {self.batch_id} is paused"


class DemoMail(models.Model):
    """What the demo's mailbox page shows instead of sending. `message_id` makes a repeat impossible."""

    message_id = models.CharField(max_length=200, unique=True)
    address = models.CharField(max_length=254)
    subject = models.CharField(max_length=250)
    body = models.TextField()
    at = models.DateTimeField(db_default=Now(), editable=False)

    def __str__(self) -> str:
        return self.subject
