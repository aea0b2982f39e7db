"""What applicants fill in and send."""

from django.db import models
from django.db.models import Q

from apps.accounts.enums import Role
from apps.accounts.roles import Viewer
from apps.applications.enums import (
    APPLICATION_LIFECYCLE,
    DOCUMENT_LIFECYCLE,
    HOLDS_ADDRESS,
    OPEN_TO_REFEREE,
    REFERENCE_LIFECYCLE,
    ApplicationStatus,
    DocumentStatus,
    Origin,
    Outcome,
    ReferenceStatus,
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


class DeadlineExtension(TimeStamped):
    """More time for one person, until a moment and for a reason they can read. Never shortened."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="extensions")
    until = models.DateTimeField()
    reason = models.CharField(max_length=300)
    given_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-until", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="extension_has_a_reason"),
        ]
        indexes = [models.Index(fields=["application", "-until"], name="extension_by_application")]

    def __str__(self) -> str:
        return f"{self.application_id} until {self.until:%Y-%m-%d %H:%M}"


class DeadlineReminder(TimeStamped):
    """One person was reminded of one deadline. `until` is the deadline the reminder speaks of."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="reminders")
    reminder = models.CharField(max_length=20)
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "reminder"], name="reminded_once"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.reminder}"


class ReferenceTerms(TimeStamped):
    """What an intake asks of referees. Without a row it wants none."""

    intake = models.OneToOneField("programs.Intake", on_delete=models.CASCADE, related_name="+")
    wanted = models.PositiveSmallIntegerField(default=0)
    due_days = models.PositiveSmallIntegerField(default=14)
    questions = models.JSONField(default=list)
    applicant_may_read = models.BooleanField(default=False)
    reviewers_may_read = models.BooleanField(default=False)
    required_before_sending = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(wanted__lte=5), name="reference_terms_want_five_at_most"),
        ]

    def __str__(self) -> str:
        return f"{self.wanted} references for intake {self.intake_id}"


class ReferenceQuerySet(models.QuerySet):
    def owned_by(self, viewer: Viewer) -> "ReferenceQuerySet":
        return self.filter(application__person__user_id=viewer.user_id) if viewer.user_id else self.none()

    def run_by(self, viewer: Viewer) -> "ReferenceQuerySet":
        """Coordinators reach references through the applications they work on."""
        return self.filter(application__in=Application.objects.run_by(viewer))


class Reference(PublicId, TimeStamped):
    """What one referee is asked about an applicant, and what came of it.

    The questions and who may read the answers are copied when the referee is asked: what they were
    promised then holds, whatever the intake's terms become. The link in the message is signed, never
    stored (docs/adr/0021-references.md).
    """

    STATUS_LIFECYCLE = REFERENCE_LIFECYCLE

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="references")
    replaces = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    name = models.CharField(max_length=200)
    relation = models.CharField(max_length=200)
    email = models.EmailField(max_length=254)
    language = models.CharField(max_length=10, default="en")
    status = models.CharField(max_length=12, choices=ReferenceStatus, default=ReferenceStatus.DRAFTED)
    questions = models.JSONField(default=list)
    applicant_may_read = models.BooleanField(default=False)
    reviewers_may_read = models.BooleanField(default=False)
    asked_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True)
    clock_reminded_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    answers = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    given_at = models.DateTimeField(null=True)
    on_paper = models.CharField(max_length=500, blank=True, help_text="Why a coordinator recorded it.")
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    declined_at = models.DateTimeField(null=True)
    decline_reason = models.CharField(max_length=500, blank=True)
    bounced_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True, help_text="Expired, or taken back.")

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "email"],
                condition=Q(status__in=HOLDS_ADDRESS) & ~Q(email=""),
                name="reference_once_per_address",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["drafted", "cancelled"])
                | Q(asked_at__isnull=False, due_at__isnull=False)
                | ~Q(on_paper=""),
                name="reference_asked_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(status="given") | Q(given_at__isnull=False),
                name="reference_given_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(status="declined") | Q(declined_at__isnull=False),
                name="reference_declined_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(status="bounced") | Q(bounced_at__isnull=False),
                name="reference_bounced_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["expired", "cancelled"]) | Q(ended_at__isnull=False),
                name="reference_ended_has_its_moment",
            ),
            models.CheckConstraint(condition=Q(reminders__lte=3), name="reference_reminded_thrice_at_most"),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], name="reference_by_clock", condition=Q(status__in=OPEN_TO_REFEREE)
            ),
        ]

    def __str__(self) -> str:
        return f"reference {self.pk} for application {self.application_id}"


class ReferenceWaiver(TimeStamped):
    """A coordinator lets an application be decided without the references that are missing."""

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=500)
    waived_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"application {self.application_id} goes on without references"
