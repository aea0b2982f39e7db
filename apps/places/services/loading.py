"""Filling the tables of places from the shipped files."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from apps.core.actors import Actor
from apps.places.models import AskingRule, Baseline, Country, DataRule, Subdivision, UnitType
from apps.places.services.files import rows_of, upsert
from apps.places.services.settlements import asking_rules, unit_types

#: Columns of data_rules.csv that have another name here.
RULE_COLUMNS = {
    "sensitive_data": "sensitive_data_health_disability",
    "sensitive_basis": "basis_for_sensitive",
    "minors": "minor_age_rule",
    "breach_notice": "breach_notice_rule",
    "erasure_deadline": "erasure_withdrawal_deadline",
    "retention": "retention_rule",
    "data_officer": "dpo_registration",
    "unsure_about": "uncertain_points",
}


@dataclass(frozen=True, slots=True)
class PlacesLoaded:
    """How many rows of each table the files hold."""

    countries: int
    subdivisions: int
    baselines: int
    data_rules: int
    unit_types: int
    asking_rules: int


@transaction.atomic
def load_places(*, actor: Actor) -> PlacesLoaded:
    """Write every shipped place, baseline and rule; rows that are there already take the file's values.

    Idempotent, one statement a table. Nothing is deleted, so records that point at a place stay valid.
    `actor` is asked for as by every service; places are reference data and publish no event.
    """
    return PlacesLoaded(
        countries=upsert(Country, _countries(), ["code"]),
        subdivisions=upsert(Subdivision, _subdivisions(), ["code"]),
        baselines=upsert(Baseline, _baselines(), ["country", "indicator", "year"]),
        data_rules=upsert(DataRule, _data_rules(), ["country"]),
        unit_types=upsert(UnitType, unit_types(), ["country", "code"]),
        asking_rules=upsert(AskingRule, asking_rules(), ["country", "subdivision"]),
    )


def _countries() -> list[Country]:
    own = ("code", "iso3", "name", "time_zone")
    return [
        Country(
            **{column: row[column] for column in own},
            names={key: text for key, text in row.items() if key not in (*own, "standing") and text}
            | {"en": row["name"]},
            is_asean=row["standing"] == "asean",
            is_member=row["standing"] in {"asean", "partner"},
        )
        for row in rows_of("countries.tsv")
    ]


def _subdivisions() -> list[Subdivision]:
    """Wholes before their parts: the parent must exist when a part names it."""
    rows = sorted(rows_of("subdivisions.tsv"), key=lambda row: (bool(row["parent"]), row["code"]))
    return [
        Subdivision(
            code=row["code"],
            country_id=row["code"][:2],
            parent_id=row["parent"] or None,
            name=row["name"],
            names={"en": row["name"]} | ({"th": row["th"]} if row["th"] else {}),
            kind=row["kind"],
            ended_on=date.fromisoformat(row["ended_on"]) if row["ended_on"] else None,
        )
        for row in rows
    ]


def _baselines() -> list[Baseline]:
    return [
        Baseline(
            country_id=row["iso2"],
            indicator=row["indicator"],
            value=Decimal(row["value"]) if row["value"] else None,
            **{column: row[column] for column in ("unit", "year", "source", "note")},
        )
        for row in rows_of("baselines.csv")
        if row["iso2"]
    ]


def _data_rules() -> list[DataRule]:
    hours = "breach_notice_hours"
    apart = {"country", hours, "guardian_below", "guardian_age_is_unsure"}
    texts = [field.name for field in DataRule._meta.concrete_fields if field.name not in apart]
    ages = {row["iso2"]: row for row in rows_of("guardian_ages.csv")}
    return [
        DataRule(
            country_id=row["iso2"],
            breach_notice_hours=int(row["breach_notice_regulator_hours"] or 0) or None,
            guardian_below=int(ages[row["iso2"]]["guardian_below"]),
            guardian_age_is_unsure=ages[row["iso2"]]["unsure"] != "no",
            **{name: row[RULE_COLUMNS.get(name, name)] for name in texts},
        )
        for row in rows_of("data_rules.csv")
    ]
