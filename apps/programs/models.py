"""What people can apply to: programs, their intakes, and the rules of each intake."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from apps.accounts.enums import Role
from apps.accounts.roles import Viewer
from apps.core.models import PublicId, TextsField, TimeStamped
from apps.core.texts import say
from apps.programs.enums import (
    ENQUIRY_LIFECYCLE,
    INTAKE_LIFECYCLE,
    EnquiryStatus,
    InclusionGroup,
    InclusionMode,
    IntakeStatus,
    Mode,
    ProgramKind,
    RuleAnswer,
    RuleTest,
)


class ProgramQuerySet(models.QuerySet):
    def visible_to(self, viewer: Viewer) -> "ProgramQuerySet":
        """Coordinators see their organisation's programs, funders those they fund, both unlisted too."""
        mine = Q(organisation__in=viewer.at(Role.COORDINATOR) | viewer.at(Role.TRAINER))
        funded = Q(pk__in=Funding.objects.filter(funder__in=viewer.at(Role.FUNDER)).values("program"))
        return self.all() if viewer.is_administrator else self.filter(mine | funded)


class Program(PublicId, TimeStamped):
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=ProgramKind)
    slug = models.SlugField(max_length=80, unique=True)
    title = TextsField()
    summary = TextsField()
    what_you_get = TextsField()
    who_can_apply = TextsField()
    what_you_need = TextsField()
    how_we_decide = TextsField()
    accessibility = TextsField()
    level = models.CharField(max_length=4, blank=True)
    mode = models.CharField(max_length=20, choices=Mode, default=Mode.ONLINE)
    country = models.ForeignKey("places.Country", on_delete=models.PROTECT, null=True, related_name="+")
    is_listed = models.BooleanField(default=True, help_text="Imported history is not in the catalogue.")
    source = models.CharField(max_length=40, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ProgramQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ProgramKind.values), name="program_kind_is_known"),
        ]

    def __str__(self) -> str:
        return say(self.title, get_language() or "en") or self.slug


