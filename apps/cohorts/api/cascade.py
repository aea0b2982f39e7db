"""Staff: how far a whole intake is, what a whole program has reached, and who trained whom."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from apps.accounts.api.rows import PartsView, ShowView
from apps.cohorts.api.trainers import PupilSerializer
from apps.cohorts.models import Trainer
from apps.cohorts.selectors import practice_progress, reach_of, trainers_with_numbers
from apps.cohorts.selectors.practice import PracticeLine
from apps.enrolments.api.rows import STAFF, StaffIntakeRows, roles_of
from apps.enrolments.models import Enrolment, organisations_of
from apps.enrolments.selectors import roster
from apps.programs.enums import ProgramKind
from apps.programs.models import Program


class PracticeLineSerializer(serializers.Serializer):
    enrolment = serializers.UUIDField(source="enrolment.public_id")
    name = serializers.CharField(source="enrolment.person.full_name")
    trainer = serializers.UUIDField(source="trainer.public_id", allow_null=True, default=None)
    status = serializers.CharField(source="trainer.status", allow_null=True, default=None)
    done = serializers.IntegerField()
    steps = serializers.IntegerField()
    overdue = serializers.IntegerField()


class PracticeListView(StaffIntakeRows, PartsView):
    """Everybody in an intake: how many steps are shown, who can be certified."""

    kind = ProgramKind.COHORT
    answer_class = PracticeLineSerializer
    ordering = ("person__full_name", "id")

    def parts(self) -> QuerySet[Enrolment]:
        return roster(self.row)

    def lines(self, page: list[Enrolment]) -> list[PracticeLine]:
        return practice_progress(page, program=self.row.program_id)


class CohortRows:
    """Train-the-trainer programs of the caller's organisation."""

    access: Any = STAFF

    def rows(self) -> QuerySet[Program]:
        run = organisations_of(self.viewer, *roles_of(self.access))  # type: ignore[attr-defined]
        return Program.objects.filter(organisation__in=run, kind=ProgramKind.COHORT)


class ReachSerializer(serializers.Serializer):
    """`without_number` are trainings whose number of people nobody knows."""

    trainers = serializers.IntegerField()
    certified = serializers.IntegerField()
    trainings = serializers.IntegerField()
    people = serializers.IntegerField()
    without_number = serializers.IntegerField()


class ReachView(CohortRows, ShowView):
    """What a whole program has reached."""

    answer_class = ReachSerializer

    def answer(self, shown: Program, status: int = 200) -> Any:
        return super().answer(reach_of(shown), status)


class CascadeLineSerializer(PupilSerializer):
    """`taught_by` are the trainers who trained this one."""

    taught_by = serializers.SerializerMethodField()

    class Meta(PupilSerializer.Meta):
        fields = [*PupilSerializer.Meta.fields, "taught_by"]

    def get_taught_by(self, trainer: Trainer) -> list[str]:
        return [str(link.trainer.public_id) for link in trainer.taught_by.all()]


class CascadeListView(CohortRows, PartsView):
    """Every trainer of a program, and who trained whom."""

    answer_class = CascadeLineSerializer
    ordering = ("generation", "id")

    def parts(self) -> QuerySet[Trainer]:
        return trainers_with_numbers(self.row)
