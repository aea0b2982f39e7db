"""Train-the-trainer cohorts: practice, certification, onward trainings, who trained whom."""

from django.db import models
from django.db.models import F, Q

from apps.accounts.enums import Role
from apps.accounts.roles import Viewer
from apps.cohorts.enums import TRAINER_LIFECYCLE, TRAINER_TONES, TrainerStatus
from apps.core.models import PublicId, TextsField, TimeStamped
from apps.enrolments.models import organisations_of


class CohortTerms(TimeStamped):
    """How long practice may take, and for how long a certificate keeps a trainer active."""

    program = models.OneToOneField("programs.Program", on_delete=models.CASCADE, related_name="+")
    checkout_days = models.PositiveSmallIntegerField(default=90)
    active_months = models.PositiveSmallIntegerField(default=12)

    def __str__(self) -> str:
        return f"practice within {self.checkout_days} days"


class PracticeStep(models.Model):
    """What each future trainer of a program has to show before certification."""

    program = models.ForeignKey("programs.Program", on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    title = TextsField()
    instructions = TextsField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["program", "number"], name="practice_step_number_once"),
        ]

    def __str__(self) -> str:
        return f"step {self.number}"


class TrainerQuerySet(models.QuerySet):
    def visible_to(self, viewer: Viewer) -> "TrainerQuerySet":
        if viewer.user_id is None:
            return self.none()
        runs = viewer.at(Role.COORDINATOR) | viewer.at(Role.TRAINER)
        return self.filter(Q(person__user_id=viewer.user_id) | Q(program__organisation__in=runs))

    def run_by(self, viewer: Viewer, *roles: str) -> "TrainerQuerySet":
        """Those whom holders of `roles` look after at the organisation of the role, never themselves."""
        theirs = self.filter(program__organisation__in=organisations_of(viewer, *roles))
        return theirs.exclude(person__user_id=viewer.user_id)

    def owned_by(self, viewer: Viewer) -> "TrainerQuerySet":
        return self.filter(person__user_id=viewer.user_id) if viewer.user_id else self.none()


class Trainer(PublicId, TimeStamped):
    """A person's standing as a trainer of one program. Master trainers have no enrolment."""

    STATUS_LIFECYCLE = TRAINER_LIFECYCLE

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    program = models.ForeignKey("programs.Program", on_delete=models.PROTECT, related_name="+")
    enrolment = models.OneToOneField(
        "enrolments.Enrolment", on_delete=models.PROTECT, null=True, related_name="+"
    )
    status = models.CharField(max_length=20, choices=TrainerStatus, default=TrainerStatus.IN_TRAINING)
    generation = models.PositiveSmallIntegerField(default=1)
    certified_on = models.DateField(null=True)
    certified_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    last_trained_on = models.DateField(null=True)
    source = models.CharField(max_length=40, blank=True)
    source_key = models.CharField(max_length=80, blank=True)

    objects = TrainerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "program"], name="trainer_once_per_program"),
            models.UniqueConstraint(
                fields=["source", "source_key"], condition=~Q(source=""), name="trainer_once_per_source"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["certified", "active"]) | Q(certified_on__isnull=False),
                name="trainer_certified_has_its_day",
            ),
        ]
        indexes = [models.Index(fields=["program", "status", "id"], name="trainer_by_program")]

    def __str__(self) -> str:
        return f"trainer {self.person_id}"

    @property
    def tone(self) -> str:
        """The colour of the status tag."""
        return TRAINER_TONES.get(self.status, "grey")


class TrainerLink(TimeStamped):
    """Who trained whom. A trainer cannot be their own teacher; longer circles are refused on writing."""

    trainer = models.ForeignKey(Trainer, on_delete=models.CASCADE, related_name="taught")
    trainee = models.ForeignKey(Trainer, on_delete=models.CASCADE, related_name="taught_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["trainer", "trainee"], name="trainer_link_once"),
            models.CheckConstraint(condition=~Q(trainer=F("trainee")), name="trainer_not_own_teacher"),
        ]

    def __str__(self) -> str:
        return f"{self.trainer_id} → {self.trainee_id}"


class IntakeTrainer(models.Model):
    """The trainers who teach an intake: the teachers of everyone certified through it."""

    intake = models.ForeignKey("programs.Intake", on_delete=models.CASCADE, related_name="+")
    trainer = models.ForeignKey(Trainer, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["intake", "trainer"], name="intake_trainer_once"),
        ]

    def __str__(self) -> str:
        return f"{self.trainer_id} teaches {self.intake_id}"


class PracticeTask(PublicId, TimeStamped):
    """One practice step of one future trainer, with its day and who saw it done."""

    trainer = models.ForeignKey(Trainer, on_delete=models.CASCADE, related_name="practice")
    step = models.ForeignKey(PracticeStep, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    done_on = models.DateField(null=True)
    note = models.CharField(max_length=1000, blank=True)
    observed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["step__number"]
        constraints = [
            models.UniqueConstraint(fields=["trainer", "step"], name="practice_task_once"),
            models.CheckConstraint(
                condition=Q(done_on=None) | Q(observed_by__isnull=False), name="practice_seen_by_someone"
            ),
        ]

    def __str__(self) -> str:
        return f"step {self.step_id} of {self.trainer_id}"


class OnwardTraining(PublicId, TimeStamped):
    """A training that a certified trainer held, and how many people it reached.

    Imported trainings may name no trainer: the source does not always say.
    """

    trainer = models.ForeignKey(Trainer, on_delete=models.PROTECT, null=True, related_name="onward_trainings")
    program = models.ForeignKey("programs.Program", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    held_on = models.DateField()
    country = models.ForeignKey("places.Country", on_delete=models.PROTECT, null=True, related_name="+")
    place = models.CharField(max_length=200, blank=True)
    people_reached = models.PositiveIntegerField(null=True)
    women_reached = models.PositiveIntegerField(null=True)
    source = models.CharField(max_length=40, blank=True)
    source_key = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["-held_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_key"], condition=~Q(source=""), name="onward_once_per_source"
            ),
            models.CheckConstraint(
                condition=Q(women_reached=None) | Q(women_reached__lte=F("people_reached")),
                name="onward_women_among_people",
            ),
            models.CheckConstraint(
                condition=Q(trainer__isnull=False) | ~Q(source=""), name="onward_reported_by_a_trainer"
            ),
        ]
        indexes = [models.Index(fields=["program", "-held_on"], name="onward_by_program")]

    def __str__(self) -> str:
        return self.title
