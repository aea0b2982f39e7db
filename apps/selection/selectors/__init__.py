"""Reading selection."""

from apps.selection.selectors.deciding import (
    batches_of,
    batches_waiting,
    decisions_of,
    has_withdrawn,
    held_of,
    in_force,
    outcome_counts,
    own_decision,
    seats_after,
)
from apps.selection.selectors.offers import (
    Band,
    band_of,
    conditions_waiting,
    has_open_conditions,
    lanes_of_seat,
    offers_of,
    offers_with_conditions,
    own_entry,
    standing_in_line,
    still_listed,
    waitlist_of,
    waitlist_rule_of,
    waits_for_conditions,
)
from apps.selection.selectors.ranking import RankedRow, decidable, ranking, rows_for
from apps.selection.selectors.rule import rule_as_data, rule_of
from apps.selection.selectors.statuses import RANKED

__all__ = [
    "RANKED",
    "Band",
    "RankedRow",
    "band_of",
    "batches_of",
    "batches_waiting",
    "conditions_waiting",
    "decidable",
    "decisions_of",
    "has_open_conditions",
    "has_withdrawn",
    "held_of",
    "in_force",
    "lanes_of_seat",
    "offers_of",
    "offers_with_conditions",
    "outcome_counts",
    "own_decision",
    "own_entry",
    "ranking",
    "rows_for",
    "rule_as_data",
    "rule_of",
    "seats_after",
    "standing_in_line",
    "still_listed",
    "waitlist_of",
    "waitlist_rule_of",
    "waits_for_conditions",
]
