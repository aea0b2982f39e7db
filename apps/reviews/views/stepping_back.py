"""The question about ties before an application opens, and giving one back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from apps.core.access import Access
from apps.core.errors import Conflict
from apps.reviews.desk_forms import ConflictForm
from apps.reviews.models import ReviewAssignment
from apps.reviews.selectors import TO_DO
from apps.reviews.services import declare_conflict, declare_no_conflict, recuse
from apps.reviews.views.queue import assignment_or_404


def given_back(request: HttpRequest, assignment: ReviewAssignment) -> HttpResponse:
    try:
        recuse(assignment=assignment, actor=request.actor)
    except Conflict as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("Thank you. You no longer have this one."))
    return redirect("reviews:queue")


class ConflictView(View):
    """Asked before an application opens, once for each; and again whenever a reviewer says so."""

    access = Access.REVIEWER

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        return self._show(request, assignment_or_404(request, public_id), ConflictForm())

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        assignment = assignment_or_404(request, public_id)
        form = ConflictForm(request.POST)
        if not form.is_valid():
            return self._show(request, assignment, form, status=422)
        if form.cleaned_data["answer"] == "no":
            declare_no_conflict(assignment=assignment, actor=request.actor)
            return redirect("reviews:review", public_id)
        if form.cleaned_data["answer"] == "cannot":
            return given_back(request, assignment)
        return self._tied(request, assignment, form.cleaned_data)

    def _tied(self, request: HttpRequest, assignment: ReviewAssignment, data: dict[str, Any]) -> HttpResponse:
        try:
            declare_conflict(assignment=assignment, explanation=data["explanation"], actor=request.actor)
        except Conflict as error:
            messages.error(request, str(error.message))
        else:
            messages.success(request, _("Thank you. You no longer have this one."))
        return redirect("reviews:queue")

    def _show(
        self, request: HttpRequest, assignment: ReviewAssignment, form: ConflictForm, status: int = 200
    ) -> HttpResponse:
        context = {"assignment": assignment, "form": form, "intake": assignment.application.intake}
        return render(request, "reviews/assignment_conflict.html", context, status=status)


class RecuseView(View):
    """Asks once more, then gives the reading to somebody else."""

    access = Access.REVIEWER

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        assignment = assignment_or_404(request, public_id)
        if assignment.status not in TO_DO:
            return redirect("reviews:review", public_id)
        context = {"assignment": assignment, "intake": assignment.application.intake}
        return render(request, "reviews/assignment_recuse.html", context)

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        return given_back(request, assignment_or_404(request, public_id))
