"""Reading practice, standing and the cascade of trainers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from apps.accounts.enums import Role
from apps.accounts.models import Membership, User
from apps.cohorts.enums import MAY_TRAIN, PRACTISING, TrainerStatus
from apps.cohorts.models import (
    CohortTerms,
    IntakeTrainer,
    OnwardTraining,
    PracticeTask,
    Trainer,
    TrainerLink,
)
from apps.core.texts import say
from apps.enrolments.models import Enrolment
from apps.programs.models import Intake, Program


def terms_of(program_id: int) -> CohortTerms:
    """The program's terms; the model's defaults while nobody has set them."""
    return CohortTerms.objects.filter(program=program_id).first() or CohortTerms(program_id=program_id)


def today_for(trainer: Trainer) -> date:
    """Today where the trainer lives, as far as we know."""
    person = trainer.person
    zone = (person.user and person.user.time_zone) or (person.country and person.country.time_zone)
    return timezone.now().astimezone(ZoneInfo(zone or "UTC")).date()


def trainer_of(enrolment: Enrolment) -> Trainer | None:
    """The participant's standing as a trainer of the program they are enrolled in."""
    return (
        Trainer.objects.filter(person=enrolment.person_id, program=enrolment.intake.program_id)
        .select_related("person__user", "person__country", "program")
        .first()
    )


def practice_of(trainer: Trainer) -> QuerySet[PracticeTask]:
    return PracticeTask.objects.filter(trainer=trainer).select_related("step", "observed_by")


def what_is_missing(enrolment: Enrolment) -> list[str | Promise]:
    """What stands between a participant and completion: the open steps, then certification."""
    trainer = trainer_of(enrolment)
    if trainer is None:
        return [_("The practice plan is not laid out yet.")]
    if trainer.certified_on:
        return []
    steps = practice_of(trainer)
    if to_do := steps.filter(done_on=None).count():
        return [
            ngettext_lazy(
                "%(count)d practice step is still to be shown.",
                "%(count)d practice steps are still to be shown.",
                "count",
            )
            % {"count": to_do}
        ]
    return [_("Certification is still to come.")]


def in_practice(program: Program) -> QuerySet[Trainer]:
    return (
        Trainer.objects.filter(
            program=program, source="", status__in=[TrainerStatus.IN_TRAINING, TrainerStatus.CHECKOUT]
        )
        .select_related("person__user", "person__country", "enrolment")
        .order_by("pk")
    )


def may_have_lapsed(*, before: date) -> QuerySet[Trainer]:
    """Certified trainers of our own (not imported) whose last training, if any, is before that day."""
    return Trainer.objects.filter(
        Q(last_trained_on=None) | Q(last_trained_on__lt=before),
        status__in=MAY_TRAIN,
        source="",
        certified_on__lt=before,
    ).order_by("pk")


def may_teach(intake: Intake) -> QuerySet[Trainer]:
    return (
        Trainer.objects.filter(program=intake.program_id, status__in=MAY_TRAIN)
        .select_related("person")
        .order_by("person__full_name", "pk")
    )


@dataclass(frozen=True, slots=True)
class Level:
    """One step down the cascade: 1 is those taught directly."""

    depth: int
    trainers: int
    trainings: int
    people: int


@dataclass(frozen=True, slots=True)
class Cascade:
    """What grew out of one trainer. Every training counts once, however many teachers lead to it."""

    own_trainings: int
    own_people: int
    levels: tuple[Level, ...]

    @property
    def trainers(self) -> int:
        return sum(level.trainers for level in self.levels)

    @property
    def trainings(self) -> int:
        return self.own_trainings + sum(level.trainings for level in self.levels)

    @property
    def people(self) -> int:
        return self.own_people + sum(level.people for level in self.levels)


_BELOW = """
WITH RECURSIVE below(trainer_id, depth) AS (
    SELECT trainee_id, 1 FROM cohorts_trainerlink WHERE trainer_id = %s
    UNION
    SELECT link.trainee_id, below.depth + 1
    FROM cohorts_trainerlink link JOIN below ON link.trainer_id = below.trainer_id
    WHERE below.depth < 50
)
SELECT trainer_id, min(depth) FROM below GROUP BY trainer_id
"""


def below(trainer: Trainer) -> dict[int, int]:
    """Everyone taught by this trainer or by those they taught, with the shortest way down."""
    with connection.cursor() as cursor:
        cursor.execute(_BELOW, [trainer.pk])
        return dict(cursor.fetchall())


def cascade_of(trainer: Trainer) -> Cascade:
    """Three queries, whatever the size of the cascade."""
    depths = below(trainer)
    depths.pop(trainer.pk, None)
    sums = _trainings_by_trainer([trainer.pk, *depths])
    own = sums.get(trainer.pk, (0, 0))
    levels = []
    for depth in sorted(set(depths.values())):
        here = [pk for pk, each in depths.items() if each == depth]
        levels.append(
            Level(
                depth=depth,
                trainers=len(here),
                trainings=sum(sums.get(pk, (0, 0))[0] for pk in here),
                people=sum(sums.get(pk, (0, 0))[1] for pk in here),
            )
        )
    return Cascade(own_trainings=own[0], own_people=own[1], levels=tuple(levels))


