"""The page of optional questions: whose words they are, and what is left out for whom and where."""

import json
import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.inclusion.forms import DIFFICULTY, FUNCTIONING
from apps.inclusion.models import InclusionProfile
from apps.inclusion.rules.functioning import DOMAINS
from apps.people.models import Person
from apps.places.models import Subdivision
from tests.factories.applications import ApplicationFactory
from tests.factories.people import PersonFactory
from tests.factories.settlements import SettlementFactory

pytestmark = pytest.mark.django_db
SHORT_SET = json.loads((Path(__file__).parent / "vectors/wgss.json").read_text())


@pytest.fixture
def person(applicant: User, real_places: None) -> Person:
    return PersonFactory(user=applicant, country_id="TH")


@pytest.fixture
def address(person: Person) -> str:
    return reverse("inclusion:profile", args=[ApplicationFactory(person=person).public_id])


def live_in(person: Person, country: str, subdivision: str | None = None) -> None:
    Person.objects.filter(pk=person.pk).update(country=country, subdivision=subdivision)


def be(person: Person, age: int) -> None:
    Person.objects.filter(pk=person.pk).update(born_on=date(timezone.localdate().year - age, 1, 1))


def body(page: str) -> str:
    found = re.search(r"<main.*</main>", unescape(page), re.DOTALL)
    assert found
    return found[0]


def test_the_short_set_is_asked_in_its_own_words_and_order(address: str, as_applicant: Client) -> None:
    page = body(as_applicant.get(address).content.decode())

    assert [str(FUNCTIONING[each["var"]]) for each in SHORT_SET["questions"]] == [
        each["text"] for each in SHORT_SET["questions"]
    ]
    places = [page.index(text) for text in (SHORT_SET["intro"], *map(str, FUNCTIONING.values()))]
    assert places == sorted(places)
    assert places[-1] < page.index("Who is answering these questions?"), "never the last question"


def test_the_four_answers_are_those_of_the_group_and_the_others_stand_apart() -> None:
    published = {row["code"]: row["text"] for row in SHORT_SET["responses"]}

    degrees = {int(code): str(label).replace("–", "-") for code, label in DIFFICULTY[:4]}

    assert degrees == {code: published[code] for code in (1, 2, 3, 4)}
    assert [code for code, _label in DIFFICULTY[4][1]] == ["7", "9"]


def test_the_page_chooses_nothing_beforehand_and_never_speaks_of_disability(
    address: str, as_applicant: Client
) -> None:
    page = body(as_applicant.get(address).content.decode())

    assert "checked" not in page
    assert "required" not in page
    assert not re.search("disab|impair", page, re.IGNORECASE)


@pytest.mark.parametrize(
    ("country", "subdivision", "is_offered"),
    [
        ("TH", None, True),
        ("ID", "ID-JB", True),
        ("ID", "ID-AC", False),
        ("BN", None, False),
        ("MY", None, False),
    ],
)
def test_another_term_is_offered_where_no_risk_is_recorded(
    country: str,
    subdivision: str | None,
    is_offered: bool,
    person: Person,
    address: str,
    as_applicant: Client,
) -> None:
    live_in(person, country, subdivision)

    assert ('value="another"' in as_applicant.get(address).content.decode()) is is_offered
    assert as_applicant.post(address, {"gender": "another"}).status_code == (302 if is_offered else 422)


@pytest.mark.parametrize(("age", "another", "six"), [(14, False, False), (17, False, True), (18, True, True)])
def test_young_people_are_asked_less(
    age: int, another: bool, six: bool, person: Person, address: str, as_applicant: Client
) -> None:
    be(person, age)

    page = as_applicant.get(address).content.decode()

    assert ('value="another"' in page, "VIS_SS" in page, "HEALTH PROBLEM" in page) == (another, six, six)


def test_what_was_not_asked_is_not_kept(person: Person, address: str, as_applicant: Client) -> None:
    be(person, 14)

    as_applicant.post(address, dict.fromkeys(DOMAINS, "4"))

    assert not InclusionProfile.objects.exists()


@pytest.mark.parametrize(("country", "units"), [("VN", ["phuong", "xa", "dac-khu"]), ("PH", []), ("SG", [])])
def test_the_kind_of_unit_is_asked_only_where_there_are_such(
    country: str, units: list[str], person: Person, address: str, as_applicant: Client
) -> None:
    live_in(person, country)

    page = as_applicant.get(address).content.decode()

    found = re.findall(r'name="unit" value="([\w-]+)"', page)
    assert found == ([*units, "unknown"] if units else [])


def test_settlements_are_offered_for_typing_and_left_out_where_it_may_harm(
    person: Person, address: str, as_applicant: Client
) -> None:
    rim = Subdivision.objects.get(pk="TH-50")
    SettlementFactory(population=900, subdivision=rim)
    SettlementFactory(population=900, country_id="MM", name="Hpa-An")

    page = as_applicant.get(address).content.decode()

    assert 'list="settlements"' in page
    assert "<option>Mae Rim, Chiang Mai</option>" in page
    live_in(person, "MM")
    assert "settlement" not in as_applicant.get(address).content.decode()


@pytest.mark.parametrize(
    "answers",
    [{"settlement": "x" * 121}, {"settlement": "\x00"}, {"unit": "phuong"}, {"who": "nobody"}],
)
def test_an_answer_that_is_none_keeps_nothing_and_says_so(
    answers: dict[str, str], person: Person, address: str, as_applicant: Client
) -> None:
    SettlementFactory(population=900)

    answer = as_applicant.post(address, answers)

    assert answer.status_code == 422
    assert "govuk-error-message" in answer.content.decode()
    assert not InclusionProfile.objects.exists()


def test_a_place_nobody_knows_is_kept_as_it_was_typed(
    person: Person, address: str, as_applicant: Client
) -> None:
    SettlementFactory(population=900)

    as_applicant.post(address, {"settlement": "Sài Gòn"})

    assert 'value="Sài Gòn"' in as_applicant.get(address).content.decode()
