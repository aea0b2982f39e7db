"""Dates as people write them in this language."""

DATE_FORMAT = "j F Y"
LONG_DAY_FORMAT = "l j F Y"
TIME_FORMAT = "g:i a"
DATETIME_FORMAT = "j F Y, g:i a"
SHORT_DATE_FORMAT = "j M Y"
