"""The ranked list, held decisions and their release."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View

from apps.core.access import Access
from apps.core.errors import DomainError
from apps.core.forms import attach
from apps.programs.models import Intake
from apps.selection.enums import BatchStatus
from apps.selection.forms import CorrectForm, HoldForm
from apps.selection.models import Decision, ReleaseBatch
from apps.selection.selectors import (
    Place,
    batches_of,
    decidable,
    has_withdrawn,
    held_of,
    outcome_counts,
    ranked,
    ranking,
    rows_for,
)
from apps.selection.services import (
    cancel_batch,
    correct_decision,
    hold_decisions,
    prepare_batch,
    release_batch,
)

ROWS = 100


def intake_or_404(request: HttpRequest, public_id: UUID) -> Intake:
    return get_object_or_404(
        Intake.objects.visible_to(request.viewer).select_related("program"), public_id=public_id
    )


def page_number(text: str | None) -> int:
    """The ranking is computed whole, so its pages have numbers; nonsense is the first."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else 1


class RankingView(View):
    """The order of merit with the cut line; tick rows and decide. Nobody outside sees held decisions."""

    access = Access.COORDINATOR

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        return self._show(request, intake_or_404(request, public_id), HoldForm())

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        intake = intake_or_404(request, public_id)
        form = HoldForm(request.POST)
        ticked = request.POST.getlist("chosen")
        if not form.is_valid():
            return self._show(request, intake, form, status=422, ticked=set(ticked))
        places = {str(place.id): place for place in ranking(intake)}
        if "all" in request.POST:
            ticked = decidable(list(places.values()))
        chosen = [places[each] for each in ticked if each in places]
        outcomes = self._outcomes(chosen, form.cleaned_data["outcome"])
        if not outcomes:
            form.add_error(None, _("Tick at least one application that can be decided."))
            return self._show(request, intake, form, status=422, ticked=set(ticked))
        try:
            hold_decisions(
                intake=intake, outcomes=outcomes, reason=form.cleaned_data["reason"], actor=request.actor
            )
        except DomainError as error:
            attach(form, error)
            return self._show(request, intake, form, status=error.status, ticked=set(ticked))
        count = len(outcomes)
        words = ngettext(
            "{n} decision held. Nobody has been told yet.",
            "{n} decisions held. Nobody has been told yet.",
            count,
        )
        messages.success(request, words.format(n=count))
        return redirect(request.get_full_path())

    def _outcomes(self, places: list[Place], wanted: str) -> dict[int, str]:
        if wanted == "suggested":
            return {place.id: place.suggestion for place in places if place.suggestion}
        return {place.id: wanted for place in places}

    def _show(
        self,
        request: HttpRequest,
        intake: Intake,
        form: HoldForm,
        status: int = 200,
        ticked: set[str] = frozenset(),  # type: ignore[assignment]
    ) -> HttpResponse:
        found = ranked(intake)
        places = found.places
        number = page_number(request.GET.get("page"))
        start = (number - 1) * ROWS
        context: dict[str, Any] = {
            "intake": intake,
            "rule": found.ruling.rule,
            "version": found.ruling.version,
            "frozen": found.frozen,
            "by_merit": found.is_by_merit,
            "rows": rows_for(places[start : start + ROWS]),
            "total": len(places),
            "ticked": ticked,
            "previous_page": number - 1 if number > 1 else None,
            "next_page": number + 1 if start + ROWS < len(places) else None,
            "form": form,
            "held": outcome_counts(held_of(intake)),
            "batches": batches_of(intake)[:20],
        }
        return render(request, "selection/ranking_list.html", context, status=status)


class PrepareView(View):
    access = Access.COORDINATOR

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        intake = intake_or_404(request, public_id)
        try:
            prepare_batch(intake=intake, actor=request.actor)
            messages.success(request, _("The batch is ready. Look at it, then release it."))
        except DomainError as error:
            messages.error(request, str(error.message))
        return redirect("selection:ranking", public_id)


class BatchView(View):
    """What a release would tell whom, and the button that does it."""

    access = Access.COORDINATOR

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        return self._show(request, self._find(request, public_id))

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        batch = self._find(request, public_id)
        try:
            if "cancel" in request.POST:
                cancel_batch(batch=batch, actor=request.actor)
                messages.success(request, _("The batch is cancelled. Its decisions are held as before."))
            else:
                release_batch(batch=batch, actor=request.actor)
                messages.success(request, _("Released. Everyone is being told now."))
        except DomainError as error:
            messages.error(request, str(error.message))
            return self._show(request, self._find(request, public_id), status=error.status)
        return redirect("selection:ranking", batch.intake.public_id)

    def _find(self, request: HttpRequest, public_id: UUID) -> ReleaseBatch:
        mine = ReleaseBatch.objects.filter(intake__in=Intake.objects.visible_to(request.viewer))
        return get_object_or_404(mine.select_related("intake__program", "prepared_by"), public_id=public_id)

    def _show(self, request: HttpRequest, batch: ReleaseBatch, status: int = 200) -> HttpResponse:
        decisions = batch.decisions.select_related("application__person").order_by("rank", "pk")[:500]
        context = {
            "batch": batch,
            "intake": batch.intake,
            "decisions": decisions,
            "counts": outcome_counts(batch.decisions.all()),
            "withdrawn": batch.status == BatchStatus.PREPARED and has_withdrawn(batch),
        }
        return render(request, "selection/batch_detail.html", context, status=status)


class CorrectView(View):
    access = Access.COORDINATOR

    def get(self, request: HttpRequest, decision_id: int) -> HttpResponse:
        return self._show(request, self._find(request, decision_id), CorrectForm())

    def post(self, request: HttpRequest, decision_id: int) -> HttpResponse:
        decision = self._find(request, decision_id)
        form = CorrectForm(request.POST)
        if not form.is_valid():
            return self._show(request, decision, form, status=422)
        try:
            correct_decision(decision=decision, **form.cleaned_data, actor=request.actor)
        except DomainError as error:
            attach(form, error)
            return self._show(request, decision, form, status=error.status)
        messages.success(request, _("The correction is held. Release it in a batch."))
        return redirect("selection:ranking", decision.application.intake.public_id)

    def _find(self, request: HttpRequest, decision_id: int) -> Decision:
        mine = Decision.objects.filter(application__intake__in=Intake.objects.visible_to(request.viewer))
        return get_object_or_404(mine.select_related("application__intake__program"), pk=decision_id)

    def _show(
        self, request: HttpRequest, decision: Decision, form: CorrectForm, status: int = 200
    ) -> HttpResponse:
        context = {"decision": decision, "form": form, "intake": decision.application.intake}
        return render(request, "selection/decision_correct.html", context, status=status)
