"""Days and spans of time in words. Thai pages write both eras: 5 มกราคม 2570 (2027)."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from apps.core.zones import zone_name

#: How far the years of the Buddhist era are ahead of the common era.
BUDDHIST_AHEAD = 543
BUDDHIST_YEARS = range(2400, 2601)


def common_year(year: int) -> int:
    """A year as typed: nobody here is born or pays in 2400 of the common era, so that is Buddhist."""
    return year - BUDDHIST_AHEAD if year in BUDDHIST_YEARS else year


def day_in_words(day: date | datetime, *, weekday: bool = False) -> str:
    """'5 January 2027', or 'Tuesday 5 January 2027' near a deadline."""
    words = date_format(day, "LONG_DAY_FORMAT" if weekday else "DATE_FORMAT")
    if get_language() == "th":
        return words.replace(str(day.year), f"{day.year + BUDDHIST_AHEAD} ({day.year})")
    return words


def moment_in_words(moment: datetime, zone: ZoneInfo) -> str:
    """Weekday, date, time and the zone's name: 'Friday 28 November 2026, 11:59 pm (Bangkok time)'."""
    local = timezone.localtime(moment, zone)
    return _("{date}, {time} ({zone} time)").format(
        date=day_in_words(local, weekday=True),
        time=time_format(local, "TIME_FORMAT"),
        zone=zone_name(zone.key),
    )


def clock(moment: datetime, zone: ZoneInfo) -> str:
    """Today the time alone, as a phone shows it: 14:02. Before today with its day."""
    local = timezone.localtime(moment, zone)
    time = f"{local:%H:%M}"
    is_today = local.date() == timezone.localtime(timezone.now(), zone).date()
    return time if is_today else f"{time}, {day_in_words(local)}"


def time_left(moment: datetime) -> str:
    """How long until `moment`: days, in the last two days hours, in the last two hours minutes."""
    minutes = max(int((moment - timezone.now()).total_seconds() // 60), 0)
    if minutes >= 48 * 60:
        days = minutes // (24 * 60)
        return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
    if minutes >= 2 * 60:
        hours = minutes // 60
        return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
