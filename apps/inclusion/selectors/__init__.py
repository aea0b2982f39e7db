"""Every read of inclusion: what releases tell, and the fairness reports of intakes."""

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
from apps.inclusion.selectors.sheets import (
    Sheet,
    Told,
    latest_release,
    releases_shown,
    sheet_of,
    sheets_of,
    trend_of,
)
from apps.inclusion.selectors.targets import (
    definitions_in_force,
    markers_of,
    periods,
    plan_for,
    screenings_of,
    target_history,
    targets_of,
)

__all__ = [
    "TARGET_GROUPS",
    "Headline",
    "Sheet",
    "Told",
    "breakdowns",
    "chose_by_merit",
    "definitions_in_force",
    "fairness_of",
    "funnel",
    "headlines",
    "latest_fairness_report",
    "latest_release",
    "markers_of",
    "periods",
    "plan_for",
    "raw_counts",
    "releases_shown",
    "scope_names",
    "screenings_of",
    "sheet_of",
    "sheets_of",
    "target_history",
    "targets_for",
    "targets_of",
    "trend_of",
]
