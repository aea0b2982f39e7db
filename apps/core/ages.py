"""How old somebody is."""

from datetime import date


def age_on(born: date, day: date) -> int:
    """Completed years; someone born on 29 February turns a year older on 1 March of common years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
