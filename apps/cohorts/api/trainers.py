"""Staff: practice, certification, standing, and who trained whom."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from apps.accounts.api.rows import DeedView, PartsView, ShowView
from apps.cohorts.api.set_up import TrainerLineSerializer
from apps.cohorts.forms import MarkForm, ReasonForm
from apps.cohorts.models import OnwardTraining, PracticeTask, Trainer
from apps.cohorts.selectors import (
    cascade_of,
    practice_of,
    pupils_of,
    teachers_of,
    trainings_of,
)
from apps.cohorts.services import (
    certify_trainer,
    mark_step_done,
    reinstate_trainer,
    suspend_trainer,
    unmark_step,
)
from apps.core.access import Access
from apps.core.api.forms import FormSerializer
from apps.enrolments.api.rows import STAFF, roles_of


class TaskSerializer(serializers.ModelSerializer):
    """One practice step of one person; `done_on` is null until somebody saw it."""

    title = serializers.DictField(source="step.title", child=serializers.CharField())
    observed_by = serializers.CharField(allow_null=True)

    class Meta:
        model = PracticeTask
        fields = ["public_id", "title", "due_on", "done_on", "note", "observed_by"]


class LevelSerializer(serializers.Serializer):
    depth = serializers.IntegerField(help_text="1 is those taught directly")
    trainers = serializers.IntegerField()
    trainings = serializers.IntegerField()
    people = serializers.IntegerField()


class CascadeSerializer(serializers.Serializer):
    """What grew out of one trainer; every training counts once."""

    own_trainings = serializers.IntegerField()
    own_people = serializers.IntegerField()
    trainers = serializers.IntegerField()
    trainings = serializers.IntegerField()
    people = serializers.IntegerField()
    levels = LevelSerializer(many=True)


class TrainerSerializer(TrainerLineSerializer):
    teachers = TrainerLineSerializer(many=True, source="shown_teachers")
    practice = TaskSerializer(many=True, source="shown_tasks")
    cascade = CascadeSerializer(source="shown_cascade")

    class Meta(TrainerLineSerializer.Meta):
        fields = [*TrainerLineSerializer.Meta.fields, "last_trained_on", "teachers", "practice", "cascade"]

    def to_representation(self, instance: Trainer) -> dict[str, Any]:
        instance.shown_teachers = teachers_of(instance)
        instance.shown_tasks = practice_of(instance)
        instance.shown_cascade = cascade_of(instance)
        return super().to_representation(instance)


class TrainerRows:
    """Trainers of the caller's organisation, never the caller."""

    access: Any = STAFF
    answer_class: Any = TrainerSerializer

    def rows(self) -> QuerySet[Trainer]:
        run = Trainer.objects.run_by(self.viewer, *roles_of(self.access))  # type: ignore[attr-defined]
        return run.select_related("person__user", "person__country", "program", "enrolment__intake")


class TrainerView(TrainerRows, ShowView):
    pass


class PupilSerializer(TrainerLineSerializer):
    """With what they did themselves: trainings held, people reached, pupils taught."""

    trainings = serializers.IntegerField()
    people = serializers.IntegerField()
    pupils = serializers.IntegerField()

    class Meta(TrainerLineSerializer.Meta):
        fields = [*TrainerLineSerializer.Meta.fields, "trainings", "people", "pupils"]


class TrainingSerializer(serializers.ModelSerializer):
    country = serializers.CharField(source="country_id", allow_null=True)

    class Meta:
        model = OnwardTraining
        fields = ["public_id", "title", "held_on", "country", "place", "people_reached", "women_reached"]


class PupilListView(TrainerRows, PartsView):
    """Those a trainer taught directly."""

    answer_class = PupilSerializer

    def parts(self) -> QuerySet[Trainer]:
        return pupils_of(self.row)


class TrainingListView(TrainerRows, PartsView):
    answer_class = TrainingSerializer
    ordering = ("-held_on", "-id")

    def parts(self) -> QuerySet[OnwardTraining]:
        return trainings_of(self.row)


class CertifyView(TrainerRows, DeedView):
    """Refused while a practice step is open. Completes the enrolment too."""

    access = Access.COORDINATOR

    def deed(self, wanted: dict[str, Any]) -> None:
        certify_trainer(trainer=self.row, actor=self.actor)


class TrainerReasonSerializer(FormSerializer):
    form_class = ReasonForm


class SuspendView(TrainerRows, DeedView):
    access = Access.COORDINATOR
    serializer_class = TrainerReasonSerializer

    def deed(self, wanted: dict[str, Any]) -> None:
        suspend_trainer(trainer=self.row, **wanted, actor=self.actor)


class ReinstateView(TrainerRows, DeedView):
    access = Access.COORDINATOR
    serializer_class = TrainerReasonSerializer

    def deed(self, wanted: dict[str, Any]) -> None:
        reinstate_trainer(trainer=self.row, **wanted, actor=self.actor)


class TaskRows:
    """Practice steps of people the caller looks after, never their own."""

    access = STAFF
    answer_class: Any = TaskSerializer

    def rows(self) -> QuerySet[PracticeTask]:
        run = Trainer.objects.run_by(self.viewer, *roles_of(self.access))  # type: ignore[attr-defined]
        return PracticeTask.objects.filter(trainer__in=run).select_related(
            *("step", "observed_by", "trainer__person__user", "trainer__person__country"),
            "trainer__program",
        )


class StepMarkSerializer(FormSerializer):
    form_class = MarkForm


class MarkView(TaskRows, DeedView):
    """You saw this step done."""

    serializer_class = StepMarkSerializer

    def deed(self, wanted: dict[str, Any]) -> None:
        mark_step_done(task=self.row, **wanted, actor=self.actor)


class UnmarkView(TaskRows, DeedView):
    """Take a mark back that was made by mistake."""

    def deed(self, wanted: dict[str, Any]) -> None:
        unmark_step(task=self.row, actor=self.actor)
