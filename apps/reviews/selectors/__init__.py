"""Reading reviews."""

from apps.reviews.selectors.comparison import Beside, comparison_of, may_compare
from apps.reviews.selectors.copies import Copy, Written, copy_for, state_of_copy, written_answers
from apps.reviews.selectors.desk import (
    URGENT,
    Group,
    Neighbours,
    ToDo,
    done_of,
    is_locked,
    neighbours_of,
    next_calibration,
    queue_of,
    to_do_of,
    why_reopened,
)
from apps.reviews.selectors.progress import (
    FAR_APART,
    Load,
    Progress,
    loads_of,
    progress_rows,
    read_applications,
)
from apps.reviews.selectors.scores import (
    Marks,
    as_measure,
    measures_of,
    progress_of,
    scores_by_application,
    scoring_has_begun,
)
from apps.reviews.selectors.statuses import COUNTS, READ, REVIEWABLE, TO_DO
from apps.reviews.selectors.ties import conflicts_for, limits_of, possible_reviewers

__all__ = [
    "COUNTS",
    "FAR_APART",
    "READ",
    "REVIEWABLE",
    "TO_DO",
    "URGENT",
    "Beside",
    "Copy",
    "Group",
    "Load",
    "Marks",
    "Neighbours",
    "Progress",
    "ToDo",
    "Written",
    "as_measure",
    "comparison_of",
    "conflicts_for",
    "copy_for",
    "done_of",
    "is_locked",
    "limits_of",
    "loads_of",
    "may_compare",
    "measures_of",
    "neighbours_of",
    "next_calibration",
    "possible_reviewers",
    "progress_of",
    "progress_rows",
    "queue_of",
    "read_applications",
    "scores_by_application",
    "scoring_has_begun",
    "state_of_copy",
    "to_do_of",
    "why_reopened",
    "written_answers",
]
