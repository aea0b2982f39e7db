"""What is aimed at, and how programs were screened."""

from datetime import date

from django.db.models import Q, QuerySet

from apps.accounts.enums import Role
from apps.accounts.roles import Viewer
from apps.inclusion.enums import TargetScope
from apps.inclusion.models import DacMarker, IndicatorDefinition, IndicatorTarget, TargetPeriod
from apps.programs.models import Program


def definitions_in_force() -> QuerySet[IndicatorDefinition]:
    return IndicatorDefinition.objects.in_force().order_by("standard", "code")


def programs_to_aim_for(viewer: Viewer) -> QuerySet[Program]:
    """Every program for an administrator, those of their organisations for coordinators."""
    mine = Q() if viewer.is_administrator else Q(organisation__in=viewer.at(Role.COORDINATOR))
    return Program.objects.filter(mine)


def plan_for(scope: str, scope_key: str = "") -> dict[date, dict[str, float]]:
    """Last day of a quarter → indicator code → what is aimed at by then, counted from the beginning.

    One statement. Values are in the unit of the indicator: shares and rates in percent.
    """
    rows = (
        IndicatorTarget.objects.of(scope, scope_key)
        .in_force()
        .exclude(value=None)
        .order_by("period__ends_on", "code")
        .values_list("period__ends_on", "code", "value")
    )
    plan: dict[date, dict[str, float]] = {}
    for ends_on, code, value in rows:
        plan.setdefault(ends_on, {})[code] = float(value)
    return plan


def targets_of(program: Program) -> QuerySet[IndicatorTarget]:
    """The current targets of a program with their definitions, oldest period first; one statement."""
    return (
        IndicatorTarget.objects.of(TargetScope.PROGRAM, program.slug)
        .in_force()
        .exclude(value=None)
        .select_related("definition", "period")
        .order_by("period__ends_on", "code")
    )


def target_history(scope: str, scope_key: str) -> QuerySet[IndicatorTarget]:
    """Every target ever set for a scope, newest first, those taken back or changed too."""
    found = IndicatorTarget.objects.of(scope, scope_key)
    return found.select_related("definition", "period", "set_by").order_by("-id")


def periods() -> QuerySet[TargetPeriod]:
    """Quarters somebody set targets for or locked, newest first, with who moved them and why."""
    return TargetPeriod.objects.prefetch_related("moves__made_by").order_by("-ends_on")


def markers_of(program: Program) -> dict[str, DacMarker]:
    """Marker → the last screening. A marker that is not in it was never screened, which is not a 0."""
    rows = DacMarker.objects.filter(program=program).order_by("marker", "-version").distinct("marker")
    return {row.marker: row for row in rows}


def screenings_of(program: Program, marker: str) -> QuerySet[DacMarker]:
    """Newest first."""
    found = DacMarker.objects.filter(program=program, marker=marker)
    return found.select_related("screened_by").order_by("-version")
