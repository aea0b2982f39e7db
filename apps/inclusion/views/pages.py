"""The funder's dashboard, and releasing figures."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import TemplateView

from apps.core.access import Access
from apps.core.zones import zone_of
from apps.inclusion.charts import Chart, bars
from apps.inclusion.enums import Dimension, ScopeKind, Stage
from apps.inclusion.selectors import (
    TARGET_GROUPS,
    breakdowns,
    funnel,
    headlines,
    latest_release,
    scope_names,
    sheet_of,
    targets_for,
)
from apps.inclusion.services.releases import release_figures


class DashboardView(TemplateView):
    """The latest release, whole or for one kind, program or country."""

    access = (Access.FUNDER, Access.ADMINISTRATOR, Access.COORDINATOR)
    template_name = "inclusion/release_dashboard.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        scope = self.kwargs.get("scope", ScopeKind.ALL.value)
        scope_key = self.kwargs.get("scope_key", "")
        release = latest_release()
        if scope not in ScopeKind.values:
            raise Http404
        if release is None:
            return super().get_context_data(release=None, **kwargs)
        sheet = sheet_of(release, scope, scope_key)
        if not sheet.figures and scope != ScopeKind.ALL:
            raise Http404
        found = headlines(sheet, targets_for(scope, scope_key))
        steps = funnel(sheet)
        is_whole = scope == ScopeKind.ALL
        levels = (ScopeKind.KIND, ScopeKind.COUNTRY, ScopeKind.PROGRAM) if is_whole else ()
        found_by = breakdowns(release, [level.value for level in levels]) if levels else {}
        tables = [(level.value, level.label, *_told_first(found_by[level.value])) for level in levels]
        return super().get_context_data(
            release=release,
            scope_name=scope_names(scope, [scope_key]).get(scope_key, ""),
            headlines=found,
            shares=_share_chart(found),
            steps=steps,
            funnels=_funnel_charts(steps),
            groups=[headline.label for headline in found],
            stages=Stage.labels,
            tables=tables,
            zone=zone_of(self.request),
            **kwargs,
        )


def _told_first(rows: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rows with a figure to read, and those where it is hidden or nobody takes part."""
    return [row for row in rows if row["total"]], [row for row in rows if not row["total"]]


def _share_chart(found: list[Any]) -> Chart:
    rows = [
        (
            each.label,
            f"{each.percent:.0f} %" if each.percent is not None and each.share.is_shown else _("hidden"),
            each.percent if each.share and each.share.is_shown else None,
            each.target,
        )
        for each in found
    ]
    return bars(_("Share of participants, with the target as a line"), rows, most=100)


def _funnel_charts(steps: list[dict[str, Any]]) -> list[Chart]:
    names = [_("Everyone"), *(str(_group_label(dimension)) for dimension in TARGET_GROUPS)]
    columns = [[step["total"] for step in steps]] + [
        [step["groups"][number] for step in steps] for number in range(len(TARGET_GROUPS))
    ]
    return [
        bars(
            name,
            [
                (step["stage"], str(figure) if figure is not None else _("hidden"), figure, None)
                for step, figure in zip(steps, column, strict=True)
            ],
            series=number + 1,
        )
        for number, (name, column) in enumerate(zip(names, columns, strict=True))
    ]


def _group_label(dimension: Dimension) -> str:
    return {
        Dimension.GENDER: _("Women"),
        Dimension.RESIDENCE: _("People from rural communities"),
        Dimension.DISABILITY: _("People with disabilities"),
    }[dimension]


class MethodView(TemplateView):
    access = Access.PUBLIC
    template_name = "inclusion/release_method.html"


class ReleaseView(View):
    """An administrator freezes the figures of today."""

    access = Access.ADMINISTRATOR

    def post(self, request: HttpRequest) -> HttpResponse:
        release = release_figures(actor=request.actor)
        messages.success(request, _("Release {number} is ready.").format(number=release.number))
        return redirect("inclusion:dashboard")
