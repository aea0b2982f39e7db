"""Nights end at eight on the wall clock of the place, also when the clock changes in between."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from apps.notifications.rules import end_of_quiet


@pytest.mark.parametrize(
    ("zone", "now", "morning"),
    [
        ("Asia/Bangkok", "2026-11-26T12:59", None),  # 19:59
        ("Asia/Bangkok", "2026-11-26T13:00", "2026-11-27T01:00"),  # 20:00
        ("Asia/Bangkok", "2026-11-26T18:00", "2026-11-27T01:00"),  # one at night
        ("Asia/Bangkok", "2026-11-27T00:59", "2026-11-27T01:00"),  # 7:59
        ("Asia/Bangkok", "2026-11-27T01:00", None),  # 8:00
        ("America/New_York", "2026-03-08T02:00", "2026-03-08T12:00"),  # the short night of spring
        ("America/New_York", "2026-11-01T01:00", "2026-11-01T13:00"),  # the long night of autumn
    ],
)
def test_a_night_ends_at_eight(zone: str, now: str, morning: str | None) -> None:
    found = end_of_quiet(datetime.fromisoformat(now).replace(tzinfo=UTC), ZoneInfo(zone))

    wanted = datetime.fromisoformat(morning).replace(tzinfo=UTC) if morning else None
    assert found == wanted
    if found is not None:
        assert end_of_quiet(found, ZoneInfo(zone)) is None
