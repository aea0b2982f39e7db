"""The shipped places: complete, in the reader's language, and the same however often they load."""

import zoneinfo
from typing import Any

import pytest
from django.core.cache import caches
from django.utils.translation import override

from apps.core.actors import IMPORTER
from apps.places.models import Baseline, Country, DataRule, Subdivision
from apps.places.selectors import country_choices, country_names, is_country, subdivision_choices
from apps.places.services import load_places

ASEAN = {"BN", "KH", "ID", "LA", "MY", "MM", "PH", "SG", "TH", "TL", "VN"}


def test_every_iso_country_is_there_with_a_zone_that_exists(real_places: None) -> None:
    countries = list(Country.objects.all())

    assert len(countries) == 249
    assert {country.time_zone for country in countries} <= zoneinfo.available_timezones()
    assert len({country.iso3 for country in countries}) == 249


def test_members_are_the_eleven_of_asean_and_the_united_states(real_places: None) -> None:
    assert set(Country.objects.filter(is_asean=True).values_list("code", flat=True)) == ASEAN
    assert set(Country.objects.filter(is_member=True).values_list("code", flat=True)) == ASEAN | {"US"}


def test_subdivisions_are_those_of_the_members_and_belong_to_wholes_of_the_same_country(
    real_places: None,
) -> None:
    assert set(Subdivision.objects.values_list("country", flat=True)) == ASEAN | {"US"}
    for part in Subdivision.objects.exclude(parent=None).select_related("parent"):
        assert part.parent.country_id == part.country_id == part.code[:2]


def test_viet_nam_offers_its_34_provinces_and_still_reads_the_old_29(real_places: None) -> None:
    offered = dict(subdivision_choices("VN", "en"))

    assert len(offered) == 34
    assert "VN-03" not in offered
    assert str(Subdivision.objects.get(code="VN-03")) == "Hà Giang"


def test_loading_again_changes_nothing_and_repairs_a_changed_row(real_places: None) -> None:
    before = list(Baseline.objects.order_by("pk").values())
    Country.objects.filter(code="TH").update(time_zone="UTC")

    load_places(actor=IMPORTER)

    assert list(Baseline.objects.order_by("pk").values()) == before
    assert Country.objects.get(code="TH").time_zone == "Asia/Bangkok"
    assert Country.objects.count() == 249


def test_a_country_is_named_in_the_readers_language_and_in_english_when_we_have_no_other(
    real_places: None,
) -> None:
    laos = Country.objects.get(code="LA")

    with override("th"):
        assert str(laos) == "ลาว"
    with override("id"):
        assert dict(country_choices())["US"] == "Amerika Serikat"
    assert country_names(["TH", "XX"], "th") == {"TH": "ไทย"}
    with override("tet"):
        assert str(laos) == "Laos"


def test_a_process_that_looked_before_the_countries_came_looks_again(db: None, settings: Any) -> None:
    kept = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "looked too early"}
    settings.CACHES = {**settings.CACHES, "process": kept}
    assert not is_country("TH")

    load_places(actor=IMPORTER)

    assert is_country("TH")
    Country.objects.filter(code="TH").update(names={"en": "Elsewhere"})
    assert country_names(["TH"], "en") == {"TH": "Thailand"}, "kept from here on"
    caches["process"].clear()


def test_choices_are_in_the_order_of_their_names_accents_ignored(real_places: None) -> None:
    names = [name for _, name in country_choices("en")]

    assert names.index("Åland Islands") < names.index("Albania") < names.index("Zimbabwe")


def test_a_rule_from_unsure_sources_says_so(real_places: None) -> None:
    assert DataRule.objects.count() == 12
    assert DataRule.objects.get(country="BN").is_unsure
    assert DataRule.objects.get(country="PH").breach_notice_hours == 72


@pytest.mark.parametrize("indicator", ["population_total", "women_share", "rural_share"])
def test_every_asean_country_has_a_baseline_for_the_headline_shares(
    real_places: None, indicator: str
) -> None:
    found = Baseline.objects.filter(indicator=indicator, value__isnull=False)

    assert set(found.values_list("country", flat=True)) == ASEAN
