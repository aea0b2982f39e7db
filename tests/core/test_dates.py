"""Dates are told as their reader tells them: Thai years in both eras."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from apps.core.dates import day_in_words
from apps.core.forms import DateField


def test_a_thai_page_writes_both_eras_and_others_one() -> None:
    with translation.override("th"):
        assert "2570 (2027)" in day_in_words(date(2027, 1, 5))
    with translation.override("id"):
        assert day_in_words(date(2027, 1, 5)) == "5 Januari 2027"


@pytest.mark.parametrize("year", ["2544", "๒๕๔๔", "2001"])
def test_a_year_of_the_buddhist_era_is_understood(year: str) -> None:
    assert DateField().clean(["27", "3", year]) == date(2001, 3, 27)


def test_the_limits_of_a_date_are_told_in_words() -> None:
    with pytest.raises(ValidationError, match="1 January 1900 and 31 December 2100"):
        DateField().clean(["1", "1", "1850"])
