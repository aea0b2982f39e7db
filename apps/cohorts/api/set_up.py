"""Coordinators set up a train-the-trainer program: terms, practice steps, master trainers, teachers."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language
from rest_framework import serializers

from apps.accounts.api.rows import ChangeView, DeedView, PartsView
from apps.accounts.enums import Role
from apps.cohorts.forms import MasterForm, StepForm, TeachersForm, TermsForm
from apps.cohorts.models import CohortTerms, PracticeStep, Trainer
from apps.cohorts.selectors import may_become_master, may_teach, teaches, terms_of
from apps.cohorts.services import (
    add_master_trainer,
    add_step,
    change_step,
    remove_step,
    set_teachers,
    set_terms,
)
from apps.core.access import Access
from apps.core.api.forms import FormSerializer
from apps.enrolments.api.rows import StaffIntakeRows, StaffProgramRows
from apps.programs.enums import ProgramKind
from apps.programs.models import Intake, Program


class CohortTermsSerializer(serializers.ModelSerializer):
    class Meta:
        model = CohortTerms
        fields = ["checkout_days", "active_months"]


class CohortTermsChangeSerializer(FormSerializer):
    form_class = TermsForm


class TermsView(StaffProgramRows, ChangeView):
    """How long practice may take, and how long somebody stays a trainer without a training."""

    kind = ProgramKind.COHORT
    serializer_class = CohortTermsChangeSerializer
    answer_class = CohortTermsSerializer

    def answer(self, shown: Program, status: int = 200) -> Any:
        return super().answer(terms_of(shown.pk), status)

    def change(self, wanted: dict[str, Any]) -> None:
        set_terms(program=self.row, **wanted, actor=self.actor)


class StepSerializer(serializers.ModelSerializer):
    title = serializers.DictField(child=serializers.CharField())
    instructions = serializers.DictField(child=serializers.CharField())

    class Meta:
        model = PracticeStep
        fields = ["id", "number", "title", "instructions"]


class StepChangeSerializer(FormSerializer):
    form_class = StepForm


class StepListView(StaffProgramRows, PartsView, DeedView):
    """GET: the practice plan. POST: one more step, for everybody who practises."""

    kind = ProgramKind.COHORT
    serializer_class = StepChangeSerializer
    answer_class = StepSerializer
    success = 201
    ordering = ("number",)

    def parts(self) -> QuerySet[PracticeStep]:
        return PracticeStep.objects.filter(program=self.row)

    def deed(self, wanted: dict[str, Any]) -> PracticeStep:
        texts = {name: {language(): text} if text else {} for name, text in wanted.items()}
        return add_step(program=self.row, actor=self.actor, **texts)


class StepRows:
    access = Access.COORDINATOR

    def rows(self) -> QuerySet[PracticeStep]:
        run = self.viewer.at(Role.COORDINATOR)  # type: ignore[attr-defined]
        return PracticeStep.objects.filter(program__organisation__in=run)


class StepView(StepRows, ChangeView):
    serializer_class = StepChangeSerializer
    answer_class = StepSerializer

    def change(self, wanted: dict[str, Any]) -> None:
        texts = {name: {**getattr(self.row, name), language(): text} for name, text in wanted.items()}
        change_step(step=self.row, actor=self.actor, **texts)


class StepRemoveView(StepRows, DeedView):
    def deed(self, wanted: dict[str, Any]) -> None:
        remove_step(step=self.row, actor=self.actor)


class TrainerLineSerializer(serializers.ModelSerializer):
    name = serializers.CharField(source="person.full_name")

    class Meta:
        model = Trainer
        fields = ["public_id", "name", "status", "generation", "certified_on"]


class MasterSerializer(FormSerializer):
    """`user` is the public id of a trainer of your organisation."""

    form_class = MasterForm

    def form(self, sent: dict[str, Any]) -> MasterForm:
        return MasterForm(sent, users=may_become_master(self.context["view"].row))


class MasterAddView(StaffProgramRows, DeedView):
    """Make a trainer of your organisation the first generation of a program."""

    kind = ProgramKind.COHORT
    serializer_class = MasterSerializer
    answer_class = TrainerLineSerializer
    success = 201

    def deed(self, wanted: dict[str, Any]) -> Trainer:
        return add_master_trainer(program=self.row, **wanted, actor=self.actor)


class TeachersSerializer(serializers.Serializer):
    """`may_teach` are the certified trainers to choose from."""

    teachers = TrainerLineSerializer(many=True)
    may_teach = TrainerLineSerializer(many=True)


class TeachersChangeSerializer(FormSerializer):
    form_class = TeachersForm

    def form(self, sent: dict[str, Any]) -> TeachersForm:
        return TeachersForm(sent, trainers=may_teach(self.context["view"].row))


class TeachersView(StaffIntakeRows, ChangeView):
    """Who teaches an intake: everyone certified through it is noted as trained by them."""

    access = Access.COORDINATOR
    kind = ProgramKind.COHORT
    serializer_class = TeachersChangeSerializer
    answer_class = TeachersSerializer

    def answer(self, shown: Intake, status: int = 200) -> Any:
        found = {"teachers": teaches(shown), "may_teach": may_teach(shown)[:1000]}
        return super().answer(found, status)

    def change(self, wanted: dict[str, Any]) -> None:
        set_teachers(intake=self.row, **wanted, actor=self.actor)


def language() -> str:
    return get_language() or "en"
