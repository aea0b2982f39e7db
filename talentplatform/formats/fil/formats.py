"""Dates and numbers as people write them in this language; digits are Latin everywhere."""

DATE_FORMAT = "F j, Y"
LONG_DAY_FORMAT = "l, F j, Y"
TIME_FORMAT = "g:i a"
DATETIME_FORMAT = "F j, Y, g:i a"
SHORT_DATE_FORMAT = "M j, Y"
DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
