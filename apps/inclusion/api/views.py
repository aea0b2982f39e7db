"""For funders, coordinators and administrators: the figures of a release, and nothing else."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema, extend_schema_view

from apps.accounts.api.rows import ShowView
from apps.core.access import Access
from apps.inclusion.api.figures import FiguresSerializer, by_dimension, count, headline, table
from apps.inclusion.enums import ScopeKind, Stage
from apps.inclusion.models import Release
from apps.inclusion.selectors import (
    breakdowns,
    funnel,
    headlines,
    latest_release,
    scope_names,
    sheet_of,
    targets_for,
)

LEVELS = (ScopeKind.KIND.value, ScopeKind.COUNTRY.value, ScopeKind.PROGRAM.value)


class FiguresView(ShowView):
    """One release, whole. A release never changes, so its id can be cited."""

    access = (Access.FUNDER, Access.ADMINISTRATOR, Access.COORDINATOR)
    answer_class = FiguresSerializer
    scope, scope_key = ScopeKind.ALL.value, ""

    def rows(self) -> QuerySet[Release]:
        return Release.objects.all()

    def answer(self, shown: Release, status: int = 200) -> Any:
        sheet = sheet_of(shown, self.scope, self.scope_key)
        is_whole = self.scope == ScopeKind.ALL
        if not sheet.figures and not is_whole:
            raise Http404
        aims = targets_for(self.scope, self.scope_key)
        tables = breakdowns(shown, LEVELS) if is_whole else {}
        steps = zip(Stage.values, funnel(sheet), strict=True)
        told = {
            "release": shown.public_id,
            **{name: getattr(shown, name) for name in ("number", "released_at", "as_of", "threshold")},
            "scope": self.scope,
            "scope_key": self.scope_key,
            "scope_name": scope_names(self.scope, [self.scope_key]).get(self.scope_key, ""),
            "headlines": [headline(each) for each in headlines(sheet, aims)],
            "funnel": [
                {
                    "stage": stage,
                    "everyone": count(step["total"]),
                    "groups": by_dimension(step["groups"], count),
                }
                for stage, step in steps
            ],
            "breakdowns": {scope: table(rows) for scope, rows in tables.items()},
        }
        return super().answer(told, status)


@extend_schema_view(get=extend_schema(operation_id="figures_latest"))
class LatestFiguresView(FiguresView):
    """The latest release, whole. 404 while there is none."""

    @cached_property
    def row(self) -> Release:
        release = latest_release()
        if release is None:
            raise Http404
        return release


@extend_schema_view(get=extend_schema(operation_id="figures_of_scope"))
class ScopedFiguresView(FiguresView):
    """One kind, country or program in a release, by the keys of its breakdowns."""

    @cached_property
    def row(self) -> Release:
        self.scope, self.scope_key = self.kwargs["scope"], self.kwargs["scope_key"]
        release = self.rows().filter(public_id=self.kwargs["public_id"]).first()
        if release is None or self.scope not in LEVELS:
            raise Http404
        return release
