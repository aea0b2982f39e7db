"""The tidy table over HTTP, page by page, as the file of the same name tells it."""

from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from apps.accounts.api.rows import ShowView
from apps.core.access import Access
from apps.inclusion.api.figures import TidyRowSerializer
from apps.inclusion.api.figures import tidy as told
from apps.inclusion.models import Release
from apps.inclusion.selectors.tidy import LEVELS_TAKEN, releases_built, tidy_rows
from apps.inclusion.services.taking import record_taking

SIZE = 1000
LONGEST_CURSOR = 9


class TidyPageSerializer(serializers.Serializer):
    next = serializers.URLField(allow_null=True)
    release = serializers.UUIDField()
    number = serializers.IntegerField()
    period = serializers.CharField()
    results = TidyRowSerializer(many=True)


PARAMETERS = [
    OpenApiParameter("scope", str, enum=[level.value for level in LEVELS_TAKEN]),
    OpenApiParameter("scope_key", str, description="a kind, ISO 3166 code or slug; with `scope`"),
    OpenApiParameter("cursor", str, description="from `next`"),
]


@extend_schema_view(get=extend_schema(operation_id="figures_tidy", parameters=PARAMETERS))
class TidyView(ShowView):
    """Counts and shares of one release, a thousand rows a page; the first page counts as taking a file."""

    access = (Access.FUNDER, Access.ADMINISTRATOR, Access.COORDINATOR)
    answer_class = TidyPageSerializer

    def rows(self) -> QuerySet[Release]:
        return releases_built()

    def answer(self, shown: Release, status: int = 200) -> Response:
        start = self._start()
        if start == 0:
            record_taking(release=shown, file="tidy.json", actor=self.actor)
        rows = list(islice(tidy_rows(shown, *self._part()), start, start + SIZE + 1))
        page = {
            "next": self._link(start + SIZE) if len(rows) > SIZE else None,
            "release": shown.public_id,
            "number": shown.number,
            "period": shown.period,
            "results": [told(row) for row in rows[:SIZE]],
        }
        return super().answer(page, status)

    def _part(self) -> tuple[Any, Any]:
        scope = self.request.query_params.get("scope")
        if scope is None:
            return LEVELS_TAKEN, None
        if scope not in [level.value for level in LEVELS_TAKEN]:
            raise Http404
        return (scope,), self.request.query_params.get("scope_key")

    def _start(self) -> int:
        """How many rows were read before; whatever is no cursor of ours shows the first page."""
        cursor = self.request.query_params.get("cursor", "")
        is_ours = cursor.isascii() and cursor.isdigit() and len(cursor) <= LONGEST_CURSOR
        return int(cursor) if is_ours else 0

    def _link(self, start: int) -> str:
        return replace_query_param(self.request.build_absolute_uri(), "cursor", start)
