"""Every read of inclusion: released figures, the fairness reports of intakes, and which questions are asked."""

from apps.inclusion.selectors.fairness import chose_by_merit, fairness_of, latest_fairness_report
from apps.inclusion.selectors.figures import (
    Figures,
    Headline,
    breakdown,
    breakdowns,
    figures_of,
    funnel,
    headlines,
    latest_release,
    raw_counts,
    scope_names,
    share_of,
    targets_for,
)
from apps.inclusion.selectors.questions import Questions, occasion_of, questions_for

__all__ = [
    "Figures",
    "Headline",
    "Questions",
    "breakdown",
    "breakdowns",
    "chose_by_merit",
    "fairness_of",
    "figures_of",
    "funnel",
    "headlines",
    "latest_fairness_report",
    "latest_release",
    "occasion_of",
    "questions_for",
    "raw_counts",
    "scope_names",
    "share_of",
    "targets_for",
]
