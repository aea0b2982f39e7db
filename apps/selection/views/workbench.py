"""The selection workbench: the choice as the rule gives it, what-ifs, overrides, and the freeze."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views import View

from apps.applications.models import Application
from apps.core.access import Access
from apps.core.errors import DomainError
from apps.core.forms import attach
from apps.programs.models import Intake
from apps.selection.choosing_forms import FreezeForm, OverrideForm, WhatIfForm
from apps.selection.enums import ScenarioStatus
from apps.selection.models import Override, Scenario
from apps.selection.selectors.choosing import last_frozen, overrides_of, scenarios_of
from apps.selection.selectors.rule import rule_in_force
from apps.selection.selectors.workbench import (
    ROWS,
    SHOWS,
    comparison,
    meters_of,
    places_of,
    rows_of,
    scenario_shown,
    solved_by_the_rule,
    swaps_of,
)
from apps.selection.services import ask_scenario, end_override, freeze_choice, make_override
from apps.selection.views.ranking import intake_or_404, page_number

#: The swaps and earlier scenarios a page shows before it points to the rest.
MOST_SCENARIOS = 20


def scenario_or_404(request: HttpRequest, public_id: UUID) -> Scenario:
    mine = Scenario.objects.filter(intake__in=Intake.objects.visible_to(request.viewer))
    return get_object_or_404(mine.select_related("intake__program"), public_id=public_id)


class WorkbenchView(View):
    """The scenario asked for, or what the rule itself comes to. POST asks for another."""

    access = Access.COORDINATOR

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        intake = intake_or_404(request, public_id)
        return show_workbench(request, intake, what_if=WhatIfForm(rule_in_force(intake)))

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        intake = intake_or_404(request, public_id)
        form = WhatIfForm(rule_in_force(intake), request.POST)
        if not form.is_valid():
            return show_workbench(request, intake, what_if=form, status=422)
        settings = {} if "rule" in request.POST else form.settings()
        name = form.cleaned_data["name"] or (_("Another question") if settings else _("The rule in force"))
        scenario = ask_scenario(intake=intake, name=name, settings=settings, actor=request.actor)
        return to_scenario(scenario)


def to_scenario(scenario: Scenario) -> HttpResponse:
    response = redirect("selection:workbench", scenario.intake.public_id)
    response["Location"] += f"?scenario={scenario.public_id}"
    return response


def show_workbench(
    request: HttpRequest,
    intake: Intake,
    *,
    what_if: WhatIfForm,
    override: OverrideForm | None = None,
    freeze: FreezeForm | None = None,
    status: int = 200,
) -> HttpResponse:
    scenario = scenario_shown(intake, _wanted(request))
    context = {
        "intake": intake,
        "rule": what_if.rule,
        "scenario": scenario,
        "is_waiting": scenario and scenario.status in (ScenarioStatus.QUEUED, ScenarioStatus.SOLVING),
        "what_if": what_if,
        "override_form": override or OverrideForm(),
        "freeze_form": freeze or FreezeForm(),
        "overrides": overrides_of(intake),
        "scenarios": scenarios_of(intake)[:MOST_SCENARIOS],
        "frozen": last_frozen(intake),
        **_result(request, intake, scenario),
    }
    return render(request, "selection/workbench.html", context, status=status)


def _wanted(request: HttpRequest) -> str | None:
    text = request.GET.get("scenario", "")
    try:
        return str(UUID(text))
    except ValueError:
        return None


def _result(request: HttpRequest, intake: Intake, scenario: Scenario | None) -> dict[str, Any]:
    if scenario is None or scenario.result is None:
        return {}
    result: Mapping[str, Any] = scenario.result
    show = request.GET.get("show", "")
    places = places_of(result, show if show in SHOWS else "")
    number = page_number(request.GET.get("page"))
    start = (number - 1) * ROWS
    base = solved_by_the_rule(intake) if scenario.settings else None
    return {
        "result": result,
        "meters": meters_of(result),
        "swaps": swaps_of(result),
        "mean": result["mean"] / 1000 if result["mean"] is not None else None,
        "cost_in_merit": result["total_cost"] / 1000,
        "rows": rows_of(intake, result, places[start : start + ROWS]),
        "shown": len(places),
        "show": show,
        "shows": SHOWS.items(),
        "previous_page": number - 1 if number > 1 else None,
        "next_page": number + 1 if start + ROWS < len(places) else None,
        "compared": comparison(base.result, result) if base and base.result else [],
    }


class ScenarioProgressView(View):
    """How far a worker is, for the script that waits on the page."""

    access = Access.COORDINATOR

    def get(self, request: HttpRequest, public_id: UUID) -> JsonResponse:
        scenario = scenario_or_404(request, public_id)
        is_done = scenario.status in (ScenarioStatus.SOLVED, ScenarioStatus.FAILED)
        return JsonResponse({"percent": scenario.percent, "done": is_done})


class OverrideView(View):
    access = Access.COORDINATOR

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        intake = intake_or_404(request, public_id)
        form = OverrideForm(request.POST)
        if not form.is_valid():
            return self._again(request, intake, form, 422)
        data = form.cleaned_data
        application = Application.objects.filter(intake=intake, reference=data["reference"].upper()).first()
        if application is None:
            form.add_error("reference", _("No application of this intake has this number."))
            return self._again(request, intake, form, 422)
        try:
            make_override(
                intake=intake,
                application=application,
                wanted=data["wanted"],
                reason=data["reason"],
                actor=request.actor,
            )
        except DomainError as error:
            attach(form, error)
            return self._again(request, intake, form, error.status)
        messages.success(request, _("Noted. Work the choice out again to see what it changes."))
        return redirect("selection:workbench", public_id)

    def _again(self, request: HttpRequest, intake: Intake, form: OverrideForm, status: int) -> HttpResponse:
        return show_workbench(
            request, intake, what_if=WhatIfForm(rule_in_force(intake)), override=form, status=status
        )


class EndOverrideView(View):
    access = Access.COORDINATOR

    def post(self, request: HttpRequest, override_id: int) -> HttpResponse:
        mine = Override.objects.filter(intake__in=Intake.objects.visible_to(request.viewer))
        override = get_object_or_404(mine.select_related("intake"), pk=override_id)
        end_override(override=override, actor=request.actor)
        messages.success(request, _("The rule decides about this application again."))
        return redirect("selection:workbench", override.intake.public_id)


class FreezeView(View):
    access = Access.COORDINATOR

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        scenario = scenario_or_404(request, public_id)
        form = FreezeForm(request.POST)
        if form.is_valid():
            try:
                frozen = freeze_choice(
                    scenario=scenario, reason=form.cleaned_data["reason"], actor=request.actor
                )
            except DomainError as error:
                attach(form, error)
                status = error.status
            else:
                messages.success(
                    request, _("The choice is frozen. Decisions can be held from the ranked list.")
                )
                return redirect("selection:frozen", frozen.public_id)
        else:
            status = 422
        rule = rule_in_force(scenario.intake)
        return show_workbench(request, scenario.intake, what_if=WhatIfForm(rule), freeze=form, status=status)
