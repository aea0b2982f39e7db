"""Every write of selection."""

from apps.selection.services.answers import (
    accept_offer,
    decline_offer,
    follow_withdrawal,
    lapse_offers,
    leave_waitlist,
    record_offer_delivery,
    remind_of_offers,
    rescind_offer,
)
from apps.selection.services.deciding import correct_decision, hold_decisions, lock_rule, set_rule
from apps.selection.services.releasing import cancel_batch, prepare_batch, release_batch
from apps.selection.services.seats import free_seat, promote_next, take_seat, take_seats

__all__ = [
    "accept_offer",
    "cancel_batch",
    "correct_decision",
    "decline_offer",
    "follow_withdrawal",
    "free_seat",
    "hold_decisions",
    "lapse_offers",
    "leave_waitlist",
    "lock_rule",
    "prepare_batch",
    "promote_next",
    "record_offer_delivery",
    "release_batch",
    "remind_of_offers",
    "rescind_offer",
    "set_rule",
    "take_seat",
    "take_seats",
]
