"""Reading selection."""

from apps.selection.selectors.deciding import (
    batches_of,
    batches_waiting,
    has_withdrawn,
    held_of,
    in_force,
    outcome_counts,
    own_decision,
)
from apps.selection.selectors.offers import offers_of, waitlist_of
from apps.selection.selectors.ranking import RankedRow, decidable, ranking, rows_for
from apps.selection.selectors.rule import rule_as_data, rule_of
from apps.selection.selectors.statuses import RANKED

__all__ = [
    "RANKED",
    "RankedRow",
    "batches_of",
    "batches_waiting",
    "decidable",
    "has_withdrawn",
    "held_of",
    "in_force",
    "offers_of",
    "outcome_counts",
    "own_decision",
    "ranking",
    "rows_for",
    "rule_as_data",
    "rule_of",
    "waitlist_of",
]