class Funding(TimeStamped):
    """One organisation's money in one program, and what it may do about inclusion targets."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="fundings")
    funder = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    inclusion_mode = models.CharField(
        max_length=20, choices=InclusionMode, default=InclusionMode.OUTREACH_ONLY
    )
    legal_basis = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["program", "funder"], name="funding_once_per_funder"),
            models.CheckConstraint(
                condition=Q(inclusion_mode__in=["off", "outreach_only"]) | ~Q(legal_basis=""),
                name="funding_preference_needs_legal_basis",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.funder} funds {self.program}"


class IntakeQuerySet(models.QuerySet):
    def visible_to(self, viewer: Viewer) -> "IntakeQuerySet":
        if viewer.is_administrator:
            return self.all()
        return self.filter(program__organisation__in=viewer.at(Role.COORDINATOR))

    def listed(self) -> "IntakeQuerySet":
        """What the catalogue shows: open now, or published and opening later."""
        return self.filter(
            program__is_listed=True, status__in=[IntakeStatus.OPEN, IntakeStatus.PUBLISHED]
        ).select_related("program", "program__organisation", "program__country")


class Intake(PublicId, TimeStamped):
    """One round of a program. Seats change only by a conditional UPDATE; the CHECK is the net."""

    STATUS_LIFECYCLE = INTAKE_LIFECYCLE

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="intakes")
    slug = models.SlugField(max_length=80)
    name = TextsField()
    status = models.CharField(max_length=20, choices=IntakeStatus, default=IntakeStatus.DRAFT)
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    time_zone = models.CharField(max_length=60, default="Asia/Bangkok")
    grace_minutes = models.PositiveIntegerField(default=24 * 60)
    seats = models.PositiveIntegerField(default=0)
    seats_taken = models.PositiveIntegerField(default=0)
    reviews_each = models.PositiveSmallIntegerField(default=2)
    reviews_due_on = models.DateField(null=True, blank=True)
    decisions_expected_on = models.DateField(null=True, blank=True)
    answer_days = models.PositiveSmallIntegerField(default=14)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=40, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = IntakeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["program", "slug"], name="intake_slug_once_per_program"),
            models.CheckConstraint(condition=Q(seats_taken__lte=F("seats")), name="intake_never_oversold"),
            models.CheckConstraint(
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(opens_at__lt=F("closes_at")),
                name="intake_opens_before_it_closes",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "cancelled"]) | ~Q(source="") | Q(closes_at__isnull=False),
                name="intake_published_with_dates",
            ),
        ]
        indexes = [models.Index(fields=["status", "closes_at"], name="intake_by_clock")]

    def __str__(self) -> str:
        return f"{self.program} · {say(self.name, get_language() or 'en')}"

    @property
    def seats_left(self) -> int:
        return self.seats - self.seats_taken


class EligibilityRule(models.Model):
    """One question asked before applying, the test its answer must pass, and what to say if not."""

    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="eligibility_rules")
    number = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=40)
    question = TextsField()
    hint = TextsField()
    answer = models.CharField(max_length=20, choices=RuleAnswer)
    options = models.JSONField(default=list, blank=True)
    test = models.CharField(max_length=20, choices=RuleTest)
    value = models.JSONField()
    unmet = TextsField()
    #: {"passes": answer, "fails": answer}: what a coordinator says the rule must do; either may be absent.
    examples = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["intake", "key"], name="eligibility_key_once_per_intake"),
            models.UniqueConstraint(fields=["intake", "number"], name="eligibility_number_once_per_intake"),
        ]

    def __str__(self) -> str:
        return self.key


class InclusionTarget(models.Model):
    """The share of enrolled participants the program aims at, in percent."""

    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="inclusion_targets")
    group = models.CharField(max_length=20, choices=InclusionGroup)
    percent = models.DecimalField(max_digits=4, decimal_places=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["intake", "group"], name="target_once_per_group"),
            models.CheckConstraint(condition=Q(percent__gt=0, percent__lte=100), name="target_is_a_share"),
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.percent} %"


class Outage(TimeStamped):
    """A time without internet in a country. It gives people there the lost time back.

    Without an intake it counts for every intake of the organisation that was open in that time.
    """

    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    country = models.ForeignKey("places.Country", on_delete=models.PROTECT, related_name="+")
    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    declared_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-starts_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")), name="outage_ends_after_it_began"
            ),
            models.UniqueConstraint(
                fields=["organisation", "country", "intake", "starts_at", "ends_at"],
                nulls_distinct=False,
                name="outage_declared_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country_id} {self.starts_at:%Y-%m-%d %H:%M} – {self.ends_at:%Y-%m-%d %H:%M}"


class EnquiryQuerySet(models.QuerySet):
    def run_by(self, viewer: Viewer) -> "EnquiryQuerySet":
        return self.filter(intake__program__organisation__in=viewer.at(Role.COORDINATOR))


class Enquiry(PublicId, TimeStamped):
    """A question somebody without an account asks a person, with what the rules had told them."""

    STATUS_LIFECYCLE = ENQUIRY_LIFECYCLE

    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="+")
    email = models.EmailField()
    question = models.TextField()
    language = models.CharField(max_length=10, default="en")
    not_met = models.JSONField(default=list, blank=True)
    status = models.CharField(max_length=20, choices=EnquiryStatus, default=EnquiryStatus.WAITING)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "enquiries"
        constraints = [
            models.CheckConstraint(
                condition=Q(status="waiting") | Q(answered_at__isnull=False),
                name="enquiry_dealt_with_has_its_moment",
            ),
            models.CheckConstraint(condition=~Q(status="answered") | ~Q(answer=""), name="enquiry_answered"),
        ]
        indexes = [
            models.Index(fields=["intake", "id"], condition=Q(status="waiting"), name="enquiry_waiting"),
            models.Index(fields=["email", "created_at"], name="enquiry_by_address"),
        ]

    def __str__(self) -> str:
        return f"enquiry {self.pk} about intake {self.intake_id}"
