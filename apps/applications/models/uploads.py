"""A file on its way in pieces, and the photos that become one document."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from apps.applications.enums import (
    UPLOAD_LIFECYCLE,
    UploadStatus,
)
from apps.applications.models.applications import Application, Document
from apps.core.models import PublicId, TimeStamped


class DocumentPage(PublicId, TimeStamped):
    """One photo of a document made of photos. The PDF is assembled anew whenever its pages change."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="pages")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=150)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    stored_as = models.CharField(max_length=80, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "position"], name="page_once_per_position"),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.name}"


class Upload(PublicId, TimeStamped):
    """A file on its way in pieces. `offset` counts bytes that are on our disk, never bytes that were sent.

    Whoever writes holds the `claim` until `claimed_until`, so that two senders never mix their bytes.
    `fingerprint` is the sha256 once more, for senders that can join: the same file from two tabs is one.
    """

    STATUS_LIFECYCLE = UPLOAD_LIFECYCLE

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="uploads")
    question = models.SlugField(max_length=40)
    name = models.CharField(max_length=150)
    declared_type = models.CharField(max_length=100, blank=True)
    length = models.PositiveIntegerField()
    offset = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    stored_as = models.CharField(max_length=80, unique=True)
    claim = models.UUIDField(null=True)
    claimed_until = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(db_default=Now())
    status = models.CharField(max_length=20, choices=UploadStatus, default=UploadStatus.RECEIVING)
    ended_at = models.DateTimeField(null=True)
    refusal = models.CharField(max_length=20, blank=True)
    document = models.ForeignKey(Document, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(offset__lte=models.F("length")), name="upload_stays_within_length"
            ),
            models.CheckConstraint(
                condition=Q(status="receiving") | Q(ended_at__isnull=False),
                name="upload_ended_has_its_moment",
            ),
            models.UniqueConstraint(
                fields=["application", "question", "fingerprint"],
                condition=Q(status="receiving") & ~Q(fingerprint=""),
                name="upload_once_per_file",
            ),
        ]
        indexes = [
            models.Index(fields=["heard_at"], condition=Q(status="receiving"), name="upload_by_silence"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.offset}/{self.length}"

    @property
    def is_complete(self) -> bool:
        return self.offset == self.length

    @property
    def percent(self) -> int:
        return self.offset * 100 // self.length
