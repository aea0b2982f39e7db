"""Dates as people write them in this language."""

DATE_FORMAT = "j F Y"
LONG_DAY_FORMAT = "l j F Y"
TIME_FORMAT = "H.i"
DATETIME_FORMAT = "j F Y, H.i"
SHORT_DATE_FORMAT = "j M Y"
