"""A deadline in words: eleven zones, three of Indonesia, the days on which clocks change, never midnight."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from apps.core.moments import deadline, in_words
from apps.core.zones import NEAR, zone_name

#: Friday 27 November 2026, 23:59 in Bangkok.
CLOSES = datetime(2026, 11, 27, 16, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Asia/Yangon", "Friday 27 November 2026, 11:29 p.m. (Yangon time)"),
        ("Asia/Bangkok", "Friday 27 November 2026, 11:59 p.m. (Bangkok time)"),
        ("Asia/Ho_Chi_Minh", "Friday 27 November 2026, 11:59 p.m. (Ho Chi Minh time)"),
        ("Asia/Jakarta", "Friday 27 November 2026, 11:59 p.m. (Jakarta time, western Indonesia)"),
        ("Asia/Makassar", "Saturday 28 November 2026, 12:59 a.m. (Makassar time, central Indonesia)"),
        ("Asia/Jayapura", "Saturday 28 November 2026, 1:59 a.m. (Jayapura time, eastern Indonesia)"),
        ("Asia/Manila", "Saturday 28 November 2026, 12:59 a.m. (Manila time)"),
        ("Asia/Dili", "Saturday 28 November 2026, 1:59 a.m. (Dili time)"),
        ("America/New_York", "Friday 27 November 2026, 11:59 a.m. (Eastern time, New York)"),
        ("America/Los_Angeles", "Friday 27 November 2026, 8:59 a.m. (Pacific time, Los Angeles)"),
        ("Pacific/Honolulu", "Friday 27 November 2026, 6:59 a.m. (Hawaii time)"),
        ("Europe/Lisbon", "Friday 27 November 2026, 4:59 p.m. (Lisbon time)"),
    ],
)
def test_one_moment_reads_as_the_clock_on_the_wall(zone: str, words: str) -> None:
    assert deadline(CLOSES, ZoneInfo(zone), now=CLOSES).when == words


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (timedelta(seconds=1), "That is in 1 minute."),
        (timedelta(minutes=59, seconds=59), "That is in 59 minutes."),
        (timedelta(hours=1), "That is in 1 hour."),
        (timedelta(hours=3, minutes=40), "That is in 3 hours."),
        (timedelta(hours=12), "That is today."),
        (timedelta(hours=23, minutes=59), "That is today."),
        (timedelta(hours=24), "That is tomorrow."),
        (timedelta(days=3, hours=14), "That is in 3 days."),
        (timedelta(days=4), "That is in 4 days."),
        (timedelta(), "That is in 1 minute."),
        (-timedelta(seconds=1), ""),
    ],
)
def test_what_is_left_is_told_by_the_clock_when_near_and_by_the_calendar_when_far(
    before: timedelta, words: str
) -> None:
    told = deadline(CLOSES, ZoneInfo("Asia/Bangkok"), now=CLOSES - before)

    assert told.left == words
    assert told.is_over == (words == "")


def test_days_are_those_of_the_readers_calendar() -> None:
    now = datetime(2026, 11, 25, 16, 30, tzinfo=UTC)  # Wednesday 23:30 in Bangkok, 01:30 on Thursday in Dili

    assert deadline(CLOSES, ZoneInfo("Asia/Bangkok"), now=now).left == "That is in 2 days."
    assert deadline(CLOSES, ZoneInfo("Asia/Dili"), now=now).left == "That is in 2 days."
    assert deadline(CLOSES, ZoneInfo("Asia/Dili"), now=now - timedelta(hours=2)).left == "That is in 3 days."


@pytest.mark.parametrize("zone", ["Asia/Bangkok", "Asia/Yangon", "America/New_York"])
def test_midnight_is_the_end_of_the_day_before(zone: str) -> None:
    midnight = datetime(2026, 11, 28, tzinfo=ZoneInfo(zone))

    told = deadline(midnight, ZoneInfo(zone), now=midnight - timedelta(days=1))

    assert told.when.startswith("Friday 27 November 2026, 11:59 p.m.")
    assert told.left == "That is today."


@given(st.integers(0, 2 * 366 * 24 * 60), st.sampled_from(NEAR))
def test_no_deadline_is_ever_called_midnight_or_twelve_at_night(minutes: int, zone: str) -> None:
    when = deadline(CLOSES + timedelta(minutes=minutes), ZoneInfo(zone), now=CLOSES).when

    assert "midnight" not in when
    assert "12:00 a.m." not in when
    assert zone_name(zone) in when


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        # 8 March 2026: clocks in New York go from 2 to 3 in the morning.
        (datetime(2026, 3, 8, 6, 59, tzinfo=UTC), "Sunday 8 March 2026, 1:59 a.m. (Eastern time, New York)"),
        (datetime(2026, 3, 8, 7, 0, tzinfo=UTC), "Sunday 8 March 2026, 3:00 a.m. (Eastern time, New York)"),
        # 1 November 2026: the hour from 1 to 2 comes twice.
        (
            datetime(2026, 11, 1, 5, 30, tzinfo=UTC),
            "Sunday 1 November 2026, 1:30 a.m. (Eastern time, New York, UTC-04:00)",
        ),
        (
            datetime(2026, 11, 1, 6, 30, tzinfo=UTC),
            "Sunday 1 November 2026, 1:30 a.m. (Eastern time, New York, UTC-05:00)",
        ),
        (
            datetime(2026, 11, 1, 7, 0, tzinfo=UTC),
            "Sunday 1 November 2026, 2:00 a.m. (Eastern time, New York)",
        ),
    ],
)
def test_on_days_when_clocks_change_every_moment_has_words_of_its_own(moment: datetime, words: str) -> None:
    assert in_words(moment, ZoneInfo("America/New_York")) == words


def test_hours_left_are_real_hours_when_clocks_change() -> None:
    zone = ZoneInfo("America/New_York")
    closes = datetime(2026, 11, 1, 8, 0, tzinfo=zone)

    left = deadline(closes, zone, now=datetime(2026, 11, 1, 0, 0, tzinfo=zone)).left

    assert left == "That is in 9 hours."


def test_pages_and_mails_use_the_same_words() -> None:
    page = Template("{% deadline at zone as told %}{{ told.when }} {{ told.left }}")

    with time_machine.travel(CLOSES - timedelta(days=4), tick=False):
        text = page.render(Context({"at": CLOSES, "zone": "Asia/Yangon"}))

    assert text == "Friday 27 November 2026, 11:29 p.m. (Yangon time) That is in 4 days."


def test_thai_tells_both_eras_on_its_own_clock() -> None:
    with translation.override("th"):
        when = deadline(CLOSES, ZoneInfo("Asia/Yangon"), now=CLOSES).when

    assert "พฤศจิกายน 2569 (2026)" in when
    assert "23.29" in when
