"""What referees are asked and when they may be reminded."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from apps.applications.rules.references import (
    due_moment,
    looks_like_a_link,
    next_reminder,
    read_asked,
    unanswered,
)
from tests.factories.applications import QUESTIONS

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ASKED = read_asked(QUESTIONS)


@pytest.mark.parametrize(
    ("answers", "wrong"),
    [
        ({}, ["how-long", "recommend"]),
        ({"how-long": "Six years", "recommend": "yes"}, []),
        ({"how-long": "Six years", "recommend": "perhaps"}, ["recommend"]),
        ({"how-long": "", "recommend": "no", "more": "x"}, ["how-long"]),
    ],
)
def test_what_is_required_is_answered_and_a_choice_is_one_of_the_options(
    answers: dict[str, str], wrong: list[str]
) -> None:
    assert unanswered(ASKED, answers) == wrong


def test_a_choice_reads_in_words_and_own_words_have_no_language() -> None:
    assert ASKED[1].in_words("yes") == {"en": "Yes", "th": "ใช่"}
    assert ASKED[0].in_words("หกปี") == {"": "หกปี"}


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Asia/Bangkok", datetime(2026, 3, 15, 16, 59, 59, tzinfo=UTC)),
        ("Pacific/Honolulu", datetime(2026, 3, 16, 9, 59, 59, tzinfo=UTC)),
    ],
)
def test_the_last_day_counts_to_its_end_in_the_zone_of_the_intake(zone: str, expected: datetime) -> None:
    assert due_moment(NOON, 14, ZoneInfo(zone)) == expected


def test_three_reminders_three_days_apart() -> None:
    day = timedelta(days=1)

    assert next_reminder(None, None, 0) is None
    assert next_reminder(NOON, None, 0) == NOON + 3 * day
    assert next_reminder(NOON, NOON + 5 * day, 2) == NOON + 8 * day
    assert next_reminder(NOON, NOON + 9 * day, 3) is None


@pytest.mark.parametrize("name", ["Buy at http://shop.example", "WWW.shop.example", "me@example.org"])
def test_a_name_that_is_an_advertisement_goes_into_no_mail(name: str) -> None:
    assert looks_like_a_link(name)
    assert not looks_like_a_link("Suda ก. O'Brien")
