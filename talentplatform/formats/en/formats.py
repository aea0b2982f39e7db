"""Dates and numbers as people write them in this language; digits are Latin everywhere."""

DATE_FORMAT = "j F Y"
LONG_DAY_FORMAT = "l j F Y"
TIME_FORMAT = "g:i a"
DATETIME_FORMAT = "j F Y, g:i a"
SHORT_DATE_FORMAT = "j M Y"
DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
