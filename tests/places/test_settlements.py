"""Settlements: which one somebody means, how large it is, and what is asked about it where."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core.actors import IMPORTER
from apps.places.models import Settlement, Subdivision, UnitType
from apps.places.rules.settlements import Listed, plain, settlement_meant
from apps.places.selectors import (
    Asking,
    asking_in,
    find_settlement,
    settlement_choices,
    settlement_populations,
    unit_choices,
    unit_classes,
)
from apps.places.services import load_settlements

MAE_RIM = Listed(1, ("mae rim", "แม่ริม"), frozenset({"th 50", "chiang mai"}))
RIM_NAN = Listed(2, ("mae rim",), frozenset({"th 55", "nan"}))
NAN = Listed(3, ("nan", "น่าน"), frozenset({"th 55", "nan"}))


@pytest.mark.parametrize(
    ("typed", "near", "expected"),
    [
        ("Nan", "", 3),
        ("  NAN ", "", 3),
        ("น่าน", "", 3),
        ("Mae Rim", "", None),
        ("Mae-Rim, Chiang Mai", "", 1),
        ("Mae Rim", "nan", 2),
        ("Mae Rim, Chiang Mai", "nan", 1),
        ("Mae Rim, Phrae", "nan", 2),
        ("Krung Thep", "", None),
        ("", "", None),
        (", nan", "", None),
        ("\x00", "", None),
    ],
)
def test_only_one_clear_name_is_a_settlement(typed: str, near: str, expected: int | None) -> None:
    assert settlement_meant(typed, [MAE_RIM, RIM_NAN, NAN], frozenset({near})) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Đà Nẵng", "da nang"), ("LIKISÁ", "likisa"), ("Ta-Khmau.", "ta khmau"), ("ភ្នំពេញ", "ភ្នំពេញ")],
)
def test_names_compare_without_case_accents_and_punctuation(name: str, expected: str) -> None:
    assert plain(name) == expected


@given(st.text(max_size=60))
def test_a_plain_name_is_plain(name: str) -> None:
    assert plain(plain(name)) == plain(name)


@pytest.fixture
def settlements(real_places: None) -> None:
    load_settlements(actor=IMPORTER)


def test_every_shipped_settlement_is_there_and_nobody_counted_is_not_zero(settlements: None) -> None:
    assert Settlement.objects.count() == 17_769
    assert Settlement.objects.filter(population=None).count() == 10_149
    assert not Settlement.objects.filter(population=0).exists()
    assert not Subdivision.objects.filter(pk__in=Settlement.objects.values("subdivision")).exclude(
        ended_on=None
    )


def test_a_settlement_that_is_there_takes_what_the_file_says_now(settlements: None) -> None:
    before = list(Settlement.objects.order_by("pk").values())
    Settlement.objects.filter(subdivision="TH-50").update(
        name="x", other_names=["y"], population=None, country="LA", subdivision=None
    )
    Settlement.objects.filter(country="BN").delete()

    assert load_settlements(actor=IMPORTER) == 17_769

    assert list(Settlement.objects.order_by("pk").values()) == before


def test_a_name_as_it_is_offered_finds_the_settlement(settlements: None) -> None:
    for country in ("BN", "ID", "KH", "LA", "MM", "MY", "PH", "SG", "TH", "TL", "VN"):
        offered = settlement_choices(country)

        assert 5 < len(offered) <= 30
        for name, geonames_id in list(offered.items())[:3]:
            assert find_settlement(name, country) == geonames_id


def test_a_province_offers_its_own_and_those_of_the_region_around_it(settlements: None) -> None:
    assert list(settlement_choices("TH", "TH-50"))[:2] == ["Chiang Mai", "San Kamphaeng"]
    assert "Cebu City" in settlement_choices("PH", "PH-CEB")
    assert "Bandung" in settlement_choices("ID", "ID-JW")


def test_names_in_the_script_of_the_place_are_found_and_unclear_ones_are_not(settlements: None) -> None:
    chiang_mai = find_settlement("เชียงใหม่", "TH")

    assert settlement_populations([chiang_mai or 0]) == {chiang_mai: 127_240}
    assert find_settlement("Bandung", "ID") is None
    assert find_settlement("Bandung", "ID", "ID-JB") == find_settlement("Bandung, Jawa Barat", "ID")
    assert find_settlement("Sài Gòn", "VN") is None
    assert find_settlement("Chiang Mai", "VN") is None
    assert find_settlement("Chiang Mai", None) is None
    assert find_settlement("Springfield", "US") is None


def test_the_kinds_of_units_of_a_country_are_asked_where_people_can_tell_them_apart(
    real_places: None,
) -> None:
    assert dict(unit_choices("VN")).keys() == {"phuong", "xa", "dac-khu"}
    assert unit_choices("SG") == []
    assert unit_choices("PH") == []
    classes = unit_classes()
    assert (classes["VN", "phuong"], classes["VN", "xa"], classes["VN", "dac-khu"]) == ("urban", "rural", "")
    assert classes["SG", ""] == "city"
    assert all(UnitType.objects.values_list("source", flat=True))


def test_what_is_left_out_where_it_may_harm(real_places: None) -> None:
    assert asking_in("TH") == asking_in(None) == asking_in("US") == Asking()
    assert asking_in("BN") == asking_in("MY") == Asking(offers_another_term=False)
    assert asking_in("ID") == asking_in("ID", "ID-JB") == Asking()
    assert asking_in("ID", "ID-AC") == Asking(offers_another_term=False)
    assert asking_in("MM") == Asking(asks_settlement=False)


def test_finding_a_settlement_costs_the_same_in_any_country(
    settlements: None, django_assert_num_queries: Callable
) -> None:
    for country in ("BN", "ID"):
        with django_assert_num_queries(3):
            find_settlement("Nowhere", country)
