"""Pages on which coordinators plan a course."""

from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from apps.accounts.enums import Role
from apps.core.access import Access
from apps.core.pages import ServiceActionView, ServiceFormView
from apps.core.texts import say
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
from apps.enrolments.views.access import StaffIntakeMixin, StaffProgramMixin
from apps.programs.enums import ProgramKind


class TermsView(StaffProgramMixin, ServiceFormView):
    kind = ProgramKind.COURSE
    template_name = "courses/terms_edit.html"
    form_class = TermsForm
    done = _("Terms saved.")

    def get_initial(self) -> dict[str, Any]:
        return {"least_attendance": least_attendance(self.program.pk)}

    def act(self, form: TermsForm) -> None:
        set_terms(program=self.program, actor=self.request.actor, **form.cleaned_data)

    def get_success_url(self) -> str:
        return reverse("courses:terms-edit", args=[self.program.public_id])


class IntakeSetUpView(StaffIntakeMixin, ServiceFormView):
    """A form that adds something to an intake."""

    access = Access.COORDINATOR
    kind = ProgramKind.COURSE
    template_name = "courses/course_part_edit.html"
    heading: Any = ""
    remove_url = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(heading=self.heading, **kwargs)

    def get_success_url(self) -> str:
        return reverse("courses:course-progress", args=[self.intake.public_id])


class SessionAddView(IntakeSetUpView):
    form_class = SessionForm
    heading = _("Plan a session")
    done = _("Session planned.")
    initial = {"minutes": 120}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "zone": ZoneInfo(self.intake.time_zone)}

    def act(self, form: SessionForm) -> None:
        data = form.cleaned_data
        plan_session(
            intake=self.intake,
            title={language(): data["title"]},
            starts_at=data["starts_at"],
            minutes=data["minutes"],
            place=data["place"],
            actor=self.request.actor,
        )


class UnitAddView(IntakeSetUpView):
    form_class = UnitForm
    heading = _("Add a unit")
    done = _("Unit added.")

    def act(self, form: UnitForm) -> None:
        data = form.cleaned_data
        add_unit(
            intake=self.intake,
            code=data["code"],
            title={language(): data["title"]},
            is_required=data["is_required"],
            actor=self.request.actor,
        )


class PartMixin:
    """A session or a unit of an intake the reader coordinates."""

    access = Access.COORDINATOR
    model: Any

    @cached_property
    def part(self) -> Any:
        run = self.request.viewer.at(Role.COORDINATOR)  # type: ignore[attr-defined]
        return get_object_or_404(
            self.model.objects.filter(intake__program__organisation__in=run).select_related(
                "intake__program"
            ),
            public_id=self.kwargs["public_id"],  # type: ignore[attr-defined]
        )

    def get_success_url(self) -> str:
        return reverse("courses:course-progress", args=[self.part.intake.public_id])


class PartEditView(PartMixin, ServiceFormView):
    template_name = "courses/course_part_edit.html"
    heading: Any = ""
    remove_name = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        remove_url = reverse(self.remove_name, args=[self.part.public_id])
        return super().get_context_data(
            intake=self.part.intake, heading=self.heading, remove_url=remove_url, **kwargs
        )


class SessionEditView(PartEditView):
    model = Session
    form_class = SessionForm
    heading = _("Change a session")
    remove_name = "courses:session-remove"
    done = _("Session saved.")

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.part.intake.time_zone)

    def get_form_kwargs(self) -> dict[str, Any]:
        initial = SessionForm.initial_of(self.part, self.zone, say(self.part.title, language()))
        return {**super().get_form_kwargs(), "zone": self.zone, "initial": initial}

    def act(self, form: SessionForm) -> None:
        data = form.cleaned_data
        change_session(
            session=self.part,
            seen_version=data["version"] or 0,
            title={**self.part.title, language(): data["title"]},
            starts_at=data["starts_at"],
            minutes=data["minutes"],
            place=data["place"],
            actor=self.request.actor,
        )


class UnitEditView(PartEditView):
    model = Unit
    form_class = UnitForm
    heading = _("Change a unit")
    remove_name = "courses:unit-remove"
    done = _("Unit saved.")

    def get_initial(self) -> dict[str, Any]:
        return UnitForm.initial_of(self.part, say(self.part.title, language()))

    def act(self, form: UnitForm) -> None:
        data = form.cleaned_data
        change_unit(
            unit=self.part,
            code=data["code"],
            title={**self.part.title, language(): data["title"]},
            is_required=data["is_required"],
            actor=self.request.actor,
        )


class SessionRemoveView(PartMixin, ServiceActionView):
    model = Session
    done = _("Session removed.")

    def act(self) -> None:
        remove_session(session=self.part, actor=self.request.actor)


class UnitRemoveView(PartMixin, ServiceActionView):
    model = Unit
    done = _("Unit removed.")

    def act(self) -> None:
        remove_unit(unit=self.part, actor=self.request.actor)


def language() -> str:
    return get_language() or "en"
