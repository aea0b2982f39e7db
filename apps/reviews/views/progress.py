"""For coordinators: how far the reading is, and another look at a review."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from apps.core.access import Access
from apps.core.errors import DomainError
from apps.core.paging import keyset_page
from apps.reviews.forms import ReopenForm
from apps.reviews.selectors import loads_of, progress_rows, read_applications
from apps.reviews.services import reopen_review
from apps.reviews.views.finding import assignment_or_404, intake_or_404


class ProgressView(View):
    """Each application with its readers, mean and spread: three statements for any number."""

    access = Access.COORDINATOR

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        intake = intake_or_404(request, public_id)
        show = request.GET.get("show", "")
        applications = (
            read_applications(intake, show)
            .select_related("person")
            .only("reference", "public_id", "person__full_name")
        )
        page = keyset_page(applications, request.GET.get("cursor"), order=("id",), size=50)
        context = {
            "intake": intake,
            "page": page,
            "rows": progress_rows(page.rows),
            "loads": loads_of(intake),
            "show": show,
            "shows": [("", _("All")), ("short", _("Readers are lacking")), ("apart", _("Scores far apart"))],
        }
        return render(request, "reviews/progress_list.html", context)


class ReopenView(View):
    access = Access.COORDINATOR

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        assignment = assignment_or_404(request, public_id)
        form = ReopenForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Say why the reviewer should look again."))
        else:
            try:
                reopen_review(assignment=assignment, **form.cleaned_data, actor=request.actor)
                messages.success(request, _("The reviewer can change the review again."))
            except DomainError as error:
                messages.error(request, str(error.message))
        return redirect("portal:staff-application", assignment.application.public_id)
