"""Days in words; `core.moments` words hours and deadlines. Thai pages write both eras: 5 มกราคม 2570 (2027)."""

from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import get_language

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
