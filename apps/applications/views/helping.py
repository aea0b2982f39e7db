"""The helper's pages: whom I help, begin for someone, and what the applicant confirmed."""

import uuid
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views import View

from apps.accounts.enums import Role
from apps.accounts.models import Organisation
from apps.applications.enums import ApplicationStatus, NoticeRoute
from apps.applications.forms.helping import RouteForm, SearchForm, StartForSomeoneForm
from apps.applications.models import Application
from apps.applications.selectors import form_of, helped_by, open_request, task_list
from apps.applications.services import (
    choose_route,
    current_confirmation,
    end_assistance,
    start_for_someone,
)
from apps.applications.views.own import OwnApplicationView, helped_application
from apps.core.access import Access
from apps.core.errors import DomainError
from apps.core.forms import attach
from apps.core.paging import keyset_page
from apps.core.zones import zone_of
from apps.programs.enums import IntakeStatus
from apps.programs.models import Intake

#: What a helper reads; decisions are not among them.
WORDS = {
    ApplicationStatus.DRAFT: (_lazy("Not sent yet"), "yellow"),
    ApplicationStatus.SUBMITTED: (_lazy("Sent"), ""),
    ApplicationStatus.ELIGIBLE: (_lazy("Sent"), ""),
    ApplicationStatus.IN_REVIEW: (_lazy("Being read"), ""),
    ApplicationStatus.MORE_INFORMATION: (_lazy("More information asked"), "yellow"),
    ApplicationStatus.WITHDRAWN: (_lazy("Withdrawn"), "grey"),
    ApplicationStatus.EXPIRED: (_lazy("Not sent in time"), "grey"),
}


def words_of(application: Application) -> tuple[Any, str]:
    """State and tone. Who hears of a decision is the applicant's choice: the route."""
    if words := WORDS.get(ApplicationStatus(application.status)):
        return words
    if application.notice_route == NoticeRoute.APPLICANT:
        return _lazy("The applicant has our answer"), "grey"
    return _lazy("Answered: read our message"), "grey"


class HelperDeskView(View):
    """Everyone I help now. What was handed over, and what was never ours, is not here."""

    access = Access.HELPER

    def get(self, request: HttpRequest) -> HttpResponse:
        form = SearchForm(request.GET)
        text = form.cleaned_data["q"] if form.is_valid() else ""
        page = keyset_page(
            helped_by(request.viewer, text=text), request.GET.get("cursor"), order=("-id",), size=50
        )
        rows = [(row, row.application, *words_of(row.application)) for row in page.rows]
        context = {"form": form, "page": page, "rows": rows, "text": text, "zone": zone_of(request)}
        return render(request, "applications/helper_desk.html", context)


class StartForSomeoneView(View):
    access = Access.HELPER

    def get(self, request: HttpRequest) -> HttpResponse:
        initial = {"key": uuid.uuid4(), "language": get_language() or "en"}
        return self._show(request, self._form(request, initial=initial))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = self._form(request, request.POST)
        if not form.is_valid():
            return self._show(request, form, 422)
        values = dict(form.cleaned_data)
        intake = values["intake"]
        try:
            application = start_for_someone(
                **{name: values[name] for name in ("intake", "organisation", "full_name", "email", "phone")},
                **{name: values[name] for name in ("route", "language")},
                time_zone=zone_of(request, intake.time_zone).key,
                start_key=values["key"],
                actor=request.actor,
            )
        except DomainError as error:
            attach(form, error)
            return self._show(request, form, error.status)
        if intake.eligibility_rules.exists():
            return redirect("applications:eligibility", application.public_id)
        return redirect("applications:helped", application.public_id)

    def _form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> StartForSomeoneForm:
        mine = Organisation.objects.filter(pk__in=request.viewer.at(Role.HELPER)).order_by("name")
        open_now = Intake.objects.listed().filter(status=IntakeStatus.OPEN).select_related("program")
        return StartForSomeoneForm(*args, intakes=open_now, organisations=mine, **kwargs)

    def _show(self, request: HttpRequest, form: StartForSomeoneForm, status: int = 200) -> HttpResponse:
        return render(request, "applications/helper_start.html", {"form": form}, status=status)


class HelperOnlyView(OwnApplicationView):
    """A page of the helper's alone; applicants have pages of their own."""

    access = Access.HELPER
    open_to_helpers = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if helped_application(request, kwargs["public_id"]) is None:
            raise Http404
        self.application = request.assistance.application
        return View.dispatch(self, request, *args, **kwargs)


class HelpedView(HelperOnlyView):
    """One person I help: what is done, what is next, who hears of it, and ending my part."""

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        application = self.application
        return self._show(request, RouteForm(initial={"route": application.notice_route}))

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        if "end" in request.POST:
            return self._end(request)
        form = RouteForm(request.POST)
        if not form.is_valid():
            return self._show(request, form, 422)
        try:
            choose_route(application=self.application, **form.cleaned_data, actor=request.actor)
        except DomainError as error:
            attach(form, error)
            return self._show(request, form, error.status)
        messages.success(request, _("Saved. The applicant confirms this together with the answers."))
        return redirect("applications:helped", public_id)

    def _end(self, request: HttpRequest) -> HttpResponse:
        try:
            end_assistance(application=self.application, actor=request.actor)
        except DomainError as error:
            messages.error(request, str(error.message))
            return redirect("applications:helped", self.application.public_id)
        messages.success(request, _("Your help has ended. You can no longer open this application."))
        return redirect("applications:helper-desk")

    def _show(self, request: HttpRequest, form: RouteForm, status: int = 200) -> HttpResponse:
        application = self.application
        is_draft = application.status == ApplicationStatus.DRAFT
        tasks = task_list(application, form_of(application)) if is_draft else []
        words, tone = words_of(application)
        context = {
            "application": application,
            "intake": application.intake,
            "assistance": request.assistance,
            "words": words,
            "tone": tone,
            "done": sum(task.state == "completed" for task in tasks),
            "total": len(tasks),
            "confirmation": current_confirmation(application) if is_draft else application.confirmation,
            "request_open": open_request(application),
            "form": form,
            "can_choose": is_draft,
            "language": dict(settings.LANGUAGES).get(application.language, ""),
            "zone": zone_of(request, application.intake.time_zone),
        }
        return render(request, "applications/helped.html", context, status=status)
