"""The shipped files, and writing their rows (docs/data-sources.md)."""

import csv
import lzma
from pathlib import Path
from typing import Any

from django.db import models

DATA = Path(__file__).parents[1] / "data"


def rows_of(name: str) -> list[dict[str, str]]:
    packed = name.endswith(".xz")
    with (lzma.open if packed else open)(DATA / name, "rt", encoding="utf-8", newline="") as lines:
        dialect = csv.excel_tab if name.endswith(".tsv") else csv.excel
        return list(csv.DictReader(lines, dialect=dialect))


def upsert(model: type[models.Model], rows: list[Any], unique: list[str]) -> int:
    """One statement; a row that is there already takes the file's values."""
    changing = [
        field.name
        for field in model._meta.concrete_fields
        if field.name not in unique and not isinstance(field, models.AutoField)
    ]
    model._default_manager.bulk_create(
        rows, update_conflicts=True, unique_fields=unique, update_fields=changing
    )
    return len(rows)
