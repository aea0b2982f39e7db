"""Who trained whom, and how many people it reached."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from apps.cohorts.enums import MAY_TRAIN
from apps.cohorts.models import (
    OnwardTraining,
    Trainer,
    TrainerLink,
)
from apps.programs.models import Program


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
    without_number: int


def reach_of(program: Program) -> ProgramReach:
    trainers = Trainer.objects.filter(program=program).aggregate(
        all=Count("pk"), certified=Count("pk", filter=Q(status__in=MAY_TRAIN))
    )
    trainings = OnwardTraining.objects.filter(program=program).aggregate(
        all=Count("pk"),
        people=Sum("people_reached"),
        unknown=Count("pk", filter=Q(people_reached=None)),
    )
    return ProgramReach(
        trainers=trainers["all"],
        certified=trainers["certified"],
        trainings=trainings["all"],
        people=trainings["people"] or 0,
        without_number=trainings["unknown"],
    )


def pupils_of(trainer: Trainer) -> QuerySet[Trainer]:
    """Those this trainer taught directly, with what they reached themselves."""
    return _with_numbers(Trainer.objects.filter(taught_by__trainer=trainer)).order_by("pk")


def teachers_of(trainer: Trainer) -> QuerySet[Trainer]:
    return Trainer.objects.filter(taught__trainee=trainer).select_related("person").order_by("pk")


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
