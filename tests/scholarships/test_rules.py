"""Instalments add up to the last cent and fall on the right day."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.scholarships.rules import MINOR_DIGITS, add_months, plan_lines, smallest_unit, split_amount

currencies = st.sampled_from(sorted(MINOR_DIGITS))


@given(units=st.integers(1, 10**10), parts=st.integers(1, 48), currency=currencies)
def test_payments_add_up_exactly_and_differ_by_one_unit_at_most(
    units: int, parts: int, currency: str
) -> None:
    unit = smallest_unit(currency)
    amount = units * unit

    if units < parts:
        with pytest.raises(ValueError, match="too many"):
            split_amount(amount, parts, currency)
        return
    payments = split_amount(amount, parts, currency)

    assert len(payments) == parts
    assert sum(payments) == amount
    assert min(payments) > 0
    assert max(payments) - min(payments) in (0, unit)
    assert list(payments) == sorted(payments, reverse=True)


def test_an_amount_finer_than_a_bank_can_send_is_refused() -> None:
    with pytest.raises(ValueError, match="smallest unit"):
        split_amount(Decimal("1000000.50"), 4, "VND")


def test_a_third_of_a_thousand_dollars_gives_the_odd_cent_first() -> None:
    assert split_amount(Decimal("1000.00"), 3, "USD") == (
        Decimal("333.34"),
        Decimal("333.33"),
        Decimal("333.33"),
    )


@given(
    day=st.dates(date(2000, 1, 1), date(2100, 12, 31)),
    months=st.integers(0, 600),
)
def test_adding_months_lands_in_the_right_month_on_the_same_or_the_last_day(day: date, months: int) -> None:
    later = add_months(day, months)

    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day
    assert later.day == day.day or add_months(date(later.year, later.month, 1), 1).toordinal() - 1 == (
        later.toordinal()
    )


def test_a_plan_from_the_last_of_january_does_not_drift() -> None:
    plan = plan_lines(
        amount=Decimal("400"), currency="USD", instalments=4, months_between=1, first_on=date(2027, 1, 31)
    )

    assert [line.due_on for line in plan] == [
        date(2027, 1, 31),
        date(2027, 2, 28),
        date(2027, 3, 31),
        date(2027, 4, 30),
    ]
    assert [line.number for line in plan] == [1, 2, 3, 4]
