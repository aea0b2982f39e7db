"""Behind the wall: what people tell about themselves, and the figures made of it."""

from django.db import models
from django.db.models import Q

from apps.core.models import PublicId, TimeStamped
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


class ParticipationFact(models.Model):
    """One person in one intake: how far they came, and the coarse classes figures are split by.

    Rebuilt from source at any time with the same result (services.rebuild_facts).
    """

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    intake = models.ForeignKey("programs.Intake", on_delete=models.CASCADE, related_name="+")
    program = models.ForeignKey("programs.Program", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    country = models.ForeignKey("places.Country", on_delete=models.PROTECT, null=True, related_name="+")
    gender = models.CharField(max_length=12)
    residence = models.CharField(max_length=12)
    disability = models.CharField(max_length=12)
    asked = models.BooleanField(default=True)
    applied_on = models.DateField(null=True)
    offered_on = models.DateField(null=True)
    enrolled_on = models.DateField(null=True)
    completed_on = models.DateField(null=True)
    withdrawn_on = models.DateField(null=True)
    applied = models.BooleanField(default=False)
    offered = models.BooleanField(default=False)
    enrolled = models.BooleanField(default=False)
    completed = models.BooleanField(default=False)
    withdrawn = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "intake"], name="fact_once_per_person_and_intake"),
        ]
        indexes = [models.Index(fields=["program", "intake"], name="fact_by_program")]

    def __str__(self) -> str:
        return f"fact {self.pk}"


class Release(PublicId, TimeStamped):
    """A frozen set of figures that passed disclosure control. Funders see nothing else."""

    number = models.PositiveIntegerField(unique=True)
    released_at = models.DateTimeField()
    as_of = models.DateTimeField()
    threshold = models.PositiveSmallIntegerField()
    rules_version = models.CharField(max_length=40)
    fingerprint = models.CharField(max_length=64)
    released_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"release {self.number}"


class ReleasedFigure(models.Model):
    """One figure of a release: a count, or hidden. `scope` is all, kind, program or country."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="figures")
    scope = models.CharField(max_length=20)
    scope_key = models.CharField(max_length=80, blank=True)
    stage = models.CharField(max_length=20)
    dimension = models.CharField(max_length=20, blank=True)
    group = models.CharField(max_length=20, blank=True)
    value = models.PositiveIntegerField(null=True)
    is_hidden = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["release", "scope", "scope_key", "stage", "dimension", "group"],
                name="figure_once_per_release",
            ),
            models.CheckConstraint(
                condition=Q(is_hidden=True, value=None) | Q(is_hidden=False, value__isnull=False),
                name="figure_hidden_has_no_value",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.scope_key} {self.stage} {self.dimension} {self.group}".strip()


class FairnessReport(PublicId, TimeStamped):
    """How often the groups of one intake were selected, frozen when its decisions had been released.

    Holds what was told and who had come how far, never what anyone answered. There are at most two: when
    decisions are released, and when all offers are answered; the second repeats the first and adds to it.
    """

    intake = models.ForeignKey("programs.Intake", on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    threshold = models.PositiveSmallIntegerField()
    rules_version = models.CharField(max_length=40)
    fingerprint = models.CharField(max_length=64)
    is_complete = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["intake", "number"], name="fairness_number_once_per_intake"),
            models.CheckConstraint(
                condition=Q(number=1) | Q(number=2, is_complete=True), name="fairness_told_at_most_twice"
            ),
        ]

    def __str__(self) -> str:
        return f"fairness report {self.number} of intake {self.intake_id}"


class FairnessFigure(models.Model):
    """How many of a class came to a stage: `low` to `high` of `pool`, who came to `base`.

    `chosen` is how many came to the stage in all classes: staff know them by name. `group` joins the
    answers told together with "+". What the first report told, the second repeats, with its
    `counted_at`.
    """

    report = models.ForeignKey(FairnessReport, on_delete=models.CASCADE, related_name="figures")
    dimension = models.CharField(max_length=20)
    stage = models.CharField(max_length=20)
    base = models.CharField(max_length=20)
    group = models.CharField(max_length=1000)
    pool = models.PositiveIntegerField()
    low = models.PositiveIntegerField()
    high = models.PositiveIntegerField()
    chosen = models.PositiveIntegerField()
    counted_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(low__lte=models.F("high")) & Q(high__lte=models.F("pool")),
                name="fairness_figure_within_its_pool",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dimension} {self.stage} {self.group}"


class FairnessStanding(models.Model):
    """How far one application had come when a report was made. The second counts no one else."""

    report = models.ForeignKey(FairnessReport, on_delete=models.CASCADE, related_name="standings")
    application = models.ForeignKey("applications.Application", on_delete=models.CASCADE, related_name="+")
    stage = models.CharField(max_length=20)
    by_merit = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "application"], name="fairness_standing_once"),
        ]

    def __str__(self) -> str:
        return f"application {self.application_id}: {self.stage}"
