"""The one place that words a moment or a deadline for a person.

A deadline is a wall clock with its weekday and the name of its zone, never "midnight": 00:00 reads as
one minute earlier, on the day people think it belongs to.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.core.dates import day_in_words
from apps.core.zones import zone_name

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
#: Closer than this, hours say more than "today".
HOURS_SAY_MORE = 12 * HOUR


@dataclass(frozen=True, slots=True)
class Deadline:
    """`when` is the moment in words, `left` a sentence about the time until then (empty when over)."""

    at: datetime
    when: str
    left: str

    @property
    def is_over(self) -> bool:
        return not self.left


def deadline(at: datetime, zone: ZoneInfo, *, now: datetime | None = None) -> Deadline:
    at, now = at.astimezone(UTC), (now or timezone.now()).astimezone(UTC)  # real hours, whatever clocks do
    shown = _not_midnight(at, zone)
    return Deadline(at=at, when=in_words(shown, zone), left=_left(at, shown, zone, now))


def in_words(moment: datetime, zone: ZoneInfo) -> str:
    """'Saturday 28 November 2026, 11:59 p.m. (Bangkok time)'.

    When clocks go back an hour is told twice: then the distance from UTC says which one is meant.
    """
    local = timezone.localtime(moment, zone)
    name = zone_name(zone.key)
    if _comes_twice(local):
        name = _("{zone}, UTC{offset}").format(zone=name, offset=f"{local:%z}"[:3] + ":" + f"{local:%z}"[3:5])
    return _("{date}, {time} ({zone})").format(
        date=day_in_words(local, weekday=True), time=date_format(local, "TIME_FORMAT"), zone=name
    )


def clock(moment: datetime, zone: ZoneInfo) -> str:
    """Today the time alone, as a phone shows it: 14:02. Before today with its day."""
    local = timezone.localtime(moment, zone)
    time = f"{local:%H:%M}"
    is_today = local.date() == timezone.localtime(timezone.now(), zone).date()
    return time if is_today else f"{time}, {day_in_words(local)}"


def _not_midnight(at: datetime, zone: ZoneInfo) -> datetime:
    local = timezone.localtime(at, zone)
    return at - MINUTE if (local.hour, local.minute) == (0, 0) else at


def _comes_twice(local: datetime) -> bool:
    return local.replace(fold=0).utcoffset() > local.replace(fold=1).utcoffset()  # type: ignore[operator]


def _left(at: datetime, shown: datetime, zone: ZoneInfo, now: datetime) -> str:
    """Minutes and hours by the clock, days by the calendar of the reader's zone."""
    rest = at - now
    if rest < timedelta():
        return ""
    if rest < HOUR:
        number = max(rest // MINUTE, 1)
        return ngettext("That is in {n} minute.", "That is in {n} minutes.", number).format(n=number)
    if rest < HOURS_SAY_MORE:
        number = rest // HOUR
        return ngettext("That is in {n} hour.", "That is in {n} hours.", number).format(n=number)
    days = (timezone.localtime(shown, zone).date() - timezone.localtime(now, zone).date()).days
    if days < 2:
        return _("That is tomorrow.") if days == 1 else _("That is today.")
    return ngettext("That is in {n} day.", "That is in {n} days.", days).format(n=days)
