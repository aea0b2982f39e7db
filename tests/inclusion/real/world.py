"""The three sets imported and released once for all tests of a module."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import StringIO
from typing import TypeVar

import time_machine
from django.core.management import call_command
from django.db import connection, transaction

from apps.core.actors import SYSTEM
from apps.inclusion.models import Release, ReleasedFigure
from apps.inclusion.services import release_figures
from apps.programs.models import Intake
from tests.inclusion.real.counts import Key, figures
from tests.inclusion.real.source import Participation, everybody

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
QUARTER, TODAY = date(2026, 9, 30), NOW.date()
Value = TypeVar("Value")


@dataclass(frozen=True)
class Released:
    """A release with its figures, as the table of figures holds them."""

    release: Release
    figures: Mapping[Key, ReleasedFigure]

    @classmethod
    def of(cls, release: Release) -> "Released":
        rows = ReleasedFigure.objects.filter(release=release)
        keys = ((row.scope, row.scope_key, row.stage, row.dimension, row.group) for row in rows)
        return cls(release, dict(zip(keys, rows, strict=True)))

    def sheets(self) -> dict[tuple[str, str], dict[tuple[str, str, str], tuple[int | None, bool]]]:
        """Scope → place → what is told of it, and whether it is kept."""
        found: dict[tuple[str, str], dict[tuple[str, str, str], tuple[int | None, bool]]] = {}
        for (scope, key, stage, name, group), row in self.figures.items():
            found.setdefault((scope, key), {})[stage, name, group] = (row.value, row.is_kept)
        return found

    def taken(self) -> dict[Key, int | None]:
        """What may leave: everything but the figures of single intakes."""
        return {key: row.value for key, row in self.figures.items() if key[0] != "intake"}


@dataclass(frozen=True)
class Imported:
    """`people` are those of the files, whatever became of them in the database, and `exact` what should be counted
    of them until the days of the two releases, the quarter and the running view.
    """

    people: list[Participation]
    exact: Mapping[date, Mapping[Key, int]]
    releases: Mapping[date, Released]


@contextmanager
def sets_imported() -> Iterator[Imported]:
    """In a transaction that is taken back: what each test does lies in it."""
    with transaction.atomic():
        with time_machine.travel(NOW, tick=False):  # the scholarships count from the day of their import
            call_command("load_places", stdout=StringIO())
            call_command("load_real_sets", stdout=StringIO())
            quarter = release_figures(actor=SYSTEM, cadence="quarter", as_of=QUARTER)
            running = release_figures(actor=SYSTEM)
        connection.check_constraints()  # now, or the end of each test would check all that was imported
        people = everybody(TODAY)
        yield Imported(
            people,
            {day: figures(people, day) for day in (QUARTER, TODAY)},
            {QUARTER: Released.of(quarter), TODAY: Released.of(running)},
        )
        transaction.set_rollback(True)


def named(found: Mapping[Key, Value]) -> dict[Key, Value]:
    """With the words of the files in the place of an intake's public id."""
    intakes = Intake.objects.values_list("public_id", "program__slug", "slug")
    words = {str(public_id): f"{program}/{intake}" for public_id, program, intake in intakes}
    return {(scope, words.get(key, key), *place): each for (scope, key, *place), each in found.items()}
