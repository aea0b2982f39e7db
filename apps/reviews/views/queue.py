"""What a reviewer has to do, and what is done."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.generic import TemplateView

from apps.core.access import Access
from apps.core.paging import keyset_page
from apps.reviews.models import ReviewAssignment
from apps.reviews.selectors import done_of, queue_of, to_do_of


def assignment_or_404(request: HttpRequest, public_id: UUID) -> ReviewAssignment:
    """The reviewer's own, while it is open to them."""
    return get_object_or_404(queue_of(request.viewer), public_id=public_id)


class QueueView(TemplateView):
    access = Access.REVIEWER
    template_name = "reviews/assignment_queue.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        to_do = to_do_of(self.request.viewer, timezone.localdate(), self.request.GET.get("cursor"))
        done = done_of(self.request.viewer).count()
        return super().get_context_data(to_do=to_do, page=to_do.page, done=done, **kwargs)


class DoneView(TemplateView):
    access = Access.REVIEWER
    template_name = "reviews/assignment_done.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = keyset_page(
            done_of(self.request.viewer),
            self.request.GET.get("cursor"),
            order=("-submitted_at", "-id"),
            size=50,
        )
        return super().get_context_data(page=page, **kwargs)
