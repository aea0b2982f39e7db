"""Money in instalments: what each line is worth and on which day it falls due."""

import calendar
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

#: Digits after the point that a bank can send, from ISO 4217; currencies of the member states.
MINOR_DIGITS = {
    "USD": 2,
    "BND": 2,
    "IDR": 2,
    "KHR": 2,
    "LAK": 2,
    "MMK": 2,
    "MYR": 2,
    "PHP": 2,
    "SGD": 2,
    "THB": 2,
    "VND": 0,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One instalment of an award."""

    number: int
    amount: Decimal
    due_on: date


def smallest_unit(currency: str) -> Decimal:
    """The least amount that can be paid: 0.01 US dollar, 1 Vietnamese dong."""
    return Decimal(1).scaleb(-MINOR_DIGITS[currency])


def split_amount(amount: Decimal, parts: int, currency: str) -> tuple[Decimal, ...]:
    """`amount` in `parts` payments that add up to it exactly and differ by one smallest unit at most.

    The larger payments come first. Raises ValueError when the amount has a fraction no bank can
    send, or is too small to pay something each time.
    """
    unit = smallest_unit(currency)
    units, rest = divmod(amount, unit)
    if rest:
        raise ValueError("the amount is finer than the smallest unit of its currency")
    if parts < 1 or units < parts:
        raise ValueError("too many instalments for the amount")
    each, larger = divmod(int(units), parts)
    return tuple((each + (number < larger)) * unit for number in range(parts))


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day: 31 January + 1 is 28 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def plan_lines(
    *, amount: Decimal, currency: str, instalments: int, months_between: int, first_on: date
) -> tuple[Line, ...]:
    """The payment plan of an award. Days are counted from the first one, so they never drift."""
    amounts = split_amount(amount, instalments, currency)
    return tuple(
        Line(number=number + 1, amount=part, due_on=add_months(first_on, number * months_between))
        for number, part in enumerate(amounts)
    )
