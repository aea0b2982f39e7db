"""Coordinators: the terms of an intake, a reference on paper, going on without."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views import View

from apps.accounts.enums import Role
from apps.applications.enums import ReferenceStatus
from apps.applications.models import Application, Reference
from apps.applications.reference_forms import AskedSet, ReasonForm, TermsForm, initial_question
from apps.applications.references import terms_of
from apps.applications.services.reference_terms import (
    receive_on_paper,
    set_reference_terms,
    waive_references,
)
from apps.core.access import Access
from apps.core.errors import DomainError
from apps.core.forms import attach
from apps.programs.models import Intake

TERMS = ("wanted", "due_days", "required_before_sending", "reviewers_may_read", "applicant_may_read")
#: What a coordinator who asks for references the first time finds on the page, to be changed.
USUAL: list[dict[str, Any]] = [
    {"label": {"en": "How long have you known the applicant, and as what?"}, "required": True},
    {
        "label": {"en": "Would you recommend the applicant for this program?"},
        "required": True,
        "options": [
            {"value": "strongly", "label": {"en": "Yes, strongly"}},
            {"value": "yes", "label": {"en": "Yes"}},
            {"value": "doubts", "label": {"en": "Yes, with doubts"}},
            {"value": "no", "label": {"en": "No"}},
        ],
    },
    {"label": {"en": "Why? Please give an example."}, "required": True},
]


class ReferenceTermsView(View):
    access = Access.COORDINATOR

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        intake = _intake_or_404(request, public_id)
        terms = terms_of(intake)
        form = TermsForm(initial={name: getattr(terms, name) for name in TERMS})
        asked = terms.questions if terms.version else USUAL
        questions = AskedSet(initial=[initial_question(question) for question in asked])
        return self._show(request, intake, form, questions, terms.version)

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        intake = _intake_or_404(request, public_id)
        form, questions = TermsForm(request.POST), AskedSet(request.POST)
        text = request.POST.get("version", "")
        version = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
        if not (form.is_valid() and questions.is_valid()):
            return self._show(request, intake, form, questions, version, status=422)
        terms = terms_of(intake)
        before = {question["key"]: question for question in (terms.questions if terms.version else ())}
        kept = [each for each in questions if each.cleaned_data.get("label_en")]
        kept = [each for each in kept if not each.cleaned_data.get("DELETE")]
        try:
            set_reference_terms(
                intake=intake,
                values=form.cleaned_data,
                questions=[each.as_question(before.get(each.cleaned_data["key"], {})) for each in kept],
                version=version,
                actor=request.actor,
            )
        except DomainError as error:
            attach(form, error)
            return self._show(request, intake, form, questions, version, status=error.status)
        messages.success(request, _("Saved."))
        return redirect("applications:reference-terms", public_id)

    def _show(
        self,
        request: HttpRequest,
        intake: Intake,
        form: TermsForm,
        questions: Any,
        version: int,
        status: int = 200,
    ) -> HttpResponse:
        context = {"intake": intake, "form": form, "questions": questions, "version": version}
        return render(request, "applications/reference_terms.html", context, status=status)


def _intake_or_404(request: HttpRequest, public_id: UUID) -> Intake:
    mine = Intake.objects.filter(program__organisation__in=request.viewer.at(Role.COORDINATOR))
    return get_object_or_404(mine.select_related("program"), public_id=public_id)


class ReasonView(View):
    """One thing a coordinator does about an application, with a reason that is kept."""

    access = Access.COORDINATOR

    def find(self, request: HttpRequest, public_id: UUID) -> tuple[Application, Any]:
        raise NotImplementedError

    def act(self, thing: Any, reason: str, request: HttpRequest) -> None:
        raise NotImplementedError

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        application, thing = self.find(request, public_id)
        return self._show(request, application, thing, ReasonForm())

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        application, thing = self.find(request, public_id)
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return self._show(request, application, thing, form, status=422)
        try:
            self.act(thing, form.cleaned_data["reason"], request)
        except DomainError as error:
            attach(form, error)
            return self._show(request, application, thing, form, status=error.status)
        messages.success(request, _("Saved."))
        return redirect("portal:staff-application", application.public_id)

    def words(self) -> dict[str, str]:
        raise NotImplementedError

    def _show(
        self, request: HttpRequest, application: Application, thing: Any, form: ReasonForm, status: int = 200
    ) -> HttpResponse:
        context = {"application": application, "thing": thing, "form": form, **self.words()}
        return render(request, "applications/reference_reason.html", context, status=status)


class PaperView(ReasonView):
    def find(self, request: HttpRequest, public_id: UUID) -> tuple[Application, Reference]:
        rows = Reference.objects.run_by(request.viewer).exclude(status=ReferenceStatus.CANCELLED)
        found = get_object_or_404(rows.select_related("application"), public_id=public_id)
        return found.application, found

    def act(self, thing: Any, reason: str, request: HttpRequest) -> None:
        receive_on_paper(reference=thing, reason=reason, actor=request.actor)

    def words(self) -> dict[str, str]:
        return {
            "heading": _("Record a reference on paper"),
            "explanation": _("Say how it reached you and where it is kept. The link to the referee ends."),
        }


class WaiveView(ReasonView):
    def find(self, request: HttpRequest, public_id: UUID) -> tuple[Application, Application]:
        found = get_object_or_404(Application.objects.run_by(request.viewer), public_id=public_id)
        return found, found

    def act(self, thing: Any, reason: str, request: HttpRequest) -> None:
        waive_references(application=thing, reason=reason, actor=request.actor)

    def words(self) -> dict[str, str]:
        return {
            "heading": _("Go on without the missing references"),
            "explanation": _("The application can then be decided. References that still arrive are kept."),
        }
