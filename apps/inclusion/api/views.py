"""For funders, coordinators and administrators: the figures of a release, and nothing else."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.generics import ListAPIView

from apps.accounts.api.rows import ShowView
from apps.accounts.api.views import ApiView
from apps.core.access import Access
from apps.inclusion.api.figures import (
    FiguresSerializer,
    ReleaseSerializer,
    by_dimension,
    count,
    headline,
    table,
    tidy,
)
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
from apps.inclusion.selectors.tidy import release_numbered, releases_built, rows_of

RELEASE_FIELDS = ("number", "released_at", "period", "as_of", "threshold", "small_threshold", "rounding")
LEVELS = (ScopeKind.KIND.value, ScopeKind.COUNTRY.value, ScopeKind.PROGRAM.value)


class FiguresView(ShowView):
    """One release, whole. A release never changes, so its id can be cited."""

    access = (Access.FUNDER, Access.ADMINISTRATOR, Access.COORDINATOR)
    answer_class = FiguresSerializer
    scope, scope_key = ScopeKind.ALL.value, ""

    def rows(self) -> QuerySet[Release]:
        return releases_built()

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
            **{name: getattr(shown, name) for name in RELEASE_FIELDS},
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
            "figures": [tidy(row) for row in rows_of(sheet)],
        }
        return super().answer(told, status)


NUMBER = OpenApiParameter("release", int, description="the number of a release; the latest when left out")


@extend_schema_view(get=extend_schema(operation_id="figures_latest", parameters=[NUMBER]))
class LatestFiguresView(FiguresView):
    """The latest release, whole, or the one of a number. 404 where there is none."""

    @cached_property
    def row(self) -> Release:
        number = self.request.query_params.get("release")
        release = latest_release() if number is None else _numbered(number)
        if release is None:
            raise Http404
        return release


def _numbered(number: str) -> Release | None:
    """Nothing for what is no number: nineteen digits are more than there are releases."""
    is_number = number.isascii() and number.isdigit() and len(number) < 19
    return release_numbered(int(number)) if is_number else None


class ReleaseListView(ListAPIView, ApiView):
    """Every release, newest first; one that was replaced says by which."""

    access = FiguresView.access
    serializer_class = ReleaseSerializer
    ordering = ("-number",)

    def get_queryset(self) -> QuerySet[Release]:
        return releases_built().select_related("restates", "replaced_by")


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
