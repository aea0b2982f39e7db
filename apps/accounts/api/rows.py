"""Calls about one row: show it, change it, do something to it.

`rows()` are those the caller may reach; every other id is 404. Reading the row comes before reading
the body, so that what is sent to a foreign id is told nothing.
"""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.api.views import ApiView, RepeatableView
from apps.core.api.serializers import NothingSerializer


class RowView(ApiView):
    """`answer_class` shows what came of it; None answers 204 with nothing."""

    serializer_class: Any = NothingSerializer
    answer_class: Any = None
    success = 200

    def rows(self) -> QuerySet[Any]:
        raise AssertionError("a view of a row says which rows the caller may reach in rows()")

    @cached_property
    def row(self) -> Any:
        return get_object_or_404(self.rows(), **self.kwargs)

    def find(self) -> None:
        """404 before anything else is looked at."""
        _found = self.row

    def answer(self, shown: Any, status: int = 200) -> Response:
        if self.answer_class is None:
            return Response(status=204)
        context = self.get_serializer_context()
        return Response(self.answer_class(shown, context=context).data, status=status)

    def done(self, shown: Any) -> Any:
        """What a deed gave back to show; else the row, read anew."""
        if shown is not None or self.answer_class is None:
            return shown
        return self.rows().get(pk=self.row.pk)


class ShowView(RowView):
    def get(self, request: Request, **kwargs: Any) -> Response:
        return self.answer(self.row)


class ChangeView(ShowView):
    """GET shows what is kept, PUT puts something in its place. Twice is once."""

    def change(self, wanted: dict[str, Any]) -> Any:
        raise AssertionError("a view that changes a row says how in change()")

    def put(self, request: Request, **kwargs: Any) -> Response:
        self.find()
        return self.answer(self.done(self.change(self.checked(request))))


class DeedView(RowView, RepeatableView):
    """POST calls one service about the row."""

    def deed(self, wanted: dict[str, Any]) -> Any:
        raise AssertionError("a view that does something says what in deed()")

    def act(self, request: Request, **kwargs: Any) -> Response:
        self.find()
        return self.answer(self.done(self.deed(self.checked(request))), self.success)


class PartsView(ListAPIView, RowView):
    """GET lists the parts of a row, a page at a time: `parts()` in `ordering`, each shown as `lines()`."""

    ordering: tuple[str, ...] = ("id",)

    def parts(self) -> QuerySet[Any]:
        raise AssertionError("a view that lists the parts of a row says which in parts()")

    def lines(self, page: list[Any]) -> list[Any]:
        """What is shown of each row of a page, when it takes more than the row."""
        return page

    def get_queryset(self) -> QuerySet[Any]:
        return self.parts()

    def get_serializer_class(self) -> Any:
        return self.answer_class if self.request.method == "GET" else self.serializer_class

    def paginate_queryset(self, queryset: QuerySet[Any]) -> list[Any]:
        return self.lines(list(super().paginate_queryset(queryset) or []))
