"""A reviewer's desk: what to do, the question about ties, the application beside the rubric."""

from mimetypes import guess_extension
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import TemplateView

from apps.applications.answers import is_hidden, read_answers
from apps.applications.files import open_document
from apps.applications.references import references_for_reviewers
from apps.applications.selectors import ACTIVE_DOCUMENTS, documents_of, form_of, with_answers
from apps.core.access import Access
from apps.core.errors import Conflict, DomainError
from apps.core.forms import attach
from apps.core.paging import keyset_page
from apps.reviews.forms import ConflictForm, ReviewForm
from apps.reviews.models import Criterion, Review, ReviewAssignment
from apps.reviews.selectors import TO_DO, queue_of, to_do_of, why_reopened
from apps.reviews.services import (
    declare_conflict,
    declare_no_conflict,
    recuse,
    save_review,
    submit_review,
)


class QueueView(TemplateView):
    access = Access.REVIEWER
    template_name = "reviews/assignment_queue.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        to_do = to_do_of(self.request.viewer, timezone.localdate())
        page = keyset_page(
            queue_of(self.request.viewer).exclude(status__in=TO_DO).select_related("review"),
            self.request.GET.get("cursor"),
            order=("-submitted_at", "-id"),
            size=20,
        )
        return super().get_context_data(to_do=to_do, page=page, **kwargs)


def assignment_or_404(request: HttpRequest, public_id: UUID) -> ReviewAssignment:
    return get_object_or_404(queue_of(request.viewer), public_id=public_id)


class ConflictView(View):
    """Asked before an application opens, once for each."""

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
        try:
            self._step_back(request, assignment, form.cleaned_data)
        except Conflict as error:
            messages.error(request, str(error.message))
            return redirect("reviews:queue")
        messages.success(request, _("Thank you. You no longer have this one."))
        return redirect("reviews:queue")

    def _step_back(self, request: HttpRequest, assignment: ReviewAssignment, data: dict[str, Any]) -> None:
        if data["answer"] == "cannot":
            recuse(assignment=assignment, actor=request.actor)
        else:
            declare_conflict(assignment=assignment, explanation=data["explanation"], actor=request.actor)

    def _show(
        self, request: HttpRequest, assignment: ReviewAssignment, form: ConflictForm, status: int = 200
    ) -> HttpResponse:
        context = {"assignment": assignment, "form": form, "intake": assignment.application.intake}
        return render(request, "reviews/assignment_conflict.html", context, status=status)


class ReviewView(View):
    """The application without the person, beside the rubric. Every button saves."""

    access = Access.REVIEWER

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        assignment = assignment_or_404(request, public_id)
        if assignment.no_conflict_declared_at is None:
            return redirect("reviews:conflict", public_id)
        review = Review.objects.filter(assignment=assignment).first()
        form = ReviewForm(self._criteria(assignment), initial=self._initial(review))
        return self._show(request, assignment, form, review.version if review else 0)

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        assignment = assignment_or_404(request, public_id)
        form = ReviewForm(self._criteria(assignment), request.POST)
        seen = request.POST.get("version", "")
        version = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else 0
        if not form.is_valid():
            return self._show(request, assignment, form, version, status=422)
        try:
            review = save_review(
                assignment=assignment,
                points=form.points(),
                comments=form.comments(),
                comment=form.cleaned_data["comment"],
                version=version,
                actor=request.actor,
            )
            version = review.version
            if "submit" in request.POST:
                submit_review(assignment=assignment, actor=request.actor)
        except DomainError as error:
            attach(form, error)
            current = Review.objects.filter(assignment=assignment).first()
            other = current if current is not None and current.version != version else None
            version = current.version if current is not None else version
            return self._show(request, assignment, form, version, status=error.status, other=other)
        if "submit" in request.POST:
            messages.success(request, _("Review submitted. Thank you."))
            return redirect("reviews:queue")
        messages.success(request, _("Draft saved."))
        return redirect("reviews:review", public_id)

    def _criteria(self, assignment: ReviewAssignment) -> list[Criterion]:
        return list(Criterion.objects.filter(rubric__intake=assignment.application.intake_id))

    def _initial(self, review: Review | None) -> dict[str, Any]:
        if review is None:
            return {}
        initial: dict[str, Any] = {"comment": review.comment}
        for score in review.scores.all():
            initial[f"criterion-{score.criterion_id}"] = str(score.points or "")
            initial[f"comment-{score.criterion_id}"] = score.comment
        return initial

    def _show(
        self,
        request: HttpRequest,
        assignment: ReviewAssignment,
        form: ReviewForm,
        version: int,
        status: int = 200,
        other: Review | None = None,
    ) -> HttpResponse:
        """`other` is what another window saved meanwhile: shown beside what was typed here."""
        application = with_answers(
            type(assignment.application).objects.filter(pk=assignment.application_id)
        ).get()
        context = {
            "assignment": assignment,
            "application": application,
            "intake": assignment.application.intake,
            "sections": [
                section
                for section in read_answers(
                    application, form_of(application), documents_of(application), blind=True
                )
                if section.answers
            ],
            "references": references_for_reviewers(application),
            "form": form,
            "version": version,
            "is_open": assignment.status in TO_DO,
            "reason": why_reopened(assignment),
            "other": other,
            "other_scores": other.scores.select_related("criterion") if other else [],
        }
        return render(request, "reviews/review_form.html", context, status=status)


class ReviewDocumentView(View):
    """A document under a neutral name; documents of hidden questions do not exist for reviewers."""

    access = Access.REVIEWER

    def get(self, request: HttpRequest, public_id: UUID, document_id: UUID) -> FileResponse:
        assignment = get_object_or_404(
            queue_of(request.viewer).filter(no_conflict_declared_at__isnull=False), public_id=public_id
        )
        application = assignment.application
        visible = [
            question.key for _section, question in form_of(application).questions() if not is_hidden(question)
        ]
        documents = ACTIVE_DOCUMENTS.filter(application=application, question__in=visible)
        document = get_object_or_404(documents, public_id=document_id)
        extension = guess_extension(document.content_type) or ""
        return open_document(document, name=f"{application.reference}-{document.question}{extension}")
