"""Dates and numbers as people write them in this language; digits are Latin everywhere."""

DATE_FORMAT = r"\n\g\à\y j \t\h\á\n\g n \n\ă\m Y"
LONG_DAY_FORMAT = r"l, \n\g\à\y j \t\h\á\n\g n \n\ă\m Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = r"\n\g\à\y j \t\h\á\n\g n \n\ă\m Y, H:i"
SHORT_DATE_FORMAT = "j/n/Y"
DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "."
NUMBER_GROUPING = 3
