"""Every read of inclusion: what releases tell, and the fairness reports of intakes."""

from apps.inclusion.selectors.definitions import (
    STANDARD_NAMES,
    baselines,
    definitions_by_standard,
    every_definition,
)
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
from apps.inclusion.selectors.indicators import (
    IndicatorTable,
    Quarter,
    definitions_to_aim_at,
    indicator_table,
    quarters_around,
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
    programs_to_aim_for,
    screenings_of,
    target_history,
    targets_of,
)

__all__ = [
    "STANDARD_NAMES",
    "TARGET_GROUPS",
    "Headline",
    "IndicatorTable",
    "Quarter",
    "Sheet",
    "Told",
    "baselines",
    "breakdowns",
    "chose_by_merit",
    "definitions_by_standard",
    "definitions_in_force",
    "definitions_to_aim_at",
    "every_definition",
    "fairness_of",
    "funnel",
    "headlines",
    "indicator_table",
    "latest_fairness_report",
    "latest_release",
    "markers_of",
    "periods",
    "plan_for",
    "programs_to_aim_for",
    "quarters_around",
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
