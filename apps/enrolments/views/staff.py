"""Pages of those who look after participants."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from django.views.generic import TemplateView

from apps.accounts.enums import Role
from apps.core.access import Access
from apps.core.exports import csv_response
from apps.core.pages import ServiceActionView, ServiceFormView
from apps.core.paging import keyset_page
from apps.enrolments.enums import TAKES_PART, EnrolmentStatus
from apps.enrolments.extension import enrolment_policies
from apps.enrolments.forms import EndForm, ReasonForm, RosterFilterForm
from apps.enrolments.selectors import enrolment_history, intakes_with_numbers, roster, today_at
from apps.enrolments.services import (
    complete_all_ready,
    complete_enrolment,
    end_enrolment,
    end_leave,
    may_end_as,
    reopen_enrolment,
    start_leave,
)
from apps.enrolments.views.access import (
    STAFF,
    StaffEnrolmentMixin,
    StaffIntakeMixin,
    coordinates,
    staff_page_for,
)
from apps.programs.models import Program


class IntakeListView(TemplateView):
    """Every intake with participants that the reader looks after, newest first."""

    access = STAFF
    template_name = "enrolments/intake_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        intakes = intakes_with_numbers(self.request.viewer)
        page = keyset_page(intakes, self.request.GET.get("cursor"), order=("-id",), size=30)
        rows = [(intake, staff_page_for(self.request.viewer, intake)) for intake in page]
        return super().get_context_data(page=page, rows=rows, **kwargs)


class RosterView(StaffIntakeMixin, TemplateView):
    template_name = "enrolments/enrolment_roster.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = RosterFilterForm(self.request.GET)
        status = form.cleaned_data["status"] if form.is_valid() else ""
        people = roster(self.intake, status=status)
        page = keyset_page(people, self.request.GET.get("cursor"), order=("person__full_name", "id"))
        return super().get_context_data(page=page, form=form, **kwargs)


class RosterCsvView(StaffIntakeMixin, View):
    """The roster as a file, row by row."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        form = RosterFilterForm(request.GET)
        status = form.cleaned_data["status"] if form.is_valid() else ""
        header = [
            _("Name"),
            _("E-mail"),
            _("Country"),
            _("Application"),
            _("Status"),
            _("Started"),
            _("Ended"),
            _("Reason"),
        ]
        return csv_response(f"roster-{self.intake.slug}", header, self.rows(status))

    def rows(self, status: str) -> Iterator[list[Any]]:
        people = roster(self.intake, status=status).order_by("person__full_name", "id")
        for enrolment in people.iterator(chunk_size=500):
            person = enrolment.person
            yield [
                str(person),
                person.user.email if person.user else "",
                person.country.name if person.country else "",
                enrolment.application.reference if enrolment.application else "",
                enrolment.get_status_display(),
                enrolment.started_on,
                enrolment.ended_on,
                enrolment.reason,
            ]


class ProgramTermsView(View):
    """One address for every kind: leads coordinators to the terms of theirs."""

    access = Access.COORDINATOR

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponseBase:
        run = Program.objects.filter(organisation__in=request.viewer.at(Role.COORDINATOR))
        program = get_object_or_404(run, public_id=public_id)
        return redirect(enrolment_policies[program.kind].terms_page, public_id)


class CompleteReadyView(StaffIntakeMixin, ServiceActionView):
    """Confirm completion of everybody who has met every obligation."""

    def act(self) -> None:
        number = complete_all_ready(intake=self.intake, actor=self.request.actor)
        words = ngettext("%(count)d person completed.", "%(count)d people completed.", number)
        messages.success(self.request, words % {"count": number})

    def get_success_url(self) -> str:
        roster_page = reverse("enrolments:roster", args=[self.intake.public_id])
        return staff_page_for(self.request.viewer, self.intake) or roster_page


class EnrolmentManageView(StaffEnrolmentMixin, TemplateView):
    """One participant: how they stand, what is missing, what can be done, what happened."""

    template_name = "enrolments/enrolment_manage.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        enrolment = self.enrolment
        policy = enrolment_policies[enrolment.intake.program.kind]
        missing = policy.missing(enrolment=enrolment, on=today_at(enrolment.intake))
        return super().get_context_data(
            missing=missing,
            takes_part=enrolment.status in TAKES_PART,
            on_leave=enrolment.status == EnrolmentStatus.ON_LEAVE,
            may_reopen=enrolment.status not in TAKES_PART,
            is_coordinator=coordinates(self.request.viewer, enrolment.intake.program),
            staff_page=staff_page_for(self.request.viewer, enrolment.intake),
            history=enrolment_history(enrolment),
            **kwargs,
        )


class EnrolmentAction(StaffEnrolmentMixin, ServiceActionView):
    def get_success_url(self) -> str:
        return reverse("enrolments:enrolment-manage", args=[self.enrolment.public_id])


class EnrolmentCompleteView(EnrolmentAction):
    done = gettext_lazy("Completed.")

    def act(self) -> None:
        complete_enrolment(enrolment=self.enrolment, actor=self.request.actor)


class LeaveEndView(EnrolmentAction):
    done = gettext_lazy("Back from leave.")

    def act(self) -> None:
        end_leave(enrolment=self.enrolment, actor=self.request.actor)


class EnrolmentReasonView(StaffEnrolmentMixin, ServiceFormView):
    """A step that needs a reason: a page of its own, so that it never happens by a slip."""

    template_name = "enrolments/enrolment_step.html"
    form_class: Any = ReasonForm
    heading: Any = ""
    explanation: Any = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(heading=self.heading, explanation=self.explanation, **kwargs)

    def get_success_url(self) -> str:
        return reverse("enrolments:enrolment-manage", args=[self.enrolment.public_id])


class EnrolmentEndView(EnrolmentReasonView):
    form_class = EndForm
    heading = gettext_lazy("End taking part")
    explanation = gettext_lazy(
        "The person is told. After “withdrawn” or “did not come” the seat goes to the first on the waitlist."
    )
    done = gettext_lazy("Ended.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "ends": may_end_as(self.enrolment)}

    def act(self, form: EndForm) -> None:
        end_enrolment(enrolment=self.enrolment, actor=self.request.actor, **form.cleaned_data)


class LeaveStartView(EnrolmentReasonView):
    heading = gettext_lazy("Start leave")
    explanation = gettext_lazy("The person pauses and keeps the seat.")
    done = gettext_lazy("On leave.")

    def act(self, form: ReasonForm) -> None:
        start_leave(enrolment=self.enrolment, actor=self.request.actor, **form.cleaned_data)


class EnrolmentReopenView(EnrolmentReasonView):
    access = Access.COORDINATOR
    heading = gettext_lazy("Undo the end")
    explanation = gettext_lazy(
        "The person takes part again. This needs a free seat when theirs was given away."
    )
    done = gettext_lazy("Taking part again.")

    def act(self, form: ReasonForm) -> None:
        reopen_enrolment(enrolment=self.enrolment, actor=self.request.actor, **form.cleaned_data)
