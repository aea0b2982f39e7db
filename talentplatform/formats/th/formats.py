"""Dates as people write them in this language."""

DATE_FORMAT = "j F Y"
LONG_DAY_FORMAT = "วันlที่ j F Y"
TIME_FORMAT = "H.i น."
DATETIME_FORMAT = "j F Y, H.i น."
SHORT_DATE_FORMAT = "j M Y"
