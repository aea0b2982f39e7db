"""More information: the applicant's page, and the coordinator's."""

import uuid
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View

from apps.applications.differences import asked_sections, changes
from apps.applications.enums import ApplicationStatus
from apps.applications.forms.information import ELIGIBILITY, DueForm, InformationForm
from apps.applications.models import Application, InformationRequest
from apps.applications.selectors import form_of, open_request, requested_tasks, requests_of
from apps.applications.services import (
    answer_eligibility,
    ask_for_information,
    close_information,
    current_confirmation,
    extend_information,
    send_information,
)
from apps.applications.views.own import OwnApplicationView, application_is_helped, onward_url
from apps.core.access import Access
from apps.core.errors import DomainError
from apps.core.forms import attach
from apps.core.texts import in_language
from apps.core.zones import zone_of, zone_or
from apps.programs.forms import EligibilityForm
from apps.programs.models import Intake


class InformationView(OwnApplicationView):
    """What is asked, until when, only the sections that are open, and the button that sends."""

    open_to_helpers = True

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        return self._show(request)

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        try:
            send_information(
                application=self.application,
                sending_key=_key(request.POST.get("key")),
                actor=request.actor,
            )
        except DomainError as error:
            return self._show(request, error)
        messages.success(request, _("We received what you added. Your application goes on."))
        return redirect(onward_url(request, self.application))

    def _show(self, request: HttpRequest, error: DomainError | None = None) -> HttpResponse:
        application = Application.objects.select_related("intake__program", "form_version").get(
            pk=self.application.pk
        )
        asked = open_request(application)
        context = {
            "application": application,
            "intake": application.intake,
            "asked": asked,
            "tasks": requested_tasks(application, asked) if asked else [],
            "past": [(row, changes(application, row)) for row in requests_of(application) if row != asked],
            "needs_confirmation": asked
            and application_is_helped(request)
            and current_confirmation(application) is None,
            "key": uuid.uuid4(),
            "error": error,
            "zone": zone_of(request, application.intake.time_zone),
        }
        status = error.status if error else 200
        return render(request, "applications/information.html", context, status=status)


def _key(text: str | None) -> UUID:
    try:
        return UUID(text or "")
    except ValueError:
        return uuid.uuid4()


class EligibilityView(OwnApplicationView):
    """The eligibility questions of one application: first for a helped draft, again where asked."""

    open_to_helpers = True

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        form = EligibilityForm(self._intake())
        form.initial = form.as_typed(self.application.eligibility_answers)
        return self._show(request, form)

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        form = EligibilityForm(self._intake(), request.POST)
        if not form.is_valid():
            return self._show(request, form, 422)
        try:
            answer_eligibility(application=self.application, answers=form.answers(), actor=request.actor)
        except DomainError as error:
            messages.error(request, str(error.message))
        return redirect("applications:task-list", public_id)

    def _intake(self) -> Intake:
        """Only where these answers may change: else there is no such page."""
        asked = open_request(self.application)
        if self.application.status != ApplicationStatus.DRAFT and not (asked and asked.asks_eligibility):
            raise Http404
        return self.application.intake

    def _show(self, request: HttpRequest, form: EligibilityForm, status: int = 200) -> HttpResponse:
        context = {"application": self.application, "intake": self.application.intake, "form": form}
        return render(request, "applications/eligibility.html", context, status=status)


class AskInformationView(View):
    """A coordinator opens sections of one application again."""

    access = Access.COORDINATOR

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        application = self._find(request, public_id)
        return self._show(request, application, InformationForm(choices=_choices(application)))

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        application = self._find(request, public_id)
        form = InformationForm(request.POST, choices=_choices(application))
        if not form.is_valid():
            return self._show(request, application, form, 422)
        chosen = form.cleaned_data["sections"]
        try:
            asked = ask_for_information(
                application=application,
                sections=[key for key in chosen if key != ELIGIBILITY],
                asks_eligibility=ELIGIBILITY in chosen,
                wanted=form.cleaned_data["wanted"],
                due_at=_end_of(form.cleaned_data["due_on"], application.intake),
                actor=request.actor,
            )
        except DomainError as error:
            attach(form, error)
            return self._show(request, application, form, error.status)
        messages.success(request, _("Asked. The applicant has a message and can change these sections."))
        return redirect("applications:information-staff", asked.public_id)

    def _find(self, request: HttpRequest, public_id: UUID) -> Application:
        mine = Application.objects.run_by(request.viewer).select_related("intake__program", "form_version")
        return get_object_or_404(mine, public_id=public_id)

    def _show(
        self, request: HttpRequest, application: Application, form: InformationForm, status: int = 200
    ) -> HttpResponse:
        context = {"application": application, "intake": application.intake, "form": form}
        return render(request, "applications/information_ask.html", context, status=status)


class InformationStaffView(View):
    """One question for more: what was asked, what changed, more time, close it."""

    access = Access.COORDINATOR

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        return self._show(request, self._find(request, public_id), DueForm())

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        asked = self._find(request, public_id)
        if "close" in request.POST:
            return self._close(request, asked)
        form = DueForm(request.POST)
        if not form.is_valid():
            return self._show(request, asked, form, 422)
        try:
            due_at = _end_of(form.cleaned_data["due_on"], asked.application.intake)
            extend_information(request=asked, due_at=due_at, actor=request.actor)
        except DomainError as error:
            attach(form, error)
            return self._show(request, asked, form, error.status)
        messages.success(request, _("Saved. The applicant has a message."))
        return redirect("applications:information-staff", public_id)

    def _close(self, request: HttpRequest, asked: InformationRequest) -> HttpResponse:
        try:
            close_information(request=asked, actor=request.actor)
            messages.success(request, _("Closed. The answers are as they had been sent."))
        except DomainError as error:
            messages.error(request, str(error.message))
        return redirect("applications:information-staff", asked.public_id)

    def _find(self, request: HttpRequest, public_id: UUID) -> InformationRequest:
        mine = Application.objects.run_by(request.viewer)
        rows = InformationRequest.objects.select_related(
            "application__intake__program", "application__form_version", "application__person", "asked_by"
        )
        return get_object_or_404(rows.filter(application__in=mine), public_id=public_id)

    def _show(
        self, request: HttpRequest, asked: InformationRequest, form: DueForm, status: int = 200
    ) -> HttpResponse:
        application = asked.application
        context: dict[str, Any] = {
            "asked": asked,
            "application": application,
            "intake": application.intake,
            "titles": asked_sections(application, asked, get_language() or "en"),
            "changes": changes(application, asked),
            "form": form,
            "back": reverse("portal:staff-application", args=[application.public_id]),
            "zone": zone_of(request, application.intake.time_zone),
        }
        return render(request, "applications/information_staff.html", context, status=status)


def _choices(application: Application) -> list[tuple[str, str]]:
    language = get_language() or "en"
    choices = [
        (section.key, in_language(section.title, language)[0]) for section in form_of(application).sections
    ]
    if application.intake.eligibility_rules.exists():
        choices.append((ELIGIBILITY, _("The eligibility questions")))
    return choices


def _end_of(day: Any, intake: Intake) -> datetime:
    """The last moment of a day, where the program is."""
    return datetime.combine(day, time(23, 59, 59), tzinfo=zone_or(intake.time_zone, "UTC"))
