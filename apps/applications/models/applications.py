"""What applicants fill in and send."""

from django.db import models
from django.db.models import Q

from apps.accounts.enums import Role
from apps.accounts.roles import Viewer
from apps.applications.enums import (
    APPLICATION_LIFECYCLE,
    DOCUMENT_LIFECYCLE,
    ApplicationStatus,
    DocumentStatus,
    Origin,
    Outcome,
    UploadStatus,
)
from apps.core.models import PublicId, TimeStamped


class FormVersion(TimeStamped):
    """The sections and questions of an intake's form. Published versions never change.

    `definition` is read by `rules.form_from_definition`; an application keeps the version it began with.
    """

    intake = models.ForeignKey("programs.Intake", on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    definition = models.JSONField()
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["intake", "number"], name="form_version_once_per_intake"),
        ]

    def __str__(self) -> str:
        return f"form {self.number} of intake {self.intake_id}"


class ApplicationQuerySet(models.QuerySet):
    def visible_to(self, viewer: Viewer) -> "ApplicationQuerySet":
        """Applicants see their own; coordinators those sent to their organisation's programs.

        Reviewers reach an application only through their own assignment.
        """
        if viewer.user_id is None:
            return self.none()
        own = Q(person__user_id=viewer.user_id)
        run = Q(intake__program__organisation__in=viewer.at(Role.COORDINATOR)) & ~Q(
            status__in=[ApplicationStatus.DRAFT, ApplicationStatus.EXPIRED]
        )
        return self.filter(own | run)

    def run_by(self, viewer: Viewer) -> "ApplicationQuerySet":
        """What a coordinator works on: sent to a program of the viewer's organisation, also when it
        was withdrawn later; a draft that was given up was never theirs to see.
        """
        return self.filter(
            intake__program__organisation__in=viewer.at(Role.COORDINATOR), submitted_at__isnull=False
        )

    def owned_by(self, viewer: Viewer) -> "ApplicationQuerySet":
        return self.filter(person__user_id=viewer.user_id) if viewer.user_id else self.none()


class Application(PublicId, TimeStamped):
    """One person's application to one intake. A draft exists before the account does.

    `set_aside` keeps answers that a newer version of the form has no question for:
    {question: {"label": texts, "value": answer}}.
    """

    STATUS_LIFECYCLE = APPLICATION_LIFECYCLE

    reference = models.CharField(max_length=20, unique=True)
    intake = models.ForeignKey("programs.Intake", on_delete=models.PROTECT, related_name="+")
    form_version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    status = models.CharField(max_length=20, choices=ApplicationStatus, default=ApplicationStatus.DRAFT)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    origin = models.CharField(max_length=20, choices=Origin, default=Origin.ONLINE)
    language = models.CharField(max_length=10, default="en")
    time_zone = models.CharField(max_length=60, blank=True)
    eligibility_answers = models.JSONField(default=dict)
    eligibility_result = models.JSONField(default=dict)
    set_aside = models.JSONField(default=dict)
    saved_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    submission_key = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawal_reason = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)
    source = models.CharField(max_length=40, blank=True)
    source_key = models.CharField(max_length=120, blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["intake", "person"],
                condition=~Q(status__in=["withdrawn", "expired"]) & Q(source=""),
                name="application_once_per_intake",
            ),
            models.UniqueConstraint(
                fields=["source", "source_key"],
                condition=~Q(source=""),
                name="application_once_per_source",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "expired", "withdrawn"]) | Q(submitted_at__isnull=False),
                name="application_sent_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "expired", "withdrawn"]) | Q(person__isnull=False),
                name="application_sent_by_a_person",
            ),
            models.CheckConstraint(
                condition=~Q(status="withdrawn") | Q(withdrawn_at__isnull=False),
                name="application_withdrawn_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(status="decided") | (Q(decided_at__isnull=False) & ~Q(outcome="")),
                name="application_decided_has_an_outcome",
            ),
        ]
        indexes = [
            models.Index(fields=["intake", "status", "-submitted_at", "-id"], name="application_by_intake"),
            models.Index(fields=["person", "-id"], name="application_by_person"),
            models.Index(
                fields=["-submitted_at", "-id"],
                name="application_newest",
                condition=Q(submitted_at__isnull=False, source=""),
            ),
            models.Index(
                fields=["intake", "-submitted_at", "-id"],
                name="application_newest_of_intake",
                condition=Q(submitted_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def unfinished_uploads(self) -> models.QuerySet:
        return self.uploads.filter(status=UploadStatus.RECEIVING, offset__gt=0).order_by("pk")

    def was_submitted_with(self, key: object) -> bool:
        return self.submission_key is not None and self.submission_key == key


class SectionAnswers(TimeStamped):
    """The answers of one section. Saved apart, so that two tabs lose nothing of each other.

    `typed_by` says of each answer who typed it last: {question: {"by": user id or null, "at": when}}.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="sections")
    section = models.SlugField(max_length=40)
    answers = models.JSONField(default=dict)
    is_complete = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    saved_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    typed_by = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "section"], name="answers_once_per_section"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}/{self.section}"


class Document(PublicId, TimeStamped):
    """An uploaded file: a receipt with name, size and checksum. Served as an attachment, when clean."""

    STATUS_LIFECYCLE = DOCUMENT_LIFECYCLE

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="documents")
    question = models.SlugField(max_length=40)
    name = models.CharField(max_length=150)
    content_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    stored_as = models.CharField(max_length=80, unique=True)
    status = models.CharField(max_length=20, choices=DocumentStatus, default=DocumentStatus.RECEIVED)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="document_is_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_clean(self) -> bool:
        return self.status == DocumentStatus.CLEAN
