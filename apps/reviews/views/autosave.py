"""One criterion, or the overall comment, saved by the page's script while the reviewer goes on."""

from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.views import View

from apps.core.access import Access
from apps.core.errors import DomainError
from apps.reviews.desk_forms import ReviewForm, seen_version
from apps.reviews.models import Criterion, ReviewAssignment
from apps.reviews.services import Stale, save_comment, save_score
from apps.reviews.views.queue import assignment_or_404
from apps.reviews.views.sheet import Sheet, sheet_of


def refused(form: ReviewForm) -> JsonResponse:
    words = [str(message) for found in form.errors.values() for message in found]
    return JsonResponse({"message": " ".join(words)}, status=422)


class CriterionView(View):
    """Takes the fields of one criterion under the names they have on the page.

    409 with `version` and `other` when another window saved something else: what the script shows, and
    what the next save replaces. Any other refusal has a `message`.
    """

    access = Access.REVIEWER

    def post(self, request: HttpRequest, public_id: UUID, criterion: int) -> JsonResponse:
        assignment = assignment_or_404(request, public_id)
        criteria = Criterion.objects.filter(rubric__intake=assignment.application.intake_id)
        found = get_object_or_404(criteria, pk=criterion)
        form = ReviewForm([found], request.POST)
        if not form.is_valid():
            return refused(form)
        try:
            saved = save_score(
                assignment=assignment,
                criterion=found.pk,
                points=form.points().get(found.pk),
                comment=form.comments()[found.pk],
                version=form.seen_versions()[found.pk],
                actor=request.actor,
            )
        except Stale:
            return self._told(assignment, found)
        except DomainError as error:
            return JsonResponse({"message": str(error.message)}, status=error.status)
        return JsonResponse({"version": saved.version if saved is not None else 0})

    def _told(self, assignment: ReviewAssignment, criterion: Criterion) -> JsonResponse:
        sheet: Sheet = sheet_of(assignment)
        other = render_to_string("reviews/_other_window.html", {"other": sheet.scores.get(criterion.pk)})
        return JsonResponse({"version": sheet.versions.get(criterion.pk, 0), "other": other}, status=409)


class CommentView(View):
    """The same for the overall comment."""

    access = Access.REVIEWER

    def post(self, request: HttpRequest, public_id: UUID) -> JsonResponse:
        assignment = assignment_or_404(request, public_id)
        form = ReviewForm([], request.POST)
        if not form.is_valid():
            return refused(form)
        try:
            review = save_comment(
                assignment=assignment,
                comment=form.cleaned_data["comment"],
                version=seen_version(request.POST.get("version")),
                actor=request.actor,
            )
        except Stale:
            sheet = sheet_of(assignment)
            words = {"other_comment": sheet.review.comment if sheet.review is not None else ""}
            other = render_to_string("reviews/_other_window.html", words)
            return JsonResponse({"version": sheet.version, "other": other}, status=409)
        except DomainError as error:
            return JsonResponse({"message": str(error.message)}, status=error.status)
        return JsonResponse({"version": review.version})
