"""Every read of inclusion: what releases tell, fairness reports of intakes, and which questions are asked."""

from apps.inclusion.selectors.boards import LEVELS, Board, board_of, readable_releases
from apps.inclusion.selectors.changes import Changes, changes_of, latest_quarter, restatements
from apps.inclusion.selectors.context import context_of
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
from apps.inclusion.selectors.group_questions import GROUPS, NAMES, SINGLE, Question, questions
from apps.inclusion.selectors.indicators import (
    IndicatorTable,
    Quarter,
    definitions_to_aim_at,
    indicator_table,
    quarters_around,
)
from apps.inclusion.selectors.intakes import live_totals
from apps.inclusion.selectors.quality import Quality, quality_of
from apps.inclusion.selectors.questions import Questions, occasion_of, questions_for
from apps.inclusion.selectors.sharing import shared_views
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
    "GROUPS",
    "LEVELS",
    "NAMES",
    "SINGLE",
    "STANDARD_NAMES",
    "TARGET_GROUPS",
    "Board",
    "Changes",
    "Headline",
    "IndicatorTable",
    "Quality",
    "Quarter",
    "Question",
    "Questions",
    "Sheet",
    "Told",
    "baselines",
    "board_of",
    "breakdowns",
    "changes_of",
    "chose_by_merit",
    "context_of",
    "definitions_by_standard",
    "definitions_in_force",
    "definitions_to_aim_at",
    "every_definition",
    "fairness_of",
    "funnel",
    "headlines",
    "indicator_table",
    "latest_fairness_report",
    "latest_quarter",
    "latest_release",
    "live_totals",
    "markers_of",
    "occasion_of",
    "periods",
    "plan_for",
    "programs_to_aim_for",
    "quality_of",
    "quarters_around",
    "questions",
    "questions_for",
    "raw_counts",
    "readable_releases",
    "releases_shown",
    "restatements",
    "scope_names",
    "screenings_of",
    "shared_views",
    "sheet_of",
    "sheets_of",
    "target_history",
    "targets_for",
    "targets_of",
    "trend_of",
]
