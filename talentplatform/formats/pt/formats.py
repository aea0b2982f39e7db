"""Dates and numbers as people write them in this language; digits are Latin everywhere."""

DATE_FORMAT = r"j \d\e F \d\e Y"
LONG_DAY_FORMAT = r"l, j \d\e F \d\e Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = r"j \d\e F \d\e Y, H:i"
SHORT_DATE_FORMAT = "j M Y"
DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "."
NUMBER_GROUPING = 3
