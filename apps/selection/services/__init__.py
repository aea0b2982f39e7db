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
from apps.selection.services.asking import ask_eligibility_look, ask_human_look, withdraw_look
from apps.selection.services.conditions import set_conditions, settle_condition
from apps.selection.services.deciding import correct_decision, hold_decisions, write_feedback
from apps.selection.services.freezing import choice_for_decisions, freeze_choice, replay_choice
from apps.selection.services.locking import lock_with_intake
from apps.selection.services.looking import answer_look
from apps.selection.services.overriding import end_override, make_override
from apps.selection.services.releasing import cancel_batch, prepare_batch, release_batch
from apps.selection.services.rule_changes import (
    approve_rule_change,
    propose_rule_change,
    refuse_rule_change,
    withdraw_rule_change,
)
from apps.selection.services.ruling import lock_rule, set_rule
from apps.selection.services.scenarios import ask_scenario, solve_scenarios
from apps.selection.services.seats import fill_free_seats, free_seat, promote_next, take_seat, take_seats
from apps.selection.services.seeds import (
    commit_seed,
    promise_lot,
    reveal_due_seed,
    reveal_due_seeds,
    reveal_seed,
)
from apps.selection.services.waiting import (
    close_ended_waitlists,
    close_waitlist,
    leave_waitlist,
    put_back_entry,
    skip_entry,
)

__all__ = [
    "accept_offer",
    "answer_look",
    "approve_rule_change",
    "ask_eligibility_look",
    "ask_human_look",
    "ask_scenario",
    "cancel_batch",
    "choice_for_decisions",
    "close_ended_waitlists",
    "close_waitlist",
    "commit_seed",
    "correct_decision",
    "decline_offer",
    "end_override",
    "fill_free_seats",
    "follow_withdrawal",
    "free_seat",
    "freeze_choice",
    "give_back_offer",
    "hold_decisions",
    "lapse_offers",
    "leave_waitlist",
    "lock_rule",
    "lock_with_intake",
    "make_override",
    "prepare_batch",
    "promise_lot",
    "promote_next",
    "propose_rule_change",
    "put_back_entry",
    "record_offer_delivery",
    "refuse_rule_change",
    "release_batch",
    "remind_of_offers",
    "replay_choice",
    "rescind_offer",
    "reveal_due_seed",
    "reveal_due_seeds",
    "reveal_seed",
    "set_conditions",
    "set_rule",
    "settle_condition",
    "skip_entry",
    "solve_scenarios",
    "take_seat",
    "take_seats",
    "withdraw_look",
    "withdraw_rule_change",
    "write_feedback",
]
