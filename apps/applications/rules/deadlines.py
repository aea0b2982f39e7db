"""The last moment at which an application may be sent. Submitting, ending drafts and pages ask here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Because(StrEnum):
    """Why somebody has longer than everyone else."""

    NOTHING = ""
    OUTAGE = "outage"
    EXTENSION = "extension"


class Reminder(StrEnum):
    THREE_DAYS = "three_days"
    ONE_DAY = "one_day"


#: How long before the deadline each reminder is due, the nearest first.
REMINDERS = {Reminder.ONE_DAY: timedelta(days=1), Reminder.THREE_DAYS: timedelta(days=3)}


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time without internet in somebody's country."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Due:
    """`until` is the deadline we tell; `last` the very last moment, with the grace of a saved draft."""

    until: datetime
    last: datetime
    because: Because = Because.NOTHING

    def allows(self, at: datetime) -> bool:
        return at <= self.last

    def is_in_grace(self, at: datetime) -> bool:
        """Past the deadline we told, and still taken."""
        return self.until < at <= self.last


def due(
    *,
    closes_at: datetime,
    opens_at: datetime | None,
    grace: timedelta,
    first_saved_at: datetime,
    outages: Iterable[Stretch] = (),
    extended_until: Iterable[datetime] = (),
) -> Due:
    """Outages move the deadline, and the grace moves with it; an extension is itself the last moment.

    The grace belongs to a draft whose first save was in time: what is saved later takes nothing away.
    Times are only ever added, so whoever was told a moment keeps at least that.
    """
    moved = after_outages(closes_at, opens_at=opens_at, outages=outages)
    extension = max(extended_until, default=moved)
    until = max(moved, extension)
    last = max(until, moved + grace if first_saved_at <= moved else moved)
    return Due(until=until, last=last, because=_why(closes_at, moved, extension))


def _why(closes_at: datetime, moved: datetime, extension: datetime) -> Because:
    if extension > moved:
        return Because.EXTENSION
    return Because.OUTAGE if moved > closes_at else Because.NOTHING


def after_outages(closes_at: datetime, *, opens_at: datetime | None, outages: Iterable[Stretch]) -> datetime:
    """Give back each hour without internet between opening and the deadline, and no hour twice.

    An outage that outlasts the deadline counts whole: people then have as long after it as they had
    left when it began.
    """
    moved = closes_at
    counted_to = opens_at
    for outage in sorted(outages, key=lambda each: (each.starts_at, each.ends_at)):
        starts = outage.starts_at if counted_to is None else max(outage.starts_at, counted_to)
        if starts < moved and starts < outage.ends_at:
            moved += outage.ends_at - starts
            counted_to = outage.ends_at
    return moved


def reminder_due(*, until: datetime, began_at: datetime, at: datetime) -> Reminder | None:
    """Which reminder it is time for. Who began later than that needs none: they know the date."""
    for reminder, before in REMINDERS.items():
        if until - before <= at < until:
            return reminder if began_at < until - before else None
    return None
