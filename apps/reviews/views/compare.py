"""A calibration reading beside the panel's, once mine is in."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views import View

from apps.core.access import Access
from apps.reviews.selectors import comparison_of, may_compare, neighbours_of
from apps.reviews.views.queue import assignment_or_404


class CompareView(View):
    access = Access.REVIEWER

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        assignment = assignment_or_404(request, public_id)
        if not may_compare(assignment):
            raise Http404
        rows = comparison_of(assignment)
        context = {
            "assignment": assignment,
            "rows": rows,
            "has_panel": any(row.compared is not None for row in rows),
            "neighbours": neighbours_of(assignment, request.viewer, timezone.localdate()),
        }
        return render(request, "reviews/review_compare.html", context)
