"""Age bands: the age on the day somebody applied, in the bands figures are split by.

The bounds follow the United Nations' youth (15–24) and its ten-year groups, cut at 18 and 30 where
laws and national definitions of youth cut.
"""

from bisect import bisect_right
from datetime import date

from apps.core.ages import age_on

#: Completed years at which each band but the first begins.
FROM = (15, 18, 25, 30, 35, 45, 55, 65)
BANDS = ("under_15", "15_17", "18_24", "25_29", "30_34", "35_44", "45_54", "55_64", "65_plus")
MISSING = "missing"
ADULT = 18
#: Younger people are asked nothing about functioning: another instrument exists for them.
SHORT_SET_FROM = 15


def age_of(born_on: date | None, on: date | None) -> int | None:
    """Completed years, or None when a date is missing or the birth lies after the day."""
    if born_on is None or on is None or born_on > on:
        return None
    return age_on(born_on, on)


def age_band(born_on: date | None, on: date | None) -> str:
    age = age_of(born_on, on)
    return MISSING if age is None else BANDS[bisect_right(FROM, age)]


def is_minor(born_on: date | None, on: date | None) -> bool:
    """Known to be under 18; somebody whose age we do not know is asked as an adult."""
    age = age_of(born_on, on)
    return age is not None and age < ADULT
