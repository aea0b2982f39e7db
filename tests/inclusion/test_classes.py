"""Where somebody lives, how old they are, and what of it becomes a class."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.inclusion.rules.ages import BANDS, age_band
from apps.inclusion.rules.classes import MISSING, Classes, classes_of
from apps.inclusion.rules.functioning import DOMAINS, TEEN
from apps.inclusion.rules.residence import NOWHERE, Place, residence_of

TODAY = date(2026, 11, 26)


def listed(population: int | None) -> Place:
    return Place(population=population)


@pytest.mark.parametrize(
    ("answer", "place", "expected"),
    [
        ("city", NOWHERE, ("city", "self", None)),
        ("suburb", NOWHERE, ("city", "self", None)),
        ("dispersed", NOWHERE, ("rural", "self", None)),
        ("", NOWHERE, ("missing", "", None)),
        ("pnts", NOWHERE, ("not_said", "", None)),
        ("town", listed(50_000), ("city", "settlement", False)),
        ("city", listed(49_999), ("town", "settlement", False)),
        ("city", listed(5_000), ("town", "settlement", False)),
        ("city", listed(4_999), ("rural", "settlement", True)),
        ("village", listed(4_999), ("rural", "settlement", False)),
        ("village", listed(60_000), ("city", "settlement", True)),
        ("pnts", listed(60_000), ("city", "settlement", None)),
        ("", listed(0), ("missing", "", None)),
        ("city", listed(0), ("city", "self", None)),
        ("city", Place("rural", 90_000), ("rural", "unit", True)),
        ("village", Place("rural"), ("rural", "unit", False)),
        ("", Place("rural"), ("rural", "unit", None)),
        ("village", Place("city"), ("city", "unit", True)),
        ("village", Place("urban"), ("town", "unit", True)),
        ("suburb", Place("urban"), ("city", "unit", False)),
        ("town", Place("urban", 90_000), ("city", "unit", False)),
        ("city", Place("urban", 900), ("city", "unit", False)),
    ],
)
def test_the_first_that_decides_is_unit_then_settlement_then_self(
    answer: str, place: Place, expected: tuple[str, str, bool | None]
) -> None:
    found = residence_of(answer, place)

    assert (found.value, found.basis, found.conflict) == expected


@given(
    st.sampled_from(["city", "suburb", "town", "village", "dispersed", "pnts", ""]),
    st.sampled_from(["", "city", "town", "rural", "urban"]),
    st.none() | st.integers(0, 200_000),
)
def test_a_conflict_is_only_known_where_two_sources_speak(
    answer: str, unit: str, population: int | None
) -> None:
    found = residence_of(answer, Place(unit, population))

    assert (found.basis == "") == (found.value in ("missing", "not_said"))
    if found.conflict is not None:
        assert found.basis in ("unit", "settlement")
        assert answer not in ("", "pnts")
        own_is_rural = answer in ("village", "dispersed")
        assert found.conflict == ((found.value == "rural") != own_is_rural)


@pytest.mark.parametrize(
    ("age", "band"),
    [
        *[(14, "under_15"), (15, "15_17"), (17, "15_17"), (18, "18_24"), (24, "18_24"), (25, "25_29")],
        *[(29, "25_29"), (30, "30_34"), (35, "35_44"), (45, "45_54"), (55, "55_64"), (64, "55_64")],
        *[(65, "65_plus"), (101, "65_plus")],
    ],
)
def test_a_band_begins_on_the_birthday(age: int, band: str) -> None:
    birthday = date(TODAY.year - age, TODAY.month, TODAY.day)

    assert age_band(birthday, TODAY) == band
    a_year_younger = age_band(birthday + timedelta(days=1), TODAY)
    begins = age in (15, 18, 25, 30, 35, 45, 55, 65)
    assert BANDS.index(a_year_younger) == BANDS.index(band) - begins


def test_an_age_that_cannot_be_known_is_missing() -> None:
    assert age_band(None, TODAY) == "missing"
    assert age_band(date(2000, 1, 1), None) == "missing"
    assert age_band(TODAY + timedelta(days=1), TODAY) == "missing"


def test_every_class_of_someone_who_answered_all() -> None:
    answers = {"gender": "woman", "residence": "village", "VIS_SS": 2, "HEAR_SS": 2}
    answers |= dict.fromkeys(DOMAINS[2:], 1)

    found = classes_of(answers, place=listed(300), born_on=date(2000, 1, 1), on=TODAY)

    assert found == Classes(
        gender="woman",
        residence="rural",
        residence_basis="settlement",
        residence_conflict=False,
        disability="no",
        ss1="yes",
        ss2="yes",
        ss4="no",
        age_band="25_29",
    )


def test_no_answers_still_have_an_age() -> None:
    assert classes_of(None) == MISSING
    assert classes_of({}, born_on=date(2000, 1, 1), on=TODAY) == Classes(age_band="25_29")


def test_open_refused_and_no_stay_three_things() -> None:
    assert classes_of({"gender": "man"}).disability == "missing"
    assert classes_of(dict.fromkeys(DOMAINS, 7)).disability == "not_said"
    assert classes_of(dict.fromkeys(DOMAINS, 1)).disability == "no"
    assert classes_of(dict.fromkeys(DOMAINS, 9)).disability == "unknown"
    assert classes_of({"VIS_SS": 1}).disability == "unknown"
    assert classes_of({"disability": "not_said"}).disability == "not_said"


@pytest.mark.parametrize(
    ("born_on", "instrument"), [(date(2009, 1, 1), "wg-ss"), (date(2007, 1, 1), TEEN), (None, TEEN)]
)
def test_what_someone_under_18_answered_is_never_compared_with_adults(
    born_on: date | None, instrument: str
) -> None:
    answers = dict.fromkeys(DOMAINS, 4) | {"instrument": instrument}

    found = classes_of(answers, born_on=born_on, on=TODAY)

    assert {found.disability, found.ss1, found.ss2, found.ss4} == {"unknown"}
