"""Statements that every page asks: written once in a process, then only given their values.

Django writes the SQL of a query anew each time, which costs three to five times what sending it and
reading the rows does (docs/adr/0014-statements-written-once.md). A query used a few times a day stays a
plain one; what an applicant's every request asks is prepared here.
"""

from collections.abc import Callable, Sequence
from copy import copy
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import connections
from django.db.models import Expression, Field, Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row")


class Given(Expression):
    """A value that is told later. To stand as a condition of its own it needs a BooleanField."""

    def __init__(self, name: str, output_field: Field | None = None) -> None:
        super().__init__(output_field=output_field or Field())
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: Any, **options: Any) -> tuple[str, Any]:
        return "%s", (self,)


class Prepared(Generic[Row]):
    """Calling it with the values asks the database and gives the rows.

    `write` is called once and must not depend on the moment or the reader: both are values. Values
    reach the database as they are: an int for a number, a UUID, an aware datetime. A locking query
    can't be prepared, as Django checks for its transaction while writing it.
    """

    def __init__(self, write: Callable[[], "QuerySet[Any, Row]"]) -> None:
        self.write = write

    @cached_property
    def queryset(self) -> "QuerySet[Any, Row]":
        written = self.write()
        if written.query.select_for_update:
            raise ValueError("a locking query can't be prepared")
        return written

    @cached_property
    def written(self) -> tuple[SQLCompiler, str, list[Any], dict]:
        compiler = self.queryset.query.get_compiler(using=self.queryset.db)
        sql, values = compiler.as_sql()
        columns = [column for column, _sql, _alias in compiler.select[: compiler.col_count]]
        return compiler, sql, list(values), compiler.get_converters(columns)

    def __call__(self, **values: Any) -> list[Row]:
        rows = self.queryset.all()
        compiler = self._compiler(values)
        vars(rows.query)["get_compiler"] = lambda *args, **options: compiler
        return list(rows)

    def one(self, **values: Any) -> Row | None:
        """The first row, in the order the query says."""
        return next(iter(self(**values)), None)

    def _compiler(self, given: dict[str, Any]) -> SQLCompiler:
        """Of this call alone: the written SQL, on the connection of this thread."""
        compiler, sql, values, converters = self.written
        told = tuple(given[value.name] if isinstance(value, Given) else value for value in values)
        mine = copy(compiler)
        vars(mine).update(
            connection=connections[self.queryset.db],
            as_sql=lambda *args, **options: (sql, told),
            get_converters=lambda columns: converters,
        )
        return mine


def prepared(write: Callable[[], "QuerySet[Any, Row]"]) -> Prepared[Row]:
    """Decorates the function that writes the query."""
    return Prepared(write)


def hand_over(owner: Model, relation: str, rows: Sequence[Model]) -> None:
    """Let `owner` know all its rows of `relation`, as prefetching them would."""
    manager = getattr(owner, relation)
    for row in rows:
        setattr(row, manager.field.name, owner)
    known = manager.all()
    known._result_cache, known._prefetch_done = list(rows), True
    vars(owner).setdefault("_prefetched_objects_cache", {})[relation] = known
