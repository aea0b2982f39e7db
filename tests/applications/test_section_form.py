"""One section as a form: what is asked, what is complained about, what is kept."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import translation

from apps.applications.forms import SectionForm
from apps.applications.rules.definition import Section, form_from_definition
from tests.core.test_burmese import UNICODE, ZAWGYI

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """A request of an earlier test leaves its language behind."""
    with translation.override("en"):
        yield


def section(*questions: dict[str, Any]) -> Section:
    built = [{"label": {"en": each["key"].title()}, **each} for each in questions]
    return form_from_definition({"sections": [{"key": "one", "questions": built}]}).sections[0]


def filled(part: Section, data: dict[str, Any], **more: Any) -> SectionForm:
    sent = QueryDict(mutable=True)
    for key, value in data.items():
        sent.setlist(key, value if isinstance(value, list) else [value])
    form = SectionForm(part, {}, sent, **more)
    form.full_clean()
    return form


WORKS = {"key": "works", "kind": "yes_no", "required": True}
WHERE = {
    "key": "where",
    "kind": "text",
    "required": True,
    "when": {"question": "works", "op": "is", "value": "yes"},
}
AGE = {"key": "age", "kind": "number", "whole": True, "least": 16, "largest": 99}


def test_a_question_that_is_not_asked_is_not_missed_and_what_was_typed_is_kept() -> None:
    form = filled(section(WORKS, WHERE), {"works": "no", "where": "A mill"})

    assert form.is_valid()
    assert form.answers() == {"works": "no", "where": "A mill"}


def test_a_question_that_is_asked_is_missed() -> None:
    form = filled(section(WORKS, WHERE), {"works": "yes"})

    assert not form.is_valid()
    assert list(form.errors) == ["where"]
    assert [group.is_asked for group in form.groups()] == [True, True]


def test_a_wrong_answer_to_a_question_not_asked_is_kept_without_complaint() -> None:
    hidden = {**AGE, "when": {"question": "works", "op": "is", "value": "yes"}}
    form = filled(section(WORKS, hidden), {"works": "no", "age": "many"})

    assert form.is_valid()
    assert form.answers() == {"works": "no", "age": "many"}


def test_answers_of_sections_before_decide_too() -> None:
    part = form_from_definition(
        {
            "sections": [
                {"key": "zero", "questions": [WORKS]},
                {"key": "one", "questions": [WHERE]},
            ]
        }
    ).sections[1]

    assert filled(part, {}, known={"works": "no"}).is_valid()
    assert not filled(part, {}, known={"works": "yes"}).is_valid()
    assert '"works": "yes"' in filled(part, {}, known={"works": "yes"}).known_json()


@pytest.mark.parametrize(
    ("typed", "good"), [("15", False), ("16", True), ("99", True), ("100", False), ("1.5", False)]
)
def test_numbers_have_limits(typed: str, good: bool) -> None:
    assert filled(section(AGE), {"age": typed}).is_valid() is good


def test_a_check_says_what_to_enter_and_keeps_what_was_typed() -> None:
    check = {
        "that": {"question": ".", "op": "at_most", "than": "age"},
        "message": {"en": "Enter at most your age."},
    }
    form = filled(
        section(AGE, {"key": "years", "kind": "number", "checks": [check]}), {"age": "20", "years": "30"}
    )

    assert not form.is_valid()
    assert form.errors["years"] == ["Enter at most your age."]
    assert form.answers()["years"] == "30"


def test_an_option_that_does_not_fit_is_refused_and_one_that_might_stays_in_sight() -> None:
    country = {"key": "country", "kind": "one_choice", "options": [{"value": "TH"}, {"value": "LA"}]}
    town = {
        "key": "town",
        "kind": "one_choice",
        "options": [
            {"value": "Chiang Mai", "when": {"question": "country", "op": "is", "value": "TH"}},
            {"value": "Pakse", "when": {"question": "country", "op": "is", "value": "LA"}},
        ],
    }
    part = section(country, town)

    assert filled(part, {"country": "LA", "town": "Pakse"}).is_valid()
    assert list(filled(part, {"country": "TH", "town": "Pakse"}).errors) == ["town"]
    assert " hidden" not in str(SectionForm(part, {})["town"])
    assert str(SectionForm(part, {}, initial={"country": "TH"})["town"]).count(" hidden") == 1


SCHOOLS = {
    "key": "schools",
    "kind": "rows",
    "required": True,
    "most_rows": 3,
    "columns": [
        {"key": "name", "kind": "text", "label": {"en": "Name"}, "required": True},
        {"key": "until", "kind": "date", "label": {"en": "Until"}},
    ],
}


def test_rows_are_kept_without_the_empty_ones() -> None:
    form = filled(
        section(SCHOOLS),
        {
            "schools_rows": "3",
            "schools_0-name": "",
            "schools_1-name": "Village school",
            "schools_1-until_day": "1",
            "schools_1-until_month": "6",
            "schools_1-until_year": "2015",
            "schools_2-name": "College",
        },
    )

    assert form.is_valid(), form.errors
    assert form.answers() == {
        "schools": [{"name": "Village school", "until": "2015-06-01"}, {"name": "College"}]
    }


def test_a_wrong_row_is_named_shown_again_and_kept_as_typed() -> None:
    form = filled(
        section(SCHOOLS),
        {
            "schools_rows": "1",
            "schools_0-name": "College",
            "schools_0-until_day": "31",
            "schools_0-until_month": "2",
            "schools_0-until_year": "2015",
        },
    )

    assert "Row 1, Until" in form.errors["schools"][0]
    assert 'value="31"' in str(form["schools"])
    assert form.answers() == {"schools": [{"name": "College", "until": ["31", "2", "2015"]}]}


@pytest.mark.parametrize("rows", ["", "x", "-1", "9" * 30, "²"])
def test_nonsense_for_the_number_of_rows_is_no_rows(rows: str) -> None:
    assert not filled(section(SCHOOLS), {"schools_rows": rows}).is_valid()


def test_a_place_goes_from_country_to_village(real_places: None) -> None:
    place = section({"key": "home", "kind": "place", "required": True})
    whole = {"home_country": "TH", "home_subdivision": "TH-50", "home_settlement": "Mae Rim"}

    assert filled(place, whole).is_valid()
    assert filled(place, whole).answers() == {
        "home": {"country": "TH", "subdivision": "TH-50", "settlement": "Mae Rim"}
    }
    assert not filled(place, {"home_country": "TH"}).is_valid()
    assert not filled(place, {"home_country": "TH", "home_subdivision": "LA-VT"}).is_valid()
    assert not filled(place, {"home_country": "XX"}).is_valid()


def test_burmese_in_zawgyi_is_offered_to_be_converted_and_may_stay() -> None:
    part = section({"key": "name", "kind": "text"})
    asked = filled(part, {"name": ZAWGYI})
    converted = filled(part, {"name": ZAWGYI, "convert": "1"})
    again = filled(part, {"name": ZAWGYI}, initial={"name": ZAWGYI})

    assert asked.is_zawgyi
    assert asked.answers() == {"name": ZAWGYI}
    assert converted.is_valid()
    assert converted.answers() == {"name": UNICODE}
    assert again.is_valid()
