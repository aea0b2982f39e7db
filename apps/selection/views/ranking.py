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
from apps.selection.forms import HoldForm
from apps.selection.selectors import (
    Place,
    batches_of,
    decidable,
    held_of,
    outcome_counts,
    ranked,
    ranking,
    rows_for,
)
from apps.selection.services import hold_decisions

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
            "as_frozen": found.is_as_frozen,
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
