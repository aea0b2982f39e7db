"""Practice days, certification, standing and generations of trainers."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides whether a certified trainer is still a trainer."""

    certified_on: date
    last_trained_on: date | None
    active_months: int


def practice_days(*, start: date, steps: int, checkout_days: int) -> tuple[date, ...]:
    """When each practice step is due: spread evenly, the last one on the last day."""
    return tuple(start + timedelta(days=checkout_days * number // steps) for number in range(1, steps + 1))


def may_certify(done: Iterable[bool]) -> bool:
    """Every step of the practice plan is done; a plan without steps certifies nobody."""
    steps = list(done)
    return bool(steps) and all(steps)


def months_before(day: date, months: int) -> date:
    """The same day `months` earlier, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def is_active(standing: Standing, *, on: date) -> bool:
    """A training held within the last `active_months` months, the anniversary included."""
    last = standing.last_trained_on
    return last is not None and last >= months_before(on, standing.active_months)


def has_lapsed(standing: Standing, *, on: date) -> bool:
    """Neither a training nor the certificate itself within the last `active_months` months."""
    newest = max(standing.certified_on, standing.last_trained_on or standing.certified_on)
    return newest < months_before(on, standing.active_months)


def generation_of(teachers: Iterable[int]) -> int:
    """One more than the youngest generation among the teachers; the first when nobody is known."""
    return max(teachers, default=0) + 1


def makes_a_circle(*, trainer: int, trainee: int, taught: Iterable[tuple[int, int]]) -> bool:
    """Whether `trainer` was, directly or through others, taught by `trainee`.

    `taught` holds (trainer, trainee) pairs already written.
    """
    after: dict[int, list[int]] = {}
    for teacher, pupil in taught:
        after.setdefault(teacher, []).append(pupil)
    seen, waiting = {trainee}, [trainee]
    while waiting:
        for pupil in after.get(waiting.pop(), ()):
            if pupil not in seen:
                seen.add(pupil)
                waiting.append(pupil)
    return trainer in seen
