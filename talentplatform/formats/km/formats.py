"""Dates and numbers as people write them in this language; digits are Latin everywhere."""

DATE_FORMAT = "j F Y"
LONG_DAY_FORMAT = "l j F Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j F Y, H:i"
SHORT_DATE_FORMAT = "j M Y"
DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
