"""Taking indicator definitions from a file: ours, or a list a funder sends."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.db import transaction

from apps.core.actors import Actor
from apps.core.errors import Invalid
from apps.events.services import publish
from apps.inclusion.enums import Direction, IndicatorLevel, Unit
from apps.inclusion.events import IndicatorDefined
from apps.inclusion.models import IndicatorDefinition
from apps.inclusion.rules.definition_rows import BadRow, Row, read_rows

DATA = Path(__file__).parent.parent / "data"
#: What ships: our own and the SDG's, and the US F list, which a funder has to confirm.
SHIPPED = (DATA / "indicators.csv", DATA / "us_f_indicators.csv")
WORDS = {"unit": Unit.values, "direction": Direction.values, "level": IndicatorLevel.values}


@dataclass(frozen=True, slots=True)
class DefinitionsLoaded:
    new: int = 0
    changed: int = 0
    same: int = 0


@transaction.atomic
def load_definitions(*, files: Iterable[Path] = SHIPPED, actor: Actor) -> DefinitionsLoaded:
    """Bring definitions into force. A row that says something else is the next version, never an edit.

    Twice is once: rows that say what is in force change nothing, and neither do rows older than it.
    Raises Invalid for a row that cannot be read, and for one that says something new from a day on
    which another wording is in force already: figures were told under that.
    """
    rows = [row for file in files for row in _rows_of(file)]
    codes = [row.code for row in rows]
    if twice := sorted({code for code in codes if codes.count(code) > 1}):
        raise Invalid(f"more than one row for {', '.join(twice)}")
    known = {
        each.code: each
        for each in IndicatorDefinition.objects.select_for_update()
        .filter(code__in=codes)
        .in_force()
        .order_by("pk")
    }
    done = [_bring_in(row, known.get(row.code), actor) for row in rows]
    return DefinitionsLoaded(done.count("new"), done.count("changed"), done.count("same"))


def _rows_of(file: Path) -> list[Row]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            return read_rows(csv.DictReader(lines), WORDS)
    except (BadRow, OSError, UnicodeDecodeError, csv.Error) as error:
        raise Invalid(f"{file.name}: {error}") from error


def _bring_in(row: Row, known: IndicatorDefinition | None, actor: Actor) -> str:
    if known is None:
        _write(row, 1, actor)
        return "new"
    is_same = all(getattr(known, column) == value for column, value in row.says.items())
    if is_same or row.valid_from < known.valid_from:
        return "same"
    if row.valid_from == known.valid_from:
        raise Invalid(f"{row.code}: a new wording needs a day after {known.valid_from}, when this began")
    known.valid_to = row.valid_from - timedelta(days=1)
    known.save(update_fields=["valid_to", "updated_at"])
    _write(row, known.version + 1, actor)
    return "changed"


def _write(row: Row, version: int, actor: Actor) -> None:
    made = IndicatorDefinition.objects.create(
        code=row.code, version=version, valid_from=row.valid_from, **row.says
    )
    publish(IndicatorDefined(definition_id=made.pk, code=made.code, version=version), actor=actor)
