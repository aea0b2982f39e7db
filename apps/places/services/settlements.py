"""Where people can live: settlements, kinds of official units, and what is not asked where."""

from django.db import transaction

from apps.core.actors import Actor
from apps.places.models import AskingRule, Settlement, UnitType
from apps.places.services.files import rows_of, upsert


@transaction.atomic
def load_settlements(*, actor: Actor) -> int:
    """Write every shipped settlement, after the places they lie in. Idempotent, as `load_places` is.

    Apart from it because 17,769 rows take two seconds and all the others together a tenth of one.
    """
    return upsert(Settlement, _settlements(), ["geonames_id"])


def _settlements() -> list[Settlement]:
    return [
        Settlement(
            geonames_id=int(row["geonames_id"]),
            country_id=row["country"],
            subdivision_id=row["subdivision"] or None,
            name=row["name"],
            other_names=[each for each in row["other_names"].split("|") if each],
            population=int(row["population"]) if row["population"] else None,
        )
        for row in rows_of("settlements.csv.xz")
    ]


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
