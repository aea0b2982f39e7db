"""For coordinators: who reads one application, and changes by hand."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from apps.applications.models import Application
from apps.core.access import Access
from apps.core.errors import DomainError
from apps.core.forms import attach
from apps.reviews.selectors import TO_DO, possible_reviewers, readings_of_application
from apps.reviews.services import add_reader, remove_reader
from apps.reviews.setup_forms import ReaderForm, RemoveReaderForm
from apps.reviews.views.finding import application_or_404, assignment_or_404


class ReadersView(View):
    access = Access.COORDINATOR

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        application = application_or_404(request, public_id)
        return self._show(request, application, ReaderForm(possible_reviewers(application.intake)))

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        application = application_or_404(request, public_id)
        form = ReaderForm(possible_reviewers(application.intake), request.POST)
        if not form.is_valid():
            return self._show(request, application, form, status=422)
        try:
            add_reader(application=application, **form.cleaned_data, actor=request.actor)
        except DomainError as error:
            attach(form, error)
            return self._show(request, application, form, status=error.status)
        messages.success(request, _("Reader added."))
        return redirect("reviews:readers", public_id)

    def _show(
        self, request: HttpRequest, application: Application, form: ReaderForm, status: int = 200
    ) -> HttpResponse:
        context = {
            "application": application,
            "intake": application.intake,
            "rows": readings_of_application(application),
            "to_do": TO_DO,
            "form": form,
        }
        return render(request, "reviews/reader_list.html", context, status=status)


class RemoveReaderView(View):
    """Asks why, then takes an unfinished reading away."""

    access = Access.COORDINATOR

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        return self._show(request, public_id, RemoveReaderForm())

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        assignment = assignment_or_404(request, public_id)
        form = RemoveReaderForm(request.POST)
        if not form.is_valid():
            return self._show(request, public_id, form, status=422)
        try:
            remove_reader(assignment=assignment, **form.cleaned_data, actor=request.actor)
        except DomainError as error:
            attach(form, error)
            return self._show(request, public_id, form, status=error.status)
        messages.success(request, _("Reader removed."))
        return redirect("reviews:readers", assignment.application.public_id)

    def _show(
        self, request: HttpRequest, public_id: UUID, form: RemoveReaderForm, status: int = 200
    ) -> HttpResponse:
        assignment = assignment_or_404(request, public_id)
        context = {"assignment": assignment, "application": assignment.application, "form": form}
        return render(request, "reviews/reader_remove.html", context, status=status)
