"""Reading reviews."""

from apps.reviews.selectors.desk import URGENT, Group, ToDo, queue_of, to_do_of, why_reopened
from apps.reviews.selectors.progress import (
    FAR_APART,
    Load,
    Progress,
    loads_of,
    progress_rows,
    read_applications,
)
from apps.reviews.selectors.scores import (
    CriterionMean,
    Marks,
    as_measure,
    criterion_means,
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
    "CriterionMean",
    "Group",
    "Load",
    "Marks",
    "Progress",
    "ToDo",
    "as_measure",
    "conflicts_for",
    "criterion_means",
    "limits_of",
    "loads_of",
    "measures_of",
    "possible_reviewers",
    "progress_of",
    "progress_rows",
    "queue_of",
    "read_applications",
    "scores_by_application",
    "scoring_has_begun",
    "to_do_of",
    "why_reopened",
]
