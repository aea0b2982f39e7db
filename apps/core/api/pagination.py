"""Cursor pages for the API: {"next", "previous", "results"}; no COUNT, the same cost on every page."""

from typing import Any

from django.db.models import QuerySet
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from apps.core.paging import Page, keyset_page

SIZE = 50


class KeysetPagination(BasePagination):
    """A view names its order as `ordering`, whose last field is unique."""

    page: Page
    request: Request

    def paginate_queryset(self, queryset: QuerySet, request: Request, view: Any = None) -> list[Any]:
        self.request = request
        cursor = request.query_params.get("cursor")
        self.page = keyset_page(queryset, cursor, order=view.ordering, size=SIZE)
        return self.page.rows

    def _link(self, cursor: str | None) -> str | None:
        return replace_query_param(self.request.build_absolute_uri(), "cursor", cursor) if cursor else None

    def get_paginated_response(self, data: Any) -> Response:
        return Response(
            {"next": self._link(self.page.next), "previous": self._link(self.page.previous), "results": data}
        )

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": "string", "format": "uri", "nullable": True}
        return {
            "type": "object",
            "required": ["results"],
            "properties": {"next": link, "previous": link, "results": schema},
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        return [{"name": "cursor", "in": "query", "required": False, "schema": {"type": "string"}}]
