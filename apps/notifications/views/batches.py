"""The notices of one release: the letters as they will be, how far sending is, and the pause."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views import View

from apps.applications.enums import Outcome
from apps.core.access import Access
from apps.core.errors import DomainError
from apps.core.forms import attach
from apps.core.zones import zone_of
from apps.notifications.enums import MessageStatus
from apps.notifications.forms import PauseForm
from apps.notifications.selectors import batches_run_by, notice_counts, pause_of
from apps.notifications.services.letters import Letter, preview
from apps.notifications.services.managing import pause_batch, resume_batch
from apps.selection.models import Decision, ReleaseBatch


class BatchNoticesView(View):
    """GET: one letter of each outcome, or that of one chosen person. POST: pause, or go on."""

    access = Access.COORDINATOR

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        batch = get_object_or_404(batches_run_by(request.viewer), public_id=public_id)
        return self._show(request, batch, PauseForm())

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        batch = get_object_or_404(batches_run_by(request.viewer), public_id=public_id)
        if "resume" in request.POST:
            resume_batch(batch=batch, actor=request.actor)
            messages.success(request, _("The notices of this batch are being sent again."))
            return redirect("notifications:batch-notices", public_id)
        form = PauseForm(request.POST)
        if not form.is_valid():
            return self._show(request, batch, form, 422)
        try:
            pause_batch(batch=batch, **form.cleaned_data, actor=request.actor)
        except DomainError as error:
            attach(form, error)
            return self._show(request, batch, form, error.status)
        messages.success(request, _("The notices of this batch are paused. Nothing is lost."))
        return redirect("notifications:batch-notices", public_id)

    def _show(
        self, request: HttpRequest, batch: ReleaseBatch, form: PauseForm, status: int = 200
    ) -> HttpResponse:
        counts = notice_counts(batch)
        named = [(MessageStatus(each).label, number) for each, number in sorted(counts.items())]
        context: dict[str, Any] = {
            "batch": batch,
            "intake": batch.intake,
            "letters": self._letters(request, batch),
            "counts": named,
            "pause": pause_of(batch),
            "form": form,
            "zone": zone_of(request, batch.intake.time_zone),
        }
        return render(request, "notifications/batch_notices.html", context, status=status)

    def _letters(self, request: HttpRequest, batch: ReleaseBatch) -> list[tuple[Decision, Letter | None]]:
        """The chosen person's; without one, that of the first person of each outcome."""
        rows = batch.decisions.select_related("application__person").order_by("rank", "pk")
        wanted = request.GET.get("decision", "")
        if wanted.isascii() and wanted.isdigit() and len(wanted) < 12:
            chosen = list(rows.filter(pk=int(wanted)))
        else:
            firsts = [rows.filter(outcome=outcome).first() for outcome in Outcome.values]
            chosen = [row for row in firsts if row is not None]
        return [(row, preview(row)) for row in chosen]
