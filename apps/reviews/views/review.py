"""The application without the person, beside the rubric."""

from mimetypes import guess_extension
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View

from apps.applications.answers import is_hidden
from apps.applications.files import open_document
from apps.applications.models import Application
from apps.applications.selectors import ACTIVE_DOCUMENTS, form_of, with_answers
from apps.core.access import Access
from apps.core.errors import DomainError
from apps.core.forms import attach
from apps.reviews.desk_forms import ReviewForm, seen_version
from apps.reviews.models import ReviewAssignment
from apps.reviews.selectors import (
    TO_DO,
    copy_for,
    is_locked,
    may_compare,
    neighbours_of,
    next_calibration,
    queue_of,
    why_reopened,
)
from apps.reviews.services import save_review, submit_review
from apps.reviews.views.queue import assignment_or_404
from apps.reviews.views.sheet import Sheet, sheet_of


def to_calibration(request: HttpRequest, assignment: ReviewAssignment) -> HttpResponse:
    """Away from a locked reading, to the one that opens it."""
    messages.info(
        request, _("This one opens when your calibration readings are submitted. Here is the next.")
    )
    first = next_calibration(assignment)
    return redirect("reviews:review", first.public_id) if first else redirect("reviews:queue")


class ReviewView(View):
    """Every button saves; "submit" also makes it final."""

    access = Access.REVIEWER

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        assignment = assignment_or_404(request, public_id)
        if is_locked(assignment):
            return to_calibration(request, assignment)
        if assignment.no_conflict_declared_at is None:
            return redirect("reviews:conflict", public_id)
        sheet = sheet_of(assignment)
        return self._show(request, assignment, sheet.fresh(), sheet)

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        assignment = assignment_or_404(request, public_id)
        if is_locked(assignment):
            return to_calibration(request, assignment)
        if assignment.no_conflict_declared_at is None:
            return redirect("reviews:conflict", public_id)
        sheet = sheet_of(assignment)
        form = ReviewForm(sheet.criteria, request.POST)
        if not form.is_valid():
            return self._show(request, assignment, form, sheet.as_seen(form), status=422)
        try:
            self._save(request, assignment, form)
        except DomainError as error:
            attach(form, error)
            present = sheet_of(assignment).against(form)
            return self._show(request, assignment, form, present, status=error.status)
        return self._onward(request, assignment)

    def _save(self, request: HttpRequest, assignment: ReviewAssignment, form: ReviewForm) -> None:
        save_review(
            assignment=assignment,
            points=form.points(),
            comments=form.comments(),
            comment=form.cleaned_data["comment"],
            version=seen_version(request.POST.get("version")),
            versions=form.seen_versions(),
            actor=request.actor,
        )
        if "submit" in request.POST:
            submit_review(assignment=assignment, actor=request.actor)

    def _onward(self, request: HttpRequest, assignment: ReviewAssignment) -> HttpResponse:
        if "submit" not in request.POST:
            messages.success(request, _("Draft saved."))
            return redirect("reviews:review", assignment.public_id)
        messages.success(request, _("Review submitted. Thank you."))
        assignment.refresh_from_db(fields=["status"])
        if may_compare(assignment):
            return redirect("reviews:compare", assignment.public_id)
        return redirect("reviews:queue")

    def _show(
        self,
        request: HttpRequest,
        assignment: ReviewAssignment,
        form: ReviewForm,
        sheet: Sheet,
        status: int = 200,
    ) -> HttpResponse:
        application = with_answers(Application.objects.filter(pk=assignment.application_id)).get()
        context: dict[str, Any] = {
            "assignment": assignment,
            "application": application,
            "intake": assignment.application.intake,
            "copy": copy_for(application, get_language() or "en"),
            "form": form,
            "sheet": sheet,
            "blocks": form.blocks(sheet.versions, sheet.others),
            "is_open": assignment.status in TO_DO,
            "may_compare": may_compare(assignment),
            "reason": why_reopened(assignment),
            "neighbours": neighbours_of(assignment, request.viewer, timezone.localdate()),
        }
        return render(request, "reviews/review_form.html", context, status=status)


class ReviewDocumentView(View):
    """A document under a neutral name; documents of hidden questions do not exist for reviewers."""

    access = Access.REVIEWER

    def get(self, request: HttpRequest, public_id: UUID, document_id: UUID) -> FileResponse:
        assignment = get_object_or_404(
            queue_of(request.viewer).filter(no_conflict_declared_at__isnull=False), public_id=public_id
        )
        if is_locked(assignment):
            raise Http404
        application = assignment.application
        visible = [
            question.key for _section, question in form_of(application).questions() if not is_hidden(question)
        ]
        documents = ACTIVE_DOCUMENTS.filter(application=application, question__in=visible)
        document = get_object_or_404(documents, public_id=document_id)
        extension = guess_extension(document.content_type) or ""
        return open_document(document, name=f"{application.reference}-{document.question}{extension}")
