"""Home, and everything I applied to."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View
from django.views.generic import TemplateView

from apps.applications.answers import read_answers
from apps.applications.models import Application
from apps.applications.references import reference_task
from apps.applications.selectors import (
    applications_of,
    declaring_of,
    documents_of,
    form_of,
    typists,
    waiting_for_owner,
)
from apps.core.access import Access
from apps.core.errors import DomainError
from apps.core.forms import attach
from apps.core.zones import zone_of
from apps.portal.selectors.mine import compose, my_standings, timeline
from apps.programs.selectors import catalogue
from apps.selection.looking_forms import AskLookForm
from apps.selection.selectors import told_finding
from apps.selection.services import ask_eligibility_look


class HomeView(View):
    """The door: visitors see what is open, people who came before see where they stand."""

    access = Access.PUBLIC

    def get(self, request: HttpRequest) -> HttpResponse:
        intakes = catalogue().order_by("closes_at", "id")[:6]
        context = {"intakes": intakes, "zone": zone_of(request)}
        return render(request, "portal/home.html", context)


class MyApplicationsView(TemplateView):
    access = Access.SIGNED_IN
    template_name = "portal/my_applications.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        standings, begun = my_standings(self.request.viewer, zone_of(self.request))
        return super().get_context_data(standings=standings, begun_for_me=begun, **kwargs)


class MyApplicationView(View):
    """Where one application stands. Who was found not eligible reads why, and asks that a person looks."""

    access = Access.SIGNED_IN

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        if waiting_for_owner(request.viewer).filter(public_id=public_id).exists():
            return redirect("applications:take-over", public_id)
        application = get_object_or_404(applications_of(request.viewer), public_id=public_id)
        if application.status == "draft":
            return redirect("applications:task-list", public_id)
        return self._show(request, application)

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Whatever goes wrong, the page comes back with the words in it."""
        application = get_object_or_404(applications_of(request.viewer), public_id=public_id)
        form = AskLookForm(request.POST)
        if not form.is_valid():
            return self._show(request, application, form, status=422)
        try:
            ask_eligibility_look(
                application=application, words=form.cleaned_data["words"], actor=request.actor
            )
        except DomainError as error:
            attach(form, error)
            return self._show(request, application, form, status=error.status)
        return redirect("portal:my-application", public_id)

    def _show(
        self,
        request: HttpRequest,
        application: Application,
        form: AskLookForm | None = None,
        status: int = 200,
    ) -> HttpResponse:
        told = told_finding(application)
        zone = zone_of(request, application.intake.time_zone)
        context = {
            "application": application,
            "intake": application.intake,
            "standing": compose([application], zone)[0],
            "timeline": timeline(application),
            "references": reference_task(application),
            "sections": read_answers(application, form_of(application), documents_of(application)),
            "typed": typists(application),
            "declaring": declaring_of(application),
            "told": told,
            "form": form or (AskLookForm() if told and told.is_open else None),
            "zone": zone,
        }
        return render(request, "portal/my_application.html", context, status=status)
