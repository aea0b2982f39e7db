"""Every write of courses."""

from apps.courses.services.assessments import assess_unit
from apps.courses.services.attendance import take_attendance
from apps.courses.services.plan import (
    add_unit,
    change_session,
    change_unit,
    plan_session,
    remove_session,
    remove_unit,
    set_terms,
)

__all__ = [
    "add_unit",
    "assess_unit",
    "change_session",
    "change_unit",
    "plan_session",
    "remove_session",
    "remove_unit",
    "set_terms",
    "take_attendance",
]
