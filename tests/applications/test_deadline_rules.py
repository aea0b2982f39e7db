"""The last moment of an application, by rule alone: time is only ever added, and no hour twice."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.applications.rules.deadlines import (
    Because,
    Due,
    Reminder,
    Stretch,
    after_outages,
    due,
    reminder_due,
)

OPENS = datetime(2026, 11, 1, 0, 59, tzinfo=UTC)
CLOSES = datetime(2026, 11, 27, 16, 59, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
moments = st.integers(-40 * 24, 40 * 24).map(lambda hours: CLOSES + hours * HOUR)
stretches = st.tuples(moments, st.integers(1, 20 * 24)).map(
    lambda pair: Stretch(pair[0], pair[0] + pair[1] * HOUR)
)


def asked(**changes: object) -> Due:
    usual = {"closes_at": CLOSES, "opens_at": OPENS, "grace": DAY, "first_saved_at": OPENS}
    return due(**{**usual, **changes})


def test_the_grace_belongs_to_a_draft_whose_first_save_was_in_time() -> None:
    assert asked(first_saved_at=CLOSES).last == CLOSES + DAY
    assert asked(first_saved_at=CLOSES + timedelta(seconds=1)).last == CLOSES


def test_an_outage_moves_the_deadline_and_the_grace_with_it() -> None:
    found = asked(outages=[Stretch(CLOSES - 3 * DAY, CLOSES - DAY)])

    assert found == Due(CLOSES + 2 * DAY, CLOSES + 3 * DAY, Because.OUTAGE)


def test_an_outage_over_the_deadline_leaves_as_long_as_there_was() -> None:
    outage = Stretch(CLOSES - 12 * HOUR, CLOSES + 36 * HOUR)

    assert after_outages(CLOSES, opens_at=OPENS, outages=[outage]) == outage.ends_at + 12 * HOUR


@pytest.mark.parametrize(
    "outage", [Stretch(OPENS - 2 * DAY, OPENS), Stretch(CLOSES, CLOSES + DAY)], ids=["before", "after"]
)
def test_an_outage_outside_of_the_intake_gives_nothing(outage: Stretch) -> None:
    assert asked(outages=[outage]) == Due(CLOSES, CLOSES + DAY)


def test_an_extension_is_itself_the_last_moment_and_never_shortens_the_grace() -> None:
    assert asked(extended_until=[CLOSES + 5 * DAY]) == Due(
        CLOSES + 5 * DAY, CLOSES + 5 * DAY, Because.EXTENSION
    )
    assert asked(extended_until=[CLOSES + HOUR]).last == CLOSES + DAY
    assert asked(extended_until=[CLOSES - DAY]) == asked()


@given(st.lists(stretches, max_size=5), stretches)
def test_one_more_outage_never_takes_time_away(outages: list[Stretch], more: Stretch) -> None:
    before = after_outages(CLOSES, opens_at=OPENS, outages=outages)

    assert after_outages(CLOSES, opens_at=OPENS, outages=[*outages, more]) >= before


@given(st.lists(stretches, max_size=5))
def test_no_hour_is_given_back_twice_and_order_does_not_matter(outages: list[Stretch]) -> None:
    moved = after_outages(CLOSES, opens_at=OPENS, outages=outages)
    dark = set()
    for outage in outages:
        hours = int((outage.ends_at - outage.starts_at) / HOUR)
        dark |= {outage.starts_at + number * HOUR for number in range(hours)}

    assert after_outages(CLOSES, opens_at=OPENS, outages=[*outages, *reversed(outages)]) == moved
    assert moved - CLOSES <= len([hour for hour in dark if hour >= OPENS]) * HOUR


@given(moments, st.lists(stretches, max_size=3), st.lists(moments, max_size=3))
def test_nobody_has_less_than_they_were_told(
    saved: datetime, outages: list[Stretch], extended: list[datetime]
) -> None:
    found = asked(first_saved_at=saved, outages=outages, extended_until=extended)

    assert CLOSES <= found.until <= found.last
    assert all(moment <= found.last for moment in extended)
    assert (found.because == Because.NOTHING) == (found.until == CLOSES)


@pytest.mark.parametrize(
    ("before", "reminder"),
    [
        (timedelta(days=3, seconds=1), None),
        (timedelta(days=3), Reminder.THREE_DAYS),
        (timedelta(days=1, seconds=1), Reminder.THREE_DAYS),
        (timedelta(days=1), Reminder.ONE_DAY),
        (timedelta(seconds=1), Reminder.ONE_DAY),
        (timedelta(), None),
    ],
)
def test_a_reminder_is_due_three_days_and_one_day_before(
    before: timedelta, reminder: Reminder | None
) -> None:
    assert reminder_due(until=CLOSES, began_at=OPENS, at=CLOSES - before) == reminder


def test_who_began_later_than_that_needs_no_reminder() -> None:
    assert reminder_due(until=CLOSES, began_at=CLOSES - 2 * DAY, at=CLOSES - 2 * DAY) is None
    assert reminder_due(until=CLOSES, began_at=CLOSES - 2 * DAY, at=CLOSES - 23 * HOUR) == Reminder.ONE_DAY
