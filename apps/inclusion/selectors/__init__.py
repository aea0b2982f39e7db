"""Every read of inclusion: what releases tell, fairness reports of intakes, and which questions are asked."""

from apps.inclusion.selectors.fairness import chose_by_merit, fairness_of, latest_fairness_report
from apps.inclusion.selectors.figures import (
    TARGET_GROUPS,
    Headline,
    breakdowns,
    funnel,
    headlines,
    raw_counts,
    scope_names,
    targets_for,
)
from apps.inclusion.selectors.questions import Questions, occasion_of, questions_for
from apps.inclusion.selectors.sheets import (
    Sheet,
    Told,
    latest_release,
    releases_shown,
    sheet_of,
    sheets_of,
    trend_of,
)

__all__ = [
    "TARGET_GROUPS",
    "Headline",
    "Questions",
    "Sheet",
    "Told",
    "breakdowns",
    "chose_by_merit",
    "fairness_of",
    "funnel",
    "headlines",
    "latest_fairness_report",
    "latest_release",
    "occasion_of",
    "questions_for",
    "raw_counts",
    "releases_shown",
    "scope_names",
    "sheet_of",
    "sheets_of",
    "targets_for",
    "trend_of",
]
