"""Every write of enrolments."""

from apps.enrolments.services.ends import (
    complete_all_ready,
    complete_enrolment,
    end_enrolment,
    may_end_as,
    reopen_enrolment,
    withdraw_enrolment,
)
from apps.enrolments.services.leave import end_leave, start_leave
from apps.enrolments.services.support import cancel_support, end_support, plan_support, reasons_of
from apps.enrolments.services.take_up import begin_enrolment, take_up

__all__ = [
    "begin_enrolment",
    "cancel_support",
    "complete_all_ready",
    "complete_enrolment",
    "end_enrolment",
    "end_leave",
    "end_support",
    "may_end_as",
    "plan_support",
    "reasons_of",
    "reopen_enrolment",
    "start_leave",
    "take_up",
    "withdraw_enrolment",
]
