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
from apps.selection.services.deciding import correct_decision, hold_decisions, write_feedback
from apps.selection.services.freezing import choice_for_decisions, freeze_choice, replay_choice
from apps.selection.services.overriding import end_override, make_override
from apps.selection.services.releasing import cancel_batch, prepare_batch, release_batch
from apps.selection.services.scenarios import ask_scenario, solve_scenarios
from apps.selection.services.seats import free_seat, promote_next, take_seat, take_seats

__all__ = [
    "accept_offer",
    "ask_scenario",
    "cancel_batch",
    "choice_for_decisions",
    "correct_decision",
    "decline_offer",
    "end_override",
    "follow_withdrawal",
    "free_seat",
    "freeze_choice",
    "hold_decisions",
    "lapse_offers",
    "leave_waitlist",
    "lock_rule",
    "make_override",
    "prepare_batch",
    "promote_next",
    "record_offer_delivery",
    "release_batch",
    "remind_of_offers",
    "replay_choice",
    "rescind_offer",
    "set_rule",
    "solve_scenarios",
    "take_seat",
    "take_seats",
    "write_feedback",
]
