"""Pages by the last row seen, never by number: no COUNT, and the same cost on every page."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core import signing
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)
SALT = "apps.core.paging"


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """`previous` and `next` are opaque cursors, or None at either end."""

    rows: list[Row]
    previous: str | None
    next: str | None

    def __iter__(self) -> Any:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def keyset_page(
    queryset: QuerySet[Row], cursor: str | None, *, order: Sequence[str], size: int = 50
) -> Page[Row]:
    """One page of `queryset` ordered by `order`, whose last field must be unique.

    Fields may lead with "-"; none may be null. A cursor that is not ours shows the first page: old
    bookmarks and curious people get something useful, never an error.
    """
    backwards, edge = _read(cursor, order)
    fields = [_turned(name) for name in order] if backwards else list(order)
    if edge is not None:
        queryset = queryset.filter(_after(fields, edge))
    rows = list(queryset.order_by(*fields)[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    before, after = (more, True) if backwards else (edge is not None, more)
    return Page(
        rows=rows,
        previous=_write("p", rows[0], order) if rows and before else None,
        next=_write("n", rows[-1], order) if rows and after else None,
    )


def _turned(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _after(fields: Sequence[str], edge: Sequence[Any]) -> Q:
    """(a, b) > (x, y) as PostgreSQL can use an index for it: a >= x AND (a > x OR b > y)."""
    condition = Q()
    for name, value in reversed(list(zip(fields, edge, strict=True))):
        plain, comparison = name.lstrip("-"), "lt" if name.startswith("-") else "gt"
        beyond = Q(**{f"{plain}__{comparison}": value})
        condition = (
            beyond if not condition else Q(**{f"{plain}__{comparison}e": value}) & (beyond | condition)
        )
    return condition


def _value(row: Model, name: str) -> Any:
    found: Any = row
    for part in name.lstrip("-").split("__"):
        found = getattr(found, part)
    return found


def _write(direction: str, row: Model, order: Sequence[str]) -> str:
    values = [_value(row, name) for name in order]
    text = json.dumps([direction, *values], cls=PreciseEncoder)
    return _signer(order).sign_object(json.loads(text), compress=False)


def _signer(order: Sequence[str]) -> signing.Signer:
    """A cursor of one list is worth nothing in another, where its values would have wrong types."""
    return signing.Signer(salt=f"{SALT}:{','.join(order)}")


class PreciseEncoder(DjangoJSONEncoder):
    """Keeps microseconds: an edge rounded to milliseconds would show a row twice."""

    def default(self, value: Any) -> Any:
        return value.isoformat() if hasattr(value, "isoformat") else super().default(value)


def _read(cursor: str | None, order: Sequence[str]) -> tuple[bool, list[Any] | None]:
    if not cursor:
        return False, None
    try:
        direction, *edge = _signer(order).unsign_object(cursor)
    except (signing.BadSignature, ValueError, TypeError):
        return False, None
    return (direction == "p", edge) if len(edge) == len(order) else (False, None)
