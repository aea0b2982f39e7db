"""One table per status, one function that follows it.

A status changes by compare-and-set: the UPDATE names the status it expects, so of two rivals exactly
one wins and the other is told. No service reads a status and then saves it.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models

from apps.core.errors import Conflict


class Lifecycle:
    """Who may follow whom. `moves` maps each status to the statuses it may become."""

    def __init__(self, moves: Mapping[str, Iterable[str]]) -> None:
        self.moves = {str(status): frozenset(map(str, after)) for status, after in moves.items()}
        unknown = {after for afters in self.moves.values() for after in afters} - set(self.moves)
        if unknown:
            raise ValueError(f"statuses without a row of their own: {sorted(unknown)}")

    def allows(self, before: str, after: str) -> bool:
        return str(after) in self.moves[str(before)]

    def before(self, after: str) -> frozenset[str]:
        """Every status that may become `after`."""
        return frozenset(status for status, afters in self.moves.items() if str(after) in afters)

    @property
    def terminal(self) -> frozenset[str]:
        return frozenset(status for status, afters in self.moves.items() if not afters)


def change(instance: models.Model, *, to: str, field: str = "status", **values: Any) -> None:
    """Move `instance` to status `to` together with `values`, or raise Conflict.

    The model names its table as `<FIELD>_LIFECYCLE` (`STATUS_LIFECYCLE` for `status`). The row is
    matched by primary key and by the status the caller saw; when another transaction moved it
    first no row matches and nothing is written. The instance carries the new values afterwards;
    database expressions such as Now() are read back.
    """
    lifecycle: Lifecycle = getattr(type(instance), f"{field.upper()}_LIFECYCLE")
    seen = getattr(instance, field)
    if not lifecycle.allows(seen, to):
        raise Conflict
    manager = type(instance)._base_manager
    if not manager.filter(pk=instance.pk, **{field: seen}).update(**{field: to}, **values):
        raise Conflict
    setattr(instance, field, to)
    expressions = [name for name, value in values.items() if hasattr(value, "resolve_expression")]
    for name, value in values.items():
        if name not in expressions:
            setattr(instance, name, value)
    if expressions:
        instance.refresh_from_db(fields=expressions)


def change_many(queryset: models.QuerySet, *, to: str, field: str = "status", **values: Any) -> int:
    """Move every row of `queryset` that may become `to`; return how many moved.

    Rows in a status that does not lead to `to` are left alone: callers that need all-or-nothing
    compare the count. One statement, so lock order is PostgreSQL's own; callers lock in pk order
    first when other transactions touch the same rows one by one.
    """
    lifecycle: Lifecycle = getattr(queryset.model, f"{field.upper()}_LIFECYCLE")
    allowed = lifecycle.before(to)
    return queryset.filter(**{f"{field}__in": allowed}).update(**{field: to}, **values)
