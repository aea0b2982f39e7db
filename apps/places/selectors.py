"""Reading places in the reader's language."""

import re
import unicodedata

from django.utils.translation import get_language

from apps.core.texts import say
from apps.places.models import Country, Subdivision

#: Accents on Latin letters; the signs of Thai, Khmer and others are letters to sort by.
ACCENTS = re.compile("[\u0300-\u036f]")


def _alphabetical(choice: tuple[str, str]) -> str:
    return ACCENTS.sub("", unicodedata.normalize("NFKD", choice[1])).casefold()


def country_choices(language: str | None = None) -> list[tuple[str, str]]:
    """Code and name of every country, by name in `language` (the reader's own when not told)."""
    language = language or get_language() or "en"
    rows = Country.objects.order_by().values_list("code", "names", "name")
    return sorted(((code, say(names, language) or name) for code, names, name in rows), key=_alphabetical)


def subdivision_choices(country_code: str, language: str | None = None) -> list[tuple[str, str]]:
    """Code and name of the provinces or states of a country that exist today."""
    language = language or get_language() or "en"
    rows = Subdivision.objects.current().filter(country_id=country_code).order_by()
    choices = (
        (code, say(names, language) or name)
        for code, names, name in rows.values_list("code", "names", "name")
    )
    return sorted(choices, key=_alphabetical)
