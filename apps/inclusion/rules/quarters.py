"""Quarters, named by their last day."""

from datetime import date, timedelta


def last_day(day: date) -> date:
    """Of the quarter that `day` lies in."""
    first_of_last = date(day.year, (day.month + 2) // 3 * 3, 1)
    return (first_of_last + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def is_last_day(day: date) -> bool:
    return day == last_day(day)


def from_here(day: date, *, before: int = 0, after: int = 0) -> list[date]:
    """The quarter of `day` with so many before and after it, oldest first."""
    number = day.year * 4 + (day.month - 1) // 3
    return [
        last_day(date(each // 4, each % 4 * 3 + 1, 1)) for each in range(number - before, number + after + 1)
    ]


def in_words(last: date) -> str:
    """2026-Q3."""
    return f"{last.year}-Q{last.month // 3}"
