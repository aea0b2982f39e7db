"""Coordinators plan a course: terms, sessions, units. Trainers read the plan."""

from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.translation import get_language
from rest_framework import serializers

from apps.accounts.api.rows import ChangeView, DeedView, PartsView
from apps.accounts.enums import Role
from apps.core.access import Access
from apps.core.api.forms import FormSerializer
from apps.courses.forms import SessionForm, TermsForm, UnitForm
from apps.courses.models import Session, Unit
from apps.courses.selectors import least_attendance
from apps.courses.services import (
    add_unit,
    change_session,
    change_unit,
    plan_session,
    remove_session,
    remove_unit,
    set_terms,
)
from apps.enrolments.api.rows import StaffIntakeRows, StaffProgramRows
from apps.programs.enums import ProgramKind
from apps.programs.models import Program


class CourseTermsSerializer(FormSerializer):
    form_class = TermsForm


class TermsView(StaffProgramRows, ChangeView):
    """How much of a course somebody must attend to complete it."""

    kind = ProgramKind.COURSE
    serializer_class = CourseTermsSerializer
    answer_class = CourseTermsSerializer

    def answer(self, shown: Program, status: int = 200) -> Any:
        return super().answer({"least_attendance": least_attendance(shown.pk)}, status)

    def change(self, wanted: dict[str, Any]) -> None:
        set_terms(program=self.row, **wanted, actor=self.actor)


class SessionSerializer(serializers.ModelSerializer):
    title = serializers.DictField(child=serializers.CharField())

    class Meta:
        model = Session
        fields = ["public_id", "number", "title", "starts_at", "minutes", "place", "held_at", "version"]


class UnitSerializer(serializers.ModelSerializer):
    title = serializers.DictField(child=serializers.CharField())

    class Meta:
        model = Unit
        fields = ["public_id", "code", "title", "is_required"]


class NewSessionSerializer(FormSerializer):
    """`day` and `begins` are read on the clock of the intake's own zone."""

    form_class = SessionForm
    left_out = frozenset({"version"})

    def form(self, sent: dict[str, Any]) -> SessionForm:
        row = self.context["view"].row
        intake = getattr(row, "intake", row)
        return SessionForm(sent, zone=ZoneInfo(intake.time_zone))


class ChangedSessionSerializer(NewSessionSerializer):
    left_out = frozenset()
    version = serializers.IntegerField(min_value=0, max_value=10**8, help_text="the one you saw")


class UnitChangeSerializer(FormSerializer):
    form_class = UnitForm


class SessionListView(StaffIntakeRows, PartsView):
    kind = ProgramKind.COURSE
    answer_class = SessionSerializer
    ordering = ("starts_at", "number")

    def parts(self) -> QuerySet[Session]:
        return Session.objects.filter(intake=self.row)


class UnitListView(StaffIntakeRows, PartsView):
    kind = ProgramKind.COURSE
    answer_class = UnitSerializer
    ordering = ("code",)

    def parts(self) -> QuerySet[Unit]:
        return Unit.objects.filter(intake=self.row)


def planned(wanted: dict[str, Any], title: dict[str, str]) -> dict[str, Any]:
    kept = {name: wanted[name] for name in ("starts_at", "minutes", "place")}
    return {**kept, "title": {**title, language(): wanted["title"]}}


class SessionAddView(StaffIntakeRows, DeedView):
    access = Access.COORDINATOR
    kind = ProgramKind.COURSE
    serializer_class = NewSessionSerializer
    answer_class = SessionSerializer
    success = 201

    def deed(self, wanted: dict[str, Any]) -> Session:
        return plan_session(intake=self.row, **planned(wanted, {}), actor=self.actor)


class UnitAddView(StaffIntakeRows, DeedView):
    access = Access.COORDINATOR
    kind = ProgramKind.COURSE
    serializer_class = UnitChangeSerializer
    answer_class = UnitSerializer
    success = 201

    def deed(self, wanted: dict[str, Any]) -> Unit:
        title = {language(): wanted.pop("title")}
        return add_unit(intake=self.row, title=title, **wanted, actor=self.actor)


class PartRows:
    """A session or unit of a course the caller coordinates."""

    access = Access.COORDINATOR
    model: Any

    def rows(self) -> QuerySet[Any]:
        run = self.viewer.at(Role.COORDINATOR)  # type: ignore[attr-defined]
        ours = self.model.objects.filter(intake__program__organisation__in=run)
        return ours.select_related("intake__program")


class SessionView(PartRows, ChangeView):
    """PUT moves or renames a session; participants hear of a new time or place."""

    model = Session
    serializer_class = ChangedSessionSerializer
    answer_class = SessionSerializer

    def change(self, wanted: dict[str, Any]) -> None:
        moved = planned(wanted, self.row.title)
        change_session(session=self.row, seen_version=wanted["version"], **moved, actor=self.actor)


class SessionRemoveView(PartRows, DeedView):
    model = Session

    def deed(self, wanted: dict[str, Any]) -> None:
        remove_session(session=self.row, actor=self.actor)


class UnitView(PartRows, ChangeView):
    model = Unit
    serializer_class = UnitChangeSerializer
    answer_class = UnitSerializer

    def change(self, wanted: dict[str, Any]) -> None:
        title = {**self.row.title, language(): wanted.pop("title")}
        change_unit(unit=self.row, title=title, **wanted, actor=self.actor)


class UnitRemoveView(PartRows, DeedView):
    model = Unit

    def deed(self, wanted: dict[str, Any]) -> None:
        remove_unit(unit=self.row, actor=self.actor)


def language() -> str:
    return get_language() or "en"
