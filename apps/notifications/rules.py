"""When a telephone may ring."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

QUIET_FROM, QUIET_UNTIL = time(20), time(8)


def end_of_quiet(now: datetime, zone: ZoneInfo) -> datetime | None:
    """The next morning while it is night at `zone`, else None.

    The morning is a wall clock's, so that a night in which the clock changes is an hour longer or shorter.
    """
    local = now.astimezone(zone)
    if QUIET_UNTIL <= local.time() < QUIET_FROM:
        return None
    day = local.date() + timedelta(days=local.time() >= QUIET_FROM)
    return datetime.combine(day, QUIET_UNTIL, tzinfo=zone)
