"""How the applicant stands by what a helper typed: a code to their own address, or signed paper."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views import View

from apps.applications.answers import read_answers
from apps.applications.enums import ApplicationStatus
from apps.applications.files import open_document
from apps.applications.forms.helping import CodeForm, PaperForm
from apps.applications.models import Application, Confirmation
from apps.applications.selectors import assistance_for, documents_of, form_of, typists
from apps.applications.services import (
    ask_for_confirmation,
    confirm_by_code,
    confirm_on_paper,
    current_confirmation,
)
from apps.applications.views.helping import HelperOnlyView
from apps.core.access import Access
from apps.core.errors import DomainError
from apps.core.forms import attach
from apps.core.zones import zone_of


class ConfirmView(HelperOnlyView):
    """Three ways on one page: send a code, enter it, or keep the signed paper."""

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        return self._show(request, CodeForm(), PaperForm())

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        steps = {"code": self._enter_code, "paper": self._keep_paper}
        return steps.get(request.POST.get("do", ""), self._send_code)(request)

    def _address(self, request: HttpRequest) -> str:
        """The account's where there is one: the address told to a helper may be another's."""
        person = self.application.person
        return person.user.email if person and person.user else request.assistance.email

    def _send_code(self, request: HttpRequest) -> HttpResponse:
        try:
            ask_for_confirmation(
                application=self.application, address=self._address(request), actor=request.actor
            )
        except DomainError as error:
            return self._show(request, CodeForm(), PaperForm(), refusal=error)
        messages.success(request, _("We sent a code. The applicant reads it to you, or types it here."))
        return redirect("applications:confirm", self.application.public_id)

    def _enter_code(self, request: HttpRequest) -> HttpResponse:
        form = CodeForm(request.POST)
        if form.is_valid():
            try:
                confirm_by_code(application=self.application, **form.cleaned_data, actor=request.actor)
                return self._confirmed(request)
            except DomainError as error:
                attach(form, error)
        return self._show(request, form, PaperForm(), status=422)

    def _keep_paper(self, request: HttpRequest) -> HttpResponse:
        form = PaperForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                confirm_on_paper(application=self.application, **form.cleaned_data, actor=request.actor)
                return self._confirmed(request)
            except DomainError as error:
                attach(form, error)
        return self._show(request, CodeForm(), form, status=422)

    def _confirmed(self, request: HttpRequest) -> HttpResponse:
        messages.success(request, _("Confirmed. You can send the application now."))
        is_draft = self.application.status == ApplicationStatus.DRAFT
        page = "applications:check" if is_draft else "applications:information"
        return redirect(page, self.application.public_id)

    def _show(
        self,
        request: HttpRequest,
        code_form: CodeForm,
        paper_form: PaperForm,
        *,
        refusal: DomainError | None = None,
        status: int = 200,
    ) -> HttpResponse:
        application = self.application
        context: dict[str, Any] = {
            "application": application,
            "intake": application.intake,
            "assistance": request.assistance,
            "address": self._address(request),
            "code_form": code_form,
            "paper_form": paper_form,
            "form": paper_form if paper_form.is_bound else code_form,
            "refusal": refusal,
            "confirmation": current_confirmation(application),
            "sections": read_answers(application, form_of(application), documents_of(application)),
            "typed": typists(application),
            "zone": zone_of(request, application.intake.time_zone),
        }
        status = refusal.status if refusal else status
        return render(request, "applications/confirm.html", context, status=status)


class ConfirmationScanView(View):
    """The signed paper: for the applicant, who helps them, and coordinators of the program."""

    access = Access.SIGNED_IN

    def get(self, request: HttpRequest, public_id: UUID, confirmation_id: UUID) -> FileResponse:
        mine = Application.objects.visible_to(request.viewer).filter(public_id=public_id)
        helped = assistance_for(request.viewer, public_id)
        application = helped.application if helped else get_object_or_404(mine)
        kept = Confirmation.objects.filter(application=application).exclude(stored_as="")
        return open_document(get_object_or_404(kept, public_id=confirmation_id))
