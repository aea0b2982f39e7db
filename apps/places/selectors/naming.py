"""Reading places in the reader's language."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.cache import caches
from django.db.models import Model, QuerySet, TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce
from django.utils.translation import get_language

from apps.core.prepared import Given, prepared
from apps.places.models import STRICT_AGE, Country, DataRule, Subdivision

#: Accents on Latin letters; the signs of Thai, Khmer and others are letters to sort by.
ACCENTS = re.compile("[\u0300-\u036f]")


def country_choices(language: str | None = None) -> list[tuple[str, str]]:
    """Code and name of every country, by name in `language` (the reader's own when not told).

    Each process keeps them for ten minutes: reading and sorting 249 names costs more than the rest of
    a page. It keeps no empty list: a process that looked before the countries were loaded looks again.
    """
    wanted = language or get_language() or "en"
    kept = caches["process"]
    found: list[tuple[str, str]] | None = kept.get(f"countries:{wanted}")
    if found is None:
        found = sorted(_named(Country.objects.all(), wanted), key=_alphabetical)
        if found:
            kept.set(f"countries:{wanted}", found, 600)
    return found


def country_names(codes: Iterable[str], language: str | None = None) -> dict[str, str]:
    """Names of these countries in `language`; unknown codes are absent. Read from what the process keeps."""
    wanted = set(codes)
    return {code: name for code, name in country_choices(language) if code in wanted}


def is_country(code: str) -> bool:
    return bool(country_names([code], "en"))


def subdivision_names(codes: Iterable[str], language: str | None = None) -> dict[str, str]:
    """Names of these provinces or states in `language`, those that have ended too."""
    return dict(_named(Subdivision.objects.filter(code__in=list(codes)), language))


def subdivision_choices(country_code: str, language: str | None = None) -> list[tuple[str, str]]:
    """Code and name of the provinces or states of a country that exist today."""
    return sorted(
        _named(Subdivision.objects.current().filter(country_id=country_code), language), key=_alphabetical
    )


@dataclass(frozen=True, slots=True)
class GuardianAge:
    """Below `below` a guardian consents; `is_unsure` is for staff: no source says it with certainty."""

    below: int = STRICT_AGE
    is_unsure: bool = True


@prepared
def _guardian_rule() -> QuerySet[DataRule, tuple[int, bool]]:
    rules = DataRule.objects.filter(country=Given("country"))
    return rules.values_list("guardian_below", "guardian_age_is_unsure")


def guardian_age(country_code: str | None) -> GuardianAge:
    """The age of a country's data rule; the strict default where there is no rule."""
    row = _guardian_rule.one(country=country_code or "")
    return GuardianAge(*row) if row else GuardianAge()


def law_of(country_code: str | None) -> str:
    """The name of the data-protection law of a country, or "" where we know none."""
    return DataRule.objects.filter(country=country_code or "").values_list("law", flat=True).first() or ""


def _named(places: QuerySet[Model], language: str | None) -> QuerySet:
    """PostgreSQL picks the one name: reading all names of 249 countries would cost more than the page."""
    wanted = KeyTextTransform(language or get_language() or "en", "names")
    return places.order_by().values_list("code", Coalesce(wanted, "name", output_field=TextField()))


def _alphabetical(choice: tuple[str, str]) -> str:
    return ACCENTS.sub("", unicodedata.normalize("NFKD", choice[1])).casefold()
