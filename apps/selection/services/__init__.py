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
from apps.selection.services.deciding import correct_decision, hold_decisions
from apps.selection.services.releasing import cancel_batch, prepare_batch, release_batch
from apps.selection.services.rule_changes import (
    approve_rule_change,
    propose_rule_change,
    refuse_rule_change,
    withdraw_rule_change,
)
from apps.selection.services.ruling import lock_rule, set_rule
from apps.selection.services.seats import free_seat, promote_next, take_seat, take_seats
from apps.selection.services.seeds import (
    commit_seed,
    promise_lot,
    reveal_due_seed,
    reveal_due_seeds,
    reveal_seed,
)

__all__ = [
    "accept_offer",
    "approve_rule_change",
    "cancel_batch",
    "commit_seed",
    "correct_decision",
    "decline_offer",
    "follow_withdrawal",
    "free_seat",
    "hold_decisions",
    "lapse_offers",
    "leave_waitlist",
    "lock_rule",
    "prepare_batch",
    "promise_lot",
    "promote_next",
    "propose_rule_change",
    "record_offer_delivery",
    "refuse_rule_change",
    "release_batch",
    "remind_of_offers",
    "rescind_offer",
    "reveal_due_seed",
    "reveal_due_seeds",
    "reveal_seed",
    "set_rule",
    "take_seat",
    "take_seats",
    "withdraw_rule_change",
]
