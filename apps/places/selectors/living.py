"""What is known and asked about where people live."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from apps.places.models import AskingRule, Settlement, Subdivision, UnitType
from apps.places.rules.settlements import Listed, plain, settlement_meant

#: A list to choose from, not a register: more would cost a slow phone more than the whole page.
OFFERED = 30


@dataclass(frozen=True, slots=True)
class Asking:
    """What the optional questions ask in a place."""

    offers_another_term: bool = True
    asks_settlement: bool = True


def asking_in(country: str | None, subdivision: str | None = None) -> Asking:
    """What a country's rule and its province's leave is asked; without a rule everything is."""
    rules = AskingRule.objects.filter(country=country or "").filter(
        Q(subdivision=None) | Q(subdivision=subdivision or "")
    )
    rows = list(rules.values_list("offers_another_term", "asks_settlement"))
    return Asking(all(row[0] for row in rows), all(row[1] for row in rows))


def unit_choices(country: str | None) -> list[tuple[str, str]]:
    """The kinds of units people of a country can tell apart, in the reader's language."""
    found = UnitType.objects.filter(country=country or "", is_asked=True)
    return [(each.code, str(each)) for each in found]


def unit_classes() -> Mapping[tuple[str, str], str]:
    """(country, kind of unit) → city, town, urban, rural or "". The key ("SG", "") is a whole country's."""
    rows = UnitType.objects.values_list("country", "code", "residence_class", "is_asked")
    return {(country, code if is_asked else ""): kind for country, code, kind, is_asked in rows}


def settlement_choices(country: str | None, subdivision: str | None = None) -> dict[str, int]:
    """The most populous settlements of a province, or of the country, with their province, when nobody
    told the province: name → GeoNames id. Of namesakes the largest stands first and is the one.
    """
    found = Settlement.objects.filter(country=country or "", population__isnull=False)
    if subdivision:
        found = _in(found, subdivision)
    rows = found.order_by("-population", "pk").values_list("pk", "name", "subdivision__name")[:OFFERED]
    choices: dict[str, int] = {}
    for pk, name, area in rows:
        choices.setdefault(f"{name}, {area}" if area and not subdivision else name, pk)
    return choices


def find_settlement(typed: str, country: str | None, subdivision: str | None = None) -> int | None:
    """The GeoNames id of the settlement somebody means, or None when that is not clear.

    A name exactly as it was offered is the one that was offered, whatever namesakes it has.
    """
    if not typed or not country:
        return None
    if offered := settlement_choices(country, subdivision).get(typed):
        return offered
    areas = _areas(country)
    return settlement_meant(typed, _listed(country, areas), areas.get(subdivision, frozenset()))


def settlement_populations(geonames_ids: Iterable[int]) -> dict[int, int | None]:
    rows = Settlement.objects.filter(pk__in=set(geonames_ids))
    return dict(rows.values_list("pk", "population"))


def _in(settlements: QuerySet[Settlement], subdivision: str) -> QuerySet[Settlement]:
    """Of a province, of the region it lies in (GeoNames knows no provinces there), or of a region's parts."""
    parent = Subdivision.objects.filter(pk=subdivision).values("parent")
    return settlements.filter(
        Q(subdivision=subdivision) | Q(subdivision__in=parent) | Q(subdivision__parent=subdivision)
    )


def _listed(country: str, areas: Mapping[str | None, frozenset[str]]) -> Iterable[Listed]:
    rows = Settlement.objects.filter(country=country).values_list("pk", "name", "other_names", "subdivision")
    for pk, name, others, subdivision in rows.iterator(4000):
        names = tuple(plain(each) for each in (name, *others))
        yield Listed(pk, names, areas.get(subdivision, frozenset()))


def _areas(country: str) -> dict[str | None, frozenset[str]]:
    """Code of a subdivision → itself and what it lies in, by code and name."""
    rows = Subdivision.objects.filter(country=country).select_related("parent")
    return {
        row.pk: frozenset(plain(text) for each in (row, row.parent) if each for text in (each.pk, each.name))
        for row in rows
    }
