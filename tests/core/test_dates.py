"""Dates are told as their reader tells them: zone by name, Thai years in both eras, spans in one unit."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from apps.core.dates import day_in_words, moment_in_words, time_left
from apps.core.forms import DateField


def test_a_thai_page_writes_both_eras_and_others_one() -> None:
    with translation.override("th"):
        assert "2570 (2027)" in day_in_words(date(2027, 1, 5))
    with translation.override("id"):
        assert day_in_words(date(2027, 1, 5)) == "5 Januari 2027"


def test_a_moment_has_weekday_and_zone_of_its_reader() -> None:
    moment = datetime(2027, 1, 5, 20, 0, tzinfo=UTC)

    assert moment_in_words(moment, ZoneInfo("Asia/Jayapura")).startswith("Wednesday 6 January 2027, 5")
    assert "(New York time)" in moment_in_words(moment, ZoneInfo("America/New_York"))


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(days=40, minutes=1), "40 days"),
        (timedelta(hours=47, minutes=1), "47 hours"),
        (timedelta(minutes=1, seconds=30), "1 minute"),
        (timedelta(days=-1), "0 minutes"),
    ],
)
def test_time_left_is_one_number_and_its_unit(left: timedelta, words: str) -> None:
    assert time_left(timezone.now() + left) == words


@pytest.mark.parametrize("year", ["2544", "๒๕๔๔", "2001"])
def test_a_year_of_the_buddhist_era_is_understood(year: str) -> None:
    assert DateField().clean(["27", "3", year]) == date(2001, 3, 27)


def test_the_limits_of_a_date_are_told_in_words() -> None:
    with pytest.raises(ValidationError, match="1 January 1900 and 31 December 2100"):
        DateField().clean(["1", "1", "1850"])
