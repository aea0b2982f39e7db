"""Every write of scholarships."""

from apps.scholarships.services.awards import (
    activate_award,
    agree_award,
    complete_award_if_settled,
    draft_award,
    restore_award,
    suspend_award,
    terminate_award,
)
from apps.scholarships.services.due import fall_due
from apps.scholarships.services.payments import (
    approve_payment,
    cancel_payment,
    confirm_payment,
    reissue_payment,
    reschedule_payment,
    return_payment,
    send_payment,
)
from apps.scholarships.services.terms import set_terms

__all__ = [
    "activate_award",
    "agree_award",
    "approve_payment",
    "cancel_payment",
    "complete_award_if_settled",
    "confirm_payment",
    "draft_award",
    "fall_due",
    "reissue_payment",
    "reschedule_payment",
    "restore_award",
    "return_payment",
    "send_payment",
    "set_terms",
    "suspend_award",
    "terminate_award",
]
