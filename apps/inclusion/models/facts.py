"""Who takes part, in classes: one row for each person in each intake, and how many there are of each kind."""

from django.db import models

from apps.inclusion.models.counting import COUNTING


class ParticipationFact(models.Model):
    """One person in one intake: when they came to each stage, and the classes figures are split by.

    Rebuilt from source at any time with the same result (services.rebuild_facts). A stage is reached when
    it has a date; whoever came to a stage came to those before it, on that day at the latest. The table is
    partitioned by a hash of the intake, so its key is the intake and the person.
    """

    pk = models.CompositePrimaryKey("intake_id", "person_id")
    intake = models.ForeignKey("programs.Intake", on_delete=models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+", db_index=False)
    gender = models.CharField(max_length=12)
    residence = models.CharField(max_length=12)
    residence_basis = models.CharField(max_length=12, blank=True)
    residence_conflict = models.BooleanField(null=True)
    disability = models.CharField(max_length=12)
    ss1 = models.CharField(max_length=8, default="unknown")
    ss2 = models.CharField(max_length=8, default="unknown")
    ss4 = models.CharField(max_length=8, default="unknown")
    age_band = models.CharField(max_length=12, default="missing")
    country_code = models.CharField(max_length=2)
    was_asked = models.BooleanField(default=True)
    has_answered = models.BooleanField(default=False)
    applied_on = models.DateField()
    offered_on = models.DateField(null=True)
    enrolled_on = models.DateField(null=True)
    completed_on = models.DateField(null=True)
    withdrawn_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person"], name="fact_by_person")]
        triggers = COUNTING

    def __str__(self) -> str:
        return f"person {self.person_id} in intake {self.intake_id}"


class ParticipationCell(models.Model):
    """How many facts of an intake are alike: the rollup that releases are made of.

    Kept by the database in the statement that writes facts (counting), so it never differs from them.
    `n` people came to `stage` in the quarter that begins on `quarter`. Classes are the groups of figures
    (rules.groups), where silence keeps its reason.
    """

    intake = models.ForeignKey("programs.Intake", on_delete=models.CASCADE, related_name="+")
    stage = models.CharField(max_length=12)
    quarter = models.DateField()
    country_code = models.CharField(max_length=2)
    gender = models.CharField(max_length=12)
    residence = models.CharField(max_length=12)
    disability = models.CharField(max_length=12)
    age = models.CharField(max_length=12)
    n = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=[
                    *("intake", "stage", "quarter", "country_code"),
                    *("gender", "residence", "disability", "age"),
                ],
                name="cell_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.n} {self.stage} in intake {self.intake_id}"
