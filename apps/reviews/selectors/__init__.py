"""Reading reviews."""

from apps.reviews.selectors.answers import topic_questions, topics_of
from apps.reviews.selectors.calibration import (
    CalibrationRow,
    CalibrationSet,
    calibration_of,
    papers_for_calibration,
)
from apps.reviews.selectors.coverage import Coverage, languages_covered, topics_covered
from apps.reviews.selectors.desk import URGENT, Group, ToDo, queue_of, to_do_of, why_reopened
from apps.reviews.selectors.planning import kept_apart, papers_of, readers_of, standing_of
from apps.reviews.selectors.progress import (
    FAR_APART,
    Load,
    Progress,
    loads_of,
    progress_rows,
    read_applications,
)
from apps.reviews.selectors.quality import (
    MOST_SHOWN,
    Disputed,
    Quality,
    disagreements_of,
    quality_of,
    settled,
)
from apps.reviews.selectors.readers import (
    chosen_reviewers,
    limits_of,
    possible_reviewers,
    readings_of_application,
    told_ties,
)
from apps.reviews.selectors.runs import last_run, untouched
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
from apps.reviews.selectors.ties import Pair, conflicts_for, ties_between

__all__ = [
    "COUNTS",
    "FAR_APART",
    "MOST_SHOWN",
    "READ",
    "REVIEWABLE",
    "TO_DO",
    "URGENT",
    "CalibrationRow",
    "CalibrationSet",
    "Coverage",
    "CriterionMean",
    "Disputed",
    "Group",
    "Load",
    "Marks",
    "Pair",
    "Progress",
    "Quality",
    "ToDo",
    "as_measure",
    "calibration_of",
    "chosen_reviewers",
    "conflicts_for",
    "criterion_means",
    "disagreements_of",
    "kept_apart",
    "languages_covered",
    "last_run",
    "limits_of",
    "loads_of",
    "measures_of",
    "papers_for_calibration",
    "papers_of",
    "possible_reviewers",
    "progress_of",
    "progress_rows",
    "quality_of",
    "queue_of",
    "read_applications",
    "readers_of",
    "readings_of_application",
    "scores_by_application",
    "scoring_has_begun",
    "settled",
    "standing_of",
    "ties_between",
    "to_do_of",
    "told_ties",
    "topic_questions",
    "topics_covered",
    "topics_of",
    "untouched",
    "why_reopened",
]
