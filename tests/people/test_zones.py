"""Whose clock: the zone somebody chose, else that of their home, else their device's, else the intake's."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser

from apps.core.zones import KNOWN, zone_of, zone_of_user
from apps.places.models import Subdivision
from apps.places.rules.zones import ZONES, zone_of_place
from tests.factories.accounts import UserFactory
from tests.factories.people import PersonFactory
from tests.factories.places import CountryFactory, SubdivisionFactory

pytestmark = pytest.mark.django_db


def test_the_chosen_zone_comes_before_home_device_and_intake() -> None:
    user = UserFactory(time_zone="Asia/Yangon")
    PersonFactory(user=user, country=CountryFactory())

    assert zone_of_user(user, "Asia/Manila", fallback="Asia/Dili").key == "Asia/Yangon"


def test_home_comes_before_the_device() -> None:
    user = PersonFactory(country=CountryFactory()).user

    assert zone_of_user(user, "Asia/Manila", fallback="Asia/Dili").key == "Asia/Bangkok"


@pytest.mark.parametrize(
    ("province", "zone"),
    [("ID-JB", "Asia/Jakarta"), ("ID-BA", "Asia/Makassar"), ("ID-PA", "Asia/Jayapura")],
)
def test_the_province_tells_which_of_the_three_zones_of_indonesia(province: str, zone: str) -> None:
    country = CountryFactory(code="ID", time_zone="Asia/Jakarta")
    user = PersonFactory(country=country, subdivision=SubdivisionFactory(code=province, country=country)).user

    assert zone_of_user(user, "Asia/Manila", fallback="Asia/Dili").key == zone


def test_a_country_of_several_zones_says_nothing_without_the_province() -> None:
    user = PersonFactory(country=CountryFactory(code="ID", time_zone="Asia/Jakarta")).user

    assert zone_of_user(user, "Asia/Makassar", fallback="Asia/Dili").key == "Asia/Makassar"
    assert zone_of_user(user, "", fallback="Asia/Dili").key == "Asia/Dili"


@pytest.mark.parametrize(
    ("cookie", "zone"),
    [
        ("Asia/Yangon", "Asia/Yangon"),
        ("Asia/Rangoon", "Asia/Yangon"),
        ("Asia/Saigon", "Asia/Ho_Chi_Minh"),
        ("Asia/Atlantis", "Asia/Dili"),
    ],
)
def test_a_visitor_has_only_a_device(cookie: str, zone: str) -> None:
    request = SimpleNamespace(user=AnonymousUser(), COOKIES={"zone": cookie})

    assert zone_of(request, "Asia/Dili").key == zone


def test_every_province_of_the_table_exists_and_leads_to_a_zone(real_places: None) -> None:
    known = set(Subdivision.objects.filter(country__in=["ID", "US"]).values_list("code", flat=True))

    assert set(ZONES) <= known
    assert set(ZONES.values()) <= KNOWN
    unsure = {code for code in known if not zone_of_place(code[:2], "Asia/Jakarta", code)}
    assert unsure == {"ID-KA", "US-UM"}
