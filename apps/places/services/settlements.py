"""Where people can live: settlements, kinds of official units, and what is not asked where."""

import json
from typing import Any

from django.db import connection, transaction

from apps.core.actors import Actor
from apps.places.models import AskingRule, UnitType
from apps.places.services.files import rows_of

#: One parameter for all rows: compiling a statement with a hundred thousand takes ten times as long.
_SETTLEMENTS = """
    INSERT INTO places_settlement (geonames_id, country_id, subdivision_id, name, other_names, population)
    SELECT geonames_id, country_id, subdivision_id, name, other_names, population
    FROM jsonb_populate_recordset(NULL::places_settlement, %s)
    ON CONFLICT (geonames_id) DO UPDATE SET (country_id, subdivision_id, name, other_names, population) =
        (EXCLUDED.country_id, EXCLUDED.subdivision_id, EXCLUDED.name, EXCLUDED.other_names,
         EXCLUDED.population)
"""


@transaction.atomic
def load_settlements(*, actor: Actor) -> int:
    """Write every shipped settlement, after the places they lie in. Idempotent, as `load_places` is.

    Apart from it because 17,769 rows take a third of a second and all the others together a tenth.
    """
    rows = [_settlement(row) for row in rows_of("settlements.csv.xz")]
    with connection.cursor() as cursor:
        cursor.execute(_SETTLEMENTS, [json.dumps(rows)])
    return len(rows)


def _settlement(row: dict[str, str]) -> dict[str, Any]:
    """A row of the file by the names of the table's columns."""
    return {
        "geonames_id": int(row["geonames_id"]),
        "country_id": row["country"],
        "subdivision_id": row["subdivision"] or None,
        "name": row["name"],
        "other_names": [each for each in row["other_names"].split("|") if each],
        "population": int(row["population"]) if row["population"] else None,
    }


def unit_types() -> list[UnitType]:
    own = ("code", "name", "residence_class", "confidence", "source")
    return [
        UnitType(
            country_id=row["country"],
            names={"en": row["name"]} | ({row["language"]: row["native"]} if row["native"] else {}),
            is_asked=row["is_asked"] == "yes",
            **{column: row[column] for column in own},
        )
        for row in rows_of("unit_types.csv")
    ]


def asking_rules() -> list[AskingRule]:
    return [
        AskingRule(
            country_id=row["country"],
            subdivision_id=row["subdivision"] or None,
            offers_another_term=row["offers_another_term"] == "yes",
            asks_settlement=row["asks_settlement"] == "yes",
            why=row["why"],
        )
        for row in rows_of("asking_rules.csv")
    ]
