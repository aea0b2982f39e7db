"""Practice, certification and standing, at the borders too."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.cohorts.rules import (
    Standing,
    generation_of,
    has_lapsed,
    is_active,
    makes_a_circle,
    may_certify,
    months_before,
    practice_days,
)

days = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@given(start=days, steps=st.integers(1, 20), checkout_days=st.integers(1, 400))
def test_practice_is_spread_in_order_and_ends_on_the_last_day(
    start: date, steps: int, checkout_days: int
) -> None:
    plan = practice_days(start=start, steps=steps, checkout_days=checkout_days)

    assert len(plan) == steps
    assert list(plan) == sorted(plan)
    assert plan[0] >= start
    assert plan[-1] == start + timedelta(days=checkout_days)


@given(done=st.lists(st.booleans(), max_size=10))
def test_certification_needs_every_step_and_at_least_one(done: list[bool]) -> None:
    assert may_certify(done) == (len(done) > 0 and False not in done)


@given(on=days, ago=st.integers(0, 2000), months=st.integers(1, 36))
def test_a_trainer_is_active_exactly_while_the_last_training_is_recent(
    on: date, ago: int, months: int
) -> None:
    last = on - timedelta(days=ago)
    standing = Standing(certified_on=last, last_trained_on=last, active_months=months)

    assert is_active(standing, on=on) == (last >= months_before(on, months))
    assert is_active(standing, on=on) != has_lapsed(standing, on=on)


def test_a_new_certificate_is_not_lapsed_and_not_active() -> None:
    standing = Standing(certified_on=date(2027, 1, 1), last_trained_on=None, active_months=12)

    assert not is_active(standing, on=date(2027, 6, 1))
    assert not has_lapsed(standing, on=date(2028, 1, 1))
    assert has_lapsed(standing, on=date(2028, 1, 2))


def test_twelve_months_before_the_leap_day_is_the_last_of_february() -> None:
    assert months_before(date(2028, 2, 29), 12) == date(2027, 2, 28)


def test_generations_follow_the_youngest_teacher() -> None:
    assert generation_of([]) == 1
    assert generation_of([1, 2]) == 3


@pytest.mark.parametrize(("trainer", "trainee", "circle"), [(3, 1, True), (1, 3, False), (4, 4, True)])
def test_nobody_teaches_those_who_taught_them(trainer: int, trainee: int, circle: bool) -> None:
    assert makes_a_circle(trainer=trainer, trainee=trainee, taught=[(1, 2), (2, 3)]) is circle