def _trainings_by_trainer(trainer_ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    rows = (
        OnwardTraining.objects.filter(trainer__in=list(trainer_ids))
        .order_by()
        .values("trainer")
        .annotate(trainings=Count("pk"), people=Sum("people_reached"))
    )
    return {row["trainer"]: (row["trainings"], row["people"] or 0) for row in rows}


@dataclass(frozen=True, slots=True)
class ProgramReach:
    """What a whole program has reached; trainings without a known number of people are counted apart."""

    trainers: int
    certified: int
    trainings: int
    people: int
    women: int
    without_number: int


def reach_of(program: Program) -> ProgramReach:
    trainers = Trainer.objects.filter(program=program).aggregate(
        all=Count("pk"), certified=Count("pk", filter=Q(status__in=MAY_TRAIN))
    )
    trainings = OnwardTraining.objects.filter(program=program).aggregate(
        all=Count("pk"),
        people=Sum("people_reached"),
        women=Sum("women_reached"),
        unknown=Count("pk", filter=Q(people_reached=None)),
    )
    return ProgramReach(
        trainers=trainers["all"],
        certified=trainers["certified"],
        trainings=trainings["all"],
        people=trainings["people"] or 0,
        women=trainings["women"] or 0,
        without_number=trainings["unknown"],
    )


def next_step(trainer: Trainer | None, tasks: list[PracticeTask]) -> str | Promise:
    """What happens next, in the trainee's words."""
    if trainer is None:
        return _("We are laying out your practice plan. We write to you when it is ready.")
    if trainer.status not in PRACTISING:
        return NEXT_BY_STATUS[TrainerStatus(trainer.status)]
    waiting = [task for task in tasks if not task.done_on]
    if waiting:
        return _("Show “%(step)s” by %(day)s. Somebody from the program watches and marks it.") % {
            "step": say(waiting[0].step.title, get_language() or "en"),
            "day": date_format(waiting[0].due_on, "DATE_FORMAT"),
        }
    if tasks:
        return _("You have shown every step. The people who run the program certify you now.")
    return _("The practice plan is not set yet. We write to you when it is.")


NEXT_BY_STATUS = {
    TrainerStatus.CERTIFIED: _("You are certified. Hold your first training and tell us about it here."),
    TrainerStatus.ACTIVE: _("You are an active trainer. Tell us about each training you hold."),
    TrainerStatus.LAPSED: _(
        "Your time as a trainer has lapsed. Please talk to the people who run the program."
    ),
    TrainerStatus.SUSPENDED: _("You are suspended. Please talk to the people who run the program."),
}


def pupils_of(trainer: Trainer) -> QuerySet[Trainer]:
    """Those this trainer taught directly, with what they reached themselves."""
    return _with_numbers(Trainer.objects.filter(taught_by__trainer=trainer)).order_by("pk")


def teachers_of(trainer: Trainer) -> QuerySet[Trainer]:
    return Trainer.objects.filter(taught__trainee=trainer).select_related("person").order_by("pk")


def teaches(intake: Intake) -> QuerySet[Trainer]:
    """The trainers who teach an intake."""
    chosen = IntakeTrainer.objects.filter(intake=intake).values("trainer")
    return Trainer.objects.filter(pk__in=chosen).select_related("person").order_by("pk")


def trainings_of(trainer: Trainer) -> QuerySet[OnwardTraining]:
    return OnwardTraining.objects.filter(trainer=trainer).select_related("country")


def trainers_with_numbers(program: Program, *, status: str = "") -> QuerySet[Trainer]:
    trainers = Trainer.objects.filter(program=program)
    return _with_numbers(trainers.filter(status=status) if status else trainers).prefetch_related(
        "taught_by__trainer__person"
    )


def _with_numbers(trainers: QuerySet[Trainer]) -> QuerySet[Trainer]:
    held = OnwardTraining.objects.filter(trainer=OuterRef("pk")).order_by().values("trainer")
    taught = TrainerLink.objects.filter(trainer=OuterRef("pk")).order_by().values("trainer")
    return trainers.select_related("person__country").annotate(
        trainings=Coalesce(Subquery(held.annotate(number=Count("pk")).values("number")), 0),
        people=Coalesce(Subquery(held.annotate(number=Sum("people_reached")).values("number")), 0),
        pupils=Coalesce(Subquery(taught.annotate(number=Count("pk")).values("number")), 0),
    )


@dataclass(frozen=True, slots=True)
class PracticeLine:
    """One participant of a cohort on the staff page."""

    enrolment: Enrolment
    trainer: Trainer | None
    done: int
    steps: int
    overdue: int


def practice_progress(enrolments: Iterable[Enrolment], *, program: int) -> list[PracticeLine]:
    """How far everybody is, in two queries."""
    enrolments = list(enrolments)
    people = [enrolment.person_id for enrolment in enrolments]
    today = timezone.now().date()
    done = Q(practice__done_on__isnull=False)
    trainers = {
        trainer.person_id: trainer
        for trainer in Trainer.objects.filter(program=program, person__in=people).annotate(
            steps_done=Count("practice", filter=done),
            steps_all=Count("practice"),
            steps_late=Count("practice", filter=~done & Q(practice__due_on__lt=today)),
        )
    }
    return [
        PracticeLine(
            enrolment=enrolment,
            trainer=trainer,
            done=trainer.steps_done if trainer else 0,
            steps=trainer.steps_all if trainer else 0,
            overdue=trainer.steps_late if trainer and trainer.status in PRACTISING else 0,
        )
        for enrolment in enrolments
        for trainer in [trainers.get(enrolment.person_id)]
    ]


def may_become_master(program: Program) -> QuerySet[User]:
    """Trainers of the program's organisation who are not trainers of the program yet."""
    role = Membership.objects.current().filter(organisation=program.organisation_id, role=Role.TRAINER)
    already = Trainer.objects.filter(program=program, person__user__isnull=False).values("person__user")
    return User.objects.filter(pk__in=role.values("user")).exclude(pk__in=already).order_by("full_name", "pk")
