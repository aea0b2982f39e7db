"""Indicators and targets of a program, a kind or everything; the lock of quarters; screening with markers."""

from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from apps.core.access import Access
from apps.core.pages import ServiceFormView
from apps.inclusion.enums import Marker, TargetScope
from apps.inclusion.rules.quarters import last_day
from apps.inclusion.selectors import (
    IndicatorTable,
    baselines,
    definitions_by_standard,
    definitions_to_aim_at,
    indicator_table,
    markers_of,
    periods,
    programs_to_aim_for,
    quarters_around,
    screenings_of,
    target_history,
)
from apps.inclusion.services import lock_period, screen_program, set_target, unlock_period
from apps.inclusion.target_forms import CRITERIA, LOCK, MarkerForm, PeriodForm, TargetForm
from apps.programs.enums import ProgramKind
from apps.programs.models import Program

RUNS_IT = (Access.COORDINATOR, Access.ADMINISTRATOR)
SHOWN_OF_HISTORY, MOST_PROGRAMS = 50, 200


class DefinitionsView(TemplateView):
    """What every indicator means, in every version, and what is known about whole populations."""

    access = Access.PUBLIC
    template_name = "inclusion/indicator_definitions.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(groups=definitions_by_standard(), baselines=baselines(), **kwargs)


class _OfProgram:
    """The program of the address, for its coordinators and for administrators; for others it is not there."""

    request: Any
    kwargs: dict[str, Any]

    @cached_property
    def program(self) -> Program:
        mine = programs_to_aim_for(self.request.viewer)
        return get_object_or_404(mine, public_id=self.kwargs["public_id"])


class WholeIndicatorsView(ServiceFormView):
    """All programs together, or those of one kind. Administrators aim there."""

    access: Any = Access.ADMINISTRATOR
    template_name = "inclusion/indicator_targets.html"
    form_class = TargetForm
    done = gettext_lazy("Saved.")
    program: Program | None = None

    @property
    def scope(self) -> tuple[str, str]:
        kind = self.kwargs.get("kind")
        if kind is None:
            return TargetScope.ALL, ""
        if kind not in ProgramKind.values:
            raise Http404
        return TargetScope.KIND, kind

    @cached_property
    def table(self) -> IndicatorTable:
        return indicator_table(*self.scope, program=self.program, today=timezone.now().date())

    def get_form_kwargs(self) -> dict[str, Any]:
        offered = {"definitions": definitions_to_aim_at(), "quarters": self.table.quarters}
        return {**super().get_form_kwargs(), **offered}

    def get_initial(self) -> dict[str, Any]:
        return {"period": last_day(timezone.now().date()).isoformat()}

    def act(self, form: TargetForm) -> None:
        scope, scope_key = self.scope
        set_target(scope=scope, scope_key=scope_key, **form.values(), actor=self.request.actor)

    def get_success_url(self) -> str:
        return self.request.path

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        scope, scope_key = self.scope
        return super().get_context_data(
            table=self.table,
            program=self.program,
            name=ProgramKind(scope_key).label if scope == TargetScope.KIND else _("All programs"),
            kinds=ProgramKind.choices,
            history=target_history(scope, scope_key)[:SHOWN_OF_HISTORY],
            markers=self._markers(),
            programs=self._programs(),
            **kwargs,
        )

    def _markers(self) -> list[tuple[str, Any, Any]]:
        if self.program is None:
            return []
        found = markers_of(self.program)
        return [(value, label, found.get(value)) for value, label in Marker.choices]

    def _programs(self) -> QuerySet[Program]:
        """The way on to single programs; imported history aims at nothing any more."""
        scope, scope_key = self.scope
        within = {TargetScope.ALL: Q(), TargetScope.KIND: Q(kind=scope_key)}
        if scope not in within:
            return Program.objects.none()
        return Program.objects.filter(within[TargetScope(scope)], is_listed=True)[:MOST_PROGRAMS]


class ProgramIndicatorsView(_OfProgram, WholeIndicatorsView):
    access = RUNS_IT

    @property
    def scope(self) -> tuple[str, str]:
        return TargetScope.PROGRAM, self.program.slug


class PeriodsView(ServiceFormView):
    """An administrator locks the targets of a quarter, or unlocks them, with a reason."""

    access = Access.ADMINISTRATOR
    template_name = "inclusion/target_periods.html"
    form_class = PeriodForm
    success_url = reverse_lazy("inclusion:periods")
    done = gettext_lazy("Saved.")

    def get_form_kwargs(self) -> dict[str, Any]:
        known = [each.ends_on for each in periods()]
        quarters = quarters_around(timezone.now().date(), also=known)
        return {**super().get_form_kwargs(), "quarters": quarters}

    def act(self, form: PeriodForm) -> None:
        move = lock_period if form.cleaned_data["deed"] == LOCK else unlock_period
        quarter = form.quarters[form.cleaned_data["period"]]
        move(period=quarter.ends_on, reason=form.cleaned_data["reason"], actor=self.request.actor)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(periods=periods(), **kwargs)


class MarkerView(_OfProgram, ServiceFormView):
    """One policy marker of a program: its score with its grounds, and every screening before."""

    access = RUNS_IT
    template_name = "inclusion/marker_form.html"
    form_class = MarkerForm
    done = gettext_lazy("Saved.")

    @cached_property
    def marker(self) -> Marker:
        if self.kwargs["marker"] not in Marker.values:
            raise Http404
        return Marker(self.kwargs["marker"])

    def get_form_kwargs(self) -> dict[str, Any]:
        _program = self.program  # 404 before anything is read from the form
        return {**super().get_form_kwargs(), "marker": self.marker.value}

    def get_initial(self) -> dict[str, Any]:
        last = markers_of(self.program).get(self.marker)
        if last is None:
            return {"version": 0}
        return {
            name: getattr(last, name)
            for name in ("score", "criteria", "justification", "evidence", "version")
        }

    def act(self, form: MarkerForm) -> None:
        screen_program(
            program=self.program, marker=self.marker.value, **form.cleaned_data, actor=self.request.actor
        )

    def get_success_url(self) -> str:
        return reverse("inclusion:program-indicators", args=[self.program.public_id])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = [
            (screening, [words for each, words in CRITERIA.items() if each in screening.criteria])
            for screening in screenings_of(self.program, self.marker.value)
        ]
        return super().get_context_data(program=self.program, marker=self.marker, screenings=found, **kwargs)
