"""Fields refuse what cannot be kept, and never refuse a real name."""

import datetime

import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from apps.core.cleaning import length_as_seen, tidy
from apps.core.forms import AmountField, DateField, LineField, TextField, WholeNumberField

NUMBERS = ["9" * 30, "NaN", "Infinity", "1e400", "-0.5", "1,5", "true", "٣٫٥x"]


@pytest.mark.parametrize("name", ["O'Neil", "ก", "นางสาว สุดารัตน์", "Phạm Thị Hương", "X Æ", "ស្រី", "A" * 80])
def test_names_of_real_people_are_kept_as_typed(name: str) -> None:
    assert LineField(most=200).clean(f"  {name} ") == name


@pytest.mark.parametrize("text", ["\x00", "a\x07b", "\x1b[31m"])
def test_control_characters_are_refused_with_words(text: str) -> None:
    with pytest.raises(ValidationError, match="cannot keep"):
        TextField().clean(text)


def test_misleading_marks_leave_and_letters_stay() -> None:
    assert tidy("cod\u202egnp.exe\ufeff") == "codgnp.exe"


def test_marks_on_a_letter_do_not_count_but_thousands_are_refused() -> None:
    assert length_as_seen("កាំ") == 1
    with pytest.raises(ValidationError):
        TextField(most=10).clean("e" + "\u0301" * 5000)


@given(st.text(max_size=300))
def test_any_text_is_either_cleaned_or_refused(text: str) -> None:
    try:
        cleaned = TextField(most=100, required=False).clean(text)
    except ValidationError:
        return
    assert length_as_seen(cleaned) <= 100


@pytest.mark.parametrize("text", NUMBERS)
def test_numbers_nobody_means_are_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        WholeNumberField().clean(text)


@pytest.mark.parametrize("text", ["NaN", "Infinity", "1e400", "1E999999999", "9" * 6000, "-1"])
def test_amounts_nobody_means_are_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        AmountField().clean(text)


def test_digits_of_other_scripts_are_understood() -> None:
    assert WholeNumberField().clean("１２") == 12
    assert WholeNumberField().clean("๑๒") == 12


@pytest.mark.parametrize(
    "parts",
    [["30", "2", "2001"], ["1", "13", "2001"], ["x", "1", "2001"], ["1", "1", "0"], ["1", "1", "99999"]],
)
def test_dates_that_do_not_exist_are_refused(parts: list[str]) -> None:
    with pytest.raises(ValidationError):
        DateField().clean(parts)


def test_a_date_is_read_in_three_parts() -> None:
    assert DateField().clean(["27", "3", "2001"]) == datetime.date(2001, 3, 27)


def test_half_a_date_is_asked_for_again() -> None:
    with pytest.raises(ValidationError, match="a day, a month and a year"):
        DateField(required=False).clean(["27", "", "2001"])


class NumbersForm(forms.Form):
    people = WholeNumberField(least=1, most=100_000)
    amount = AmountField(least=1, most=5000)


@pytest.mark.parametrize(
    ("people", "amount", "words"),
    [
        ("", "1", "Enter a number."),
        ("x", "1", "Enter a whole number, for example 12."),
        ("0", "1", "Enter a number from 1 to 100,000."),
        ("100001", "1", "Enter a number from 1 to 100,000."),
        ("1", "x", "Enter a number, for example 12.50."),
        ("1", "1.234", "Enter at most two digits after the point."),
        ("1", "99999999999999", "Enter a number"),
    ],
)
def test_a_refused_number_says_what_to_enter(people: str, amount: str, words: str) -> None:
    form = NumbersForm({"people": people, "amount": amount})

    (messages,) = form.errors.values()
    assert all(message.startswith(words) for message in messages)


def test_marks_count_against_the_room_of_a_column_and_not_where_there_is_more() -> None:
    thai = "ที่นี่" * 40  # 80 letters as seen, 240 code points

    with pytest.raises(ValidationError, match="240 characters"):
        TextField(most=200).clean(thai)
    assert TextField(most=200, room=600).clean(thai) == thai
