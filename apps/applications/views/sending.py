"""Checking answers, sending, and taking an application back."""

import uuid
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.applications.answers import read_answers, set_aside
from apps.applications.enums import ApplicationStatus
from apps.applications.files import open_document
from apps.applications.forms import WithdrawForm
from apps.applications.models import Application, Document
from apps.applications.selectors import declaring_of, documents_of, form_of, task_list, typists
from apps.applications.services import (
    current_confirmation,
    remove_document,
    submit_application,
    withdraw_application,
)
from apps.applications.views.own import OwnApplicationView, application_is_helped, onward_url, sign_in_url
from apps.core.access import Access
from apps.core.errors import DomainError
from apps.core.zones import zone_of


class CheckView(OwnApplicationView):
    """Everything on one page with a way to change each section, and the button that sends."""

    open_to_helpers = True

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        application = self.application
        if application.status != ApplicationStatus.DRAFT:
            return redirect(onward_url(request, application))
        return self._show(request, application)

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        application = self.application
        if not request.user.is_authenticated:
            return redirect(sign_in_url(application, reverse("applications:check", args=[public_id])))
        try:
            submit_application(
                application=application, submission_key=_key(request.POST.get("key")), actor=request.actor
            )
        except DomainError as error:
            return self._show(request, application, error)
        sent = reverse("applications:sent", args=[public_id])
        return redirect(onward_url(request, application) if application_is_helped(request) else sent)

    def _show(
        self, request: HttpRequest, application: Application, error: DomainError | None = None
    ) -> HttpResponse:
        form = form_of(application)
        documents = documents_of(application)
        tasks = task_list(application, form, documents)
        context = {
            "application": application,
            "intake": application.intake,
            "sections": read_answers(application, form, documents),
            "unfinished": [task.section for task in tasks if task.state != "completed"],
            "key": uuid.uuid4(),
            "typed": typists(application),
            "declaring": declaring_of(application),
            "confirmed": application_is_helped(request) and current_confirmation(application),
            "error": error,
            "zone": zone_of(request, application.intake.time_zone),
            "sign_in_url": sign_in_url(application, request.path),
        }
        return render(
            request, "applications/application_check.html", context, status=error.status if error else 200
        )


def _key(text: str | None) -> UUID:
    try:
        return UUID(text or "")
    except ValueError:
        return uuid.uuid4()


class PrintView(OwnApplicationView):
    """All answers on paper, before and after sending."""

    open_to_helpers = True

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        application = self.application
        context = {
            "application": application,
            "intake": application.intake,
            "sections": read_answers(application, form_of(application), documents_of(application)),
            "set_aside": set_aside(application),
            "typed": typists(application),
            "zone": zone_of(request, application.intake.time_zone),
        }
        return render(request, "applications/application_print.html", context)


class SentView(OwnApplicationView):
    access = Access.SIGNED_IN

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        application = self.application
        if application.submitted_at is None:
            return redirect("applications:task-list", public_id)
        context = {
            "application": application,
            "intake": application.intake,
            "zone": zone_of(request, application.intake.time_zone),
        }
        return render(request, "applications/application_sent.html", context)


class WithdrawView(OwnApplicationView):
    access = Access.SIGNED_IN

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        return self._show(request, self.application, WithdrawForm())

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        application = self.application
        form = WithdrawForm(request.POST)
        if not form.is_valid():
            return self._show(request, application, form, status=422)
        try:
            withdraw_application(application=application, **form.cleaned_data, actor=request.actor)
        except DomainError as error:
            messages.error(request, str(error.message))
            return redirect("portal:my-application", public_id)
        messages.success(request, _("Your application is withdrawn."))
        return redirect("portal:my-applications")

    def _show(
        self, request: HttpRequest, application: Application, form: WithdrawForm, status: int = 200
    ) -> HttpResponse:
        context = {"application": application, "intake": application.intake, "form": form}
        return render(request, "applications/application_withdraw.html", context, status=status)


class DocumentView(OwnApplicationView):
    """A document, for its owner; staff have their own address in the staff pages."""

    open_to_helpers = True

    def get(self, request: HttpRequest, public_id: UUID, document_id: UUID) -> FileResponse:
        application = self.application
        document = get_object_or_404(application.documents.filter(removed_at=None), public_id=document_id)
        return open_document(document)

    def post(self, request: HttpRequest, public_id: UUID, document_id: UUID) -> HttpResponse:
        application = self.application
        document = get_object_or_404(Document, application=application, public_id=document_id)
        try:
            remove_document(document=document, actor=request.actor)
            messages.success(request, _("The file is removed."))
        except DomainError as error:
            messages.error(request, str(error.message))
        return redirect("applications:task-list", public_id)
