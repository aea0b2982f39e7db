"""Pages of coordinators and trainers of a course."""

from functools import cached_property
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from apps.core.pages import ServiceFormView
from apps.core.paging import Page, keyset_page
from apps.courses.forms import AssessmentForm, AttendanceForm
from apps.courses.models import Attendance, Session, Unit, UnitAssessment
from apps.courses.selectors import people_of, progress_of, sessions_run_by
from apps.courses.services import assess_unit, take_attendance
from apps.enrolments.models import Enrolment
from apps.enrolments.selectors import today_at
from apps.enrolments.views.access import STAFF, StaffIntakeMixin
from apps.programs.enums import ProgramKind

#: People on one attendance sheet; a larger class gets a second sheet.
SHEET = 150


class SessionListView(TemplateView):
    """My sessions: attendance that waits to be taken, then the sessions to come."""

    access = STAFF
    template_name = "courses/session_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        viewer, cursor = self.request.viewer, self.request.GET.get("cursor")
        waiting = sessions_run_by(viewer, coming=False)[:SHEET]
        page = keyset_page(sessions_run_by(viewer, coming=True), cursor, order=("starts_at", "id"), size=30)
        return super().get_context_data(waiting=waiting, page=page, **kwargs)


class CourseProgressView(StaffIntakeMixin, TemplateView):
    """Sessions, units, and how far everybody is."""

    kind = ProgramKind.COURSE
    template_name = "courses/course_progress.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = today_at(self.intake)
        page = keyset_page(
            people_of(self.intake), self.request.GET.get("cursor"), order=("person__full_name", "id")
        )
        progress = progress_of(page, intake=self.intake, on=today)
        return super().get_context_data(
            page=page,
            rows=[(enrolment, progress[enrolment.pk]) for enrolment in page],
            sessions=Session.objects.filter(intake=self.intake),
            units=Unit.objects.filter(intake=self.intake),
            **kwargs,
        )


class SheetView(ServiceFormView):
    """A form with one line for each person who takes part, a sheet at a time."""

    access = STAFF
    model: Any

    @cached_property
    def subject(self) -> Any:
        ours = self.model.objects.visible_to(self.request.viewer)
        return get_object_or_404(ours.select_related("intake__program"), public_id=self.kwargs["public_id"])

    @cached_property
    def page(self) -> Page[Enrolment]:
        people = people_of(self.subject.intake)
        cursor = self.request.GET.get("cursor")
        return keyset_page(people, cursor, order=("person__full_name", "id"), size=SHEET)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            subject=self.subject, intake=self.subject.intake, page=self.page, **kwargs
        )

    def get_success_url(self) -> str:
        return reverse("courses:course-progress", args=[self.subject.intake.public_id])


class AttendanceView(SheetView):
    """A whole session in one form; everybody is present until marked otherwise."""

    model = Session
    template_name = "courses/session_attendance.html"
    form_class = AttendanceForm
    done = _("Attendance saved.")

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        marks = Attendance.objects.filter(session=self.subject)
        return {
            **kwargs,
            "people": self.page.rows,
            "marks": marks,
            "initial": {"version": self.subject.version},
        }

    def act(self, form: AttendanceForm) -> None:
        take_attendance(
            session=self.subject,
            marks=form.marks(),
            seen_version=form.cleaned_data["version"],
            actor=self.request.actor,
        )


class UnitAssessView(SheetView):
    """Competent, or not yet: a whole class in one form."""

    model = Unit
    template_name = "courses/unit_assess.html"
    form_class = AssessmentForm
    done = _("Results saved.")

    def get_form_kwargs(self) -> dict[str, Any]:
        rows = UnitAssessment.objects.filter(unit=self.subject)
        return {**super().get_form_kwargs(), "people": self.page.rows, "rows": rows}

    def act(self, form: AssessmentForm) -> None:
        assess_unit(unit=self.subject, findings=form.findings(), actor=self.request.actor)
