"""Every write of selection."""

from apps.selection.services.answers import (
    accept_offer,
    decline_offer,
    follow_withdrawal,
    give_back_offer,
    lapse_offers,
    record_offer_delivery,
    remind_of_offers,
    rescind_offer,
)
from apps.selection.services.conditions import set_conditions, settle_condition
from apps.selection.services.deciding import correct_decision, hold_decisions, lock_rule, set_rule
from apps.selection.services.locking import lock_with_intake
from apps.selection.services.releasing import cancel_batch, prepare_batch, release_batch
from apps.selection.services.seats import fill_free_seats, free_seat, promote_next, take_seat, take_seats
from apps.selection.services.waiting import (
    close_ended_waitlists,
    close_waitlist,
    leave_waitlist,
    put_back_entry,
    skip_entry,
)

__all__ = [
    "accept_offer",
    "cancel_batch",
    "close_ended_waitlists",
    "close_waitlist",
    "correct_decision",
    "decline_offer",
    "fill_free_seats",
    "follow_withdrawal",
    "free_seat",
    "give_back_offer",
    "hold_decisions",
    "lapse_offers",
    "leave_waitlist",
    "lock_rule",
    "lock_with_intake",
    "prepare_batch",
    "promote_next",
    "put_back_entry",
    "record_offer_delivery",
    "release_batch",
    "remind_of_offers",
    "rescind_offer",
    "set_conditions",
    "set_rule",
    "settle_condition",
    "skip_entry",
    "take_seat",
    "take_seats",
]
