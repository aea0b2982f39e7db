"""How often the groups of an intake were selected, frozen when its decisions had been released."""

from django.db import models
from django.db.models import Q

from apps.core.models import PublicId, TimeStamped


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
