"""Reading selection."""

from apps.selection.selectors.choosing import last_frozen
from apps.selection.selectors.deciding import (
    batches_of,
    batches_waiting,
    has_withdrawn,
    held_of,
    in_force,
    outcome_counts,
    own_decision,
)
from apps.selection.selectors.explaining import explanation_of, replay_decision, told_of
from apps.selection.selectors.looking import looks_waiting
from apps.selection.selectors.offers import offers_of, waitlist_of
from apps.selection.selectors.proposed import proposed_rule
from apps.selection.selectors.ranking import (
    Place,
    RankedRow,
    decidable,
    merit_choice,
    ranked,
    ranking,
    rows_for,
)
from apps.selection.selectors.rule import (
    closed_proposals,
    drift_of,
    live_rule,
    open_proposal,
    rule_as_data,
    rule_in_force,
    rule_of,
    ruling_of,
    scores_seen,
    versions_of,
)
from apps.selection.selectors.statuses import RANKED
from apps.selection.selectors.told import ToldRule, fixed_rule, told_rule

__all__ = [
    "RANKED",
    "Place",
    "RankedRow",
    "ToldRule",
    "batches_of",
    "batches_waiting",
    "closed_proposals",
    "decidable",
    "drift_of",
    "explanation_of",
    "fixed_rule",
    "has_withdrawn",
    "held_of",
    "in_force",
    "last_frozen",
    "live_rule",
    "looks_waiting",
    "merit_choice",
    "offers_of",
    "open_proposal",
    "outcome_counts",
    "own_decision",
    "proposed_rule",
    "ranked",
    "ranking",
    "replay_decision",
    "rows_for",
    "rule_as_data",
    "rule_in_force",
    "rule_of",
    "ruling_of",
    "scores_seen",
    "told_of",
    "told_rule",
    "versions_of",
    "waitlist_of",
]
