"""Every read of inclusion: released figures, and the fairness reports of intakes."""

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

__all__ = [
    "Figures",
    "Headline",
    "breakdown",
    "breakdowns",
    "chose_by_merit",
    "fairness_of",
    "figures_of",
    "funnel",
    "headlines",
    "latest_fairness_report",
    "latest_release",
    "raw_counts",
    "scope_names",
    "share_of",
    "targets_for",
]
