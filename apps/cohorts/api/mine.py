"""People who become trainers, and trainers: practice, trainings reported, what grew out of them."""

import uuid
from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.generics import ListAPIView

from apps.accounts.api.rows import DeedView, PartsView, ShowView
from apps.accounts.api.views import ApiView
from apps.cohorts.api.trainers import (
    CascadeSerializer,
    PupilSerializer,
    TaskSerializer,
    TrainingSerializer,
)
from apps.cohorts.enums import MAY_TRAIN
from apps.cohorts.forms import TrainingForm
from apps.cohorts.models import OnwardTraining, Trainer
from apps.cohorts.selectors import cascade_of, next_step, practice_of, pupils_of, trainer_of, trainings_of
from apps.cohorts.services import report_training
from apps.core.access import Access
from apps.core.api.forms import FormSerializer
from apps.core.api.serializers import PublicIdField
from apps.enrolments.api.rows import OwnEnrolmentRows
from apps.enrolments.models import Enrolment
from apps.programs.enums import ProgramKind


class OwnRoleSerializer(serializers.ModelSerializer):
    """`may_train`: whether trainings may be reported now."""

    program = serializers.UUIDField(source="program.public_id")
    may_train = serializers.SerializerMethodField()

    class Meta:
        model = Trainer
        fields = ["public_id", "program", "status", "certified_on", "may_train"]

    def get_may_train(self, trainer: Trainer) -> bool:
        return trainer.status in MAY_TRAIN


class OwnPracticeSerializer(serializers.Serializer):
    """`trainer` is null while the plan is being laid out."""

    trainer = OwnRoleSerializer(allow_null=True)
    tasks = TaskSerializer(many=True)
    next_step = serializers.CharField()


class OwnPracticeView(OwnEnrolmentRows, ShowView):
    """My practice plan, by my enrolment."""

    kind = ProgramKind.COHORT
    answer_class = OwnPracticeSerializer

    def answer(self, shown: Enrolment, status: int = 200) -> Any:
        trainer = trainer_of(shown)
        tasks = list(practice_of(trainer)) if trainer else []
        found = {"trainer": trainer, "tasks": tasks, "next_step": str(next_step(trainer, tasks))}
        return super().answer(found, status)


class OwnRoleListView(ListAPIView, ApiView):
    """Every program I am a trainer of."""

    access = Access.SIGNED_IN
    serializer_class = OwnRoleSerializer
    ordering = ("id",)

    def get_queryset(self) -> QuerySet[Trainer]:
        return Trainer.objects.owned_by(self.viewer).select_related("program")


class OwnTrainerRows:
    access = Access.SIGNED_IN

    def rows(self) -> QuerySet[Trainer]:
        own = Trainer.objects.owned_by(self.viewer)  # type: ignore[attr-defined]
        return own.select_related("person__user", "person__country", "program")


class OwnCascadeView(OwnTrainerRows, ShowView):
    """What grew out of my trainings."""

    answer_class = CascadeSerializer

    def answer(self, shown: Trainer, status: int = 200) -> Any:
        return super().answer(cascade_of(shown), status)


class OwnPupilListView(OwnTrainerRows, PartsView):
    answer_class = PupilSerializer

    def parts(self) -> QuerySet[Trainer]:
        return pupils_of(self.row)


class ReportSerializer(FormSerializer):
    """`key` makes two calls one report; without it, use an Idempotency-Key."""

    form_class = TrainingForm
    key = PublicIdField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        return super().validate({"key": uuid.uuid4(), **attrs})


class OwnTrainingListView(OwnTrainerRows, PartsView, DeedView):
    """GET: the trainings I held. POST: tell of one more."""

    serializer_class = ReportSerializer
    answer_class = TrainingSerializer
    success = 201
    ordering = ("-held_on", "-id")

    def parts(self) -> QuerySet[OnwardTraining]:
        return trainings_of(self.row)

    def deed(self, wanted: dict[str, Any]) -> OnwardTraining:
        return report_training(trainer=self.row, **wanted, actor=self.actor)
