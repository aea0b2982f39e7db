"""The coordinator's desk: today, applications, one application."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View
from django.views.generic import TemplateView

from apps.applications.answers import read_answers
from apps.applications.files import open_document
from apps.applications.models import Application
from apps.applications.references import lacking_references, references_for_staff, waiver_of
from apps.applications.selectors import (
    assistances_of,
    documents_of,
    form_of,
    groups_in_words,
    requests_of,
    typists,
    with_answers,
    with_asked,
)
from apps.applications.services import begin_review, reverse_eligibility
from apps.core.access import Access
from apps.core.errors import DomainError
from apps.core.exports import csv_response
from apps.core.paging import keyset_page
from apps.core.zones import zone_of
from apps.notifications.selectors import messages_about
from apps.portal.forms import ApplicationFilterForm, ReverseForm
from apps.portal.selectors.answers import answer_rows, answer_table
from apps.portal.selectors.history import history
from apps.portal.selectors.staff import (
    applications_for,
    intake_choices,
    lines_of,
    listed,
    table_of,
    with_people,
)
from apps.portal.selectors.today import waiting_for
from apps.reviews.forms import ReopenForm
from apps.reviews.models import ReviewAssignment
from apps.selection.models import Offer
from apps.selection.selectors import in_force


class TodayView(TemplateView):
    access = Access.COORDINATOR
    template_name = "portal/staff_today.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(waiting=waiting_for(self.request.viewer), **kwargs)


class StaffApplicationsView(View):
    """The list, its filters, and what can be done to ticked rows."""

    access = Access.COORDINATOR

    def get(self, request: HttpRequest) -> HttpResponse:
        form = ApplicationFilterForm(intake_choices(request.viewer), request.GET)
        found = applications_for(request.viewer, **form.wanted())
        page = keyset_page(listed(found), request.GET.get("cursor"), order=("-submitted_at", "-id"), size=50)
        filters = [(name, request.GET[name]) for name in form.fields if request.GET.get(name)]
        context = {"form": form, "page": page, "lines": lines_of(page.rows), "filters": filters}
        return render(request, "portal/staff_applications.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        ticked = [each for each in request.POST.getlist("chosen") if each.isascii() and each.isdigit()][:1000]
        ids = [int(each) for each in ticked if len(each) < 19]
        mine = Application.objects.run_by(request.viewer).filter(pk__in=ids).values_list("pk", flat=True)
        moved = begin_review(application_ids=list(mine), actor=request.actor)
        if not ids:
            messages.error(request, _("Tick at least one application."))
            return redirect(request.get_full_path())
        left = len(ids) - moved
        words = ngettext("{n} application is in review now.", "{n} applications are in review now.", moved)
        message = words.format(n=moved)
        if left:
            message += " " + _("{n} could not: only eligible ones can.").format(n=left)
        messages.info(request, message)
        return redirect(request.get_full_path())


class ApplicationsCsvView(View):
    """The filtered list as a spreadsheet; formula cells are neutralised, monitoring answers are not there."""

    access = Access.COORDINATOR

    def get(self, request: HttpRequest) -> StreamingHttpResponse:
        form = ApplicationFilterForm(intake_choices(request.viewer), request.GET)
        found = applications_for(request.viewer, **form.wanted())
        header = [
            _("Reference"),
            _("Name"),
            _("E-mail"),
            _("Country"),
            _("Program"),
            _("State"),
            _("Sent"),
            _("Outcome"),
        ]
        return csv_response("applications", header, table_of(found))


class AnswersCsvView(View):
    """Every answer of the filtered list, a column for each question; sensitive ones only when ticked."""

    access = Access.COORDINATOR

    def get(self, request: HttpRequest) -> StreamingHttpResponse:
        form = ApplicationFilterForm(intake_choices(request.viewer), request.GET)
        found = applications_for(request.viewer, **form.wanted())
        table = answer_table(found, with_sensitive=request.GET.get("sensitive") == "yes")
        return csv_response("answers", table.header, answer_rows(found, table))


def staff_application_or_404(request: HttpRequest, public_id: UUID) -> Application:
    mine = with_asked(with_people(with_answers(Application.objects.run_by(request.viewer))))
    mine = mine.select_related("declaration")
    return get_object_or_404(mine, public_id=public_id)


class StaffApplicationView(View):
    access = Access.COORDINATOR

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        application = staff_application_or_404(request, public_id)
        assignments = (
            ReviewAssignment.objects.filter(application=application)
            .select_related("reviewer", "review")
            .prefetch_related("review__scores__criterion")
            .order_by("id")
        )
        context = {
            "application": application,
            "intake": application.intake,
            "sections": read_answers(application, form_of(application), documents_of(application)),
            "typed": typists(application),
            "declared": groups_in_words(getattr(application, "declaration", None)),
            "assistances": assistances_of(application),
            "requests": requests_of(application) if application.was_asked else [],
            "references": references_for_staff(application),
            "lacks_references": bool(lacking_references([application.pk])),
            "waiver": waiver_of(application),
            "assignments": assignments,
            "decision": in_force([application.pk]).first(),
            "offer": Offer.objects.filter(application=application).first(),
            "messages_sent": messages_about(application.pk)[:50],
            "history": history(application),
            "reverse_form": ReverseForm(),
            "reopen_form": ReopenForm(),
            "zone": zone_of(request, application.intake.time_zone),
        }
        return render(request, "portal/staff_application.html", context)

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """A person overrules the eligibility rules, either way, with a reason."""
        application = staff_application_or_404(request, public_id)
        form = ReverseForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Say why."))
            return redirect("portal:staff-application", public_id)
        try:
            reverse_eligibility(application=application, **form.cleaned_data, actor=request.actor)
            messages.success(request, _("Saved."))
        except DomainError as error:
            messages.error(request, str(error.message))
        return redirect("portal:staff-application", public_id)


class StaffDocumentView(View):
    access = Access.COORDINATOR

    def get(self, request: HttpRequest, public_id: UUID, document_id: UUID) -> FileResponse:
        application = staff_application_or_404(request, public_id)
        document = get_object_or_404(application.documents.filter(removed_at=None), public_id=document_id)
        return open_document(document)
