"""Dates and numbers as people write them in this language; digits are Latin everywhere."""

DATE_FORMAT = "Y年n月j日"
LONG_DAY_FORMAT = "Y年n月j日 l"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "Y年n月j日, H:i"
SHORT_DATE_FORMAT = "Y年n月j日"
DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
