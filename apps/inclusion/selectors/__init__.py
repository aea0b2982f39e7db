"""Every read of inclusion: what releases tell, fairness reports of intakes, and which questions are asked."""

from apps.inclusion.selectors.boards import LEVELS, Board, board_of, readable_releases
from apps.inclusion.selectors.changes import Changes, changes_of, restatements
from apps.inclusion.selectors.context import context_of
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

__all__ = [
    "GROUPS",
    "LEVELS",
    "NAMES",
    "SINGLE",
    "TARGET_GROUPS",
    "Board",
    "Changes",
    "Headline",
    "Quality",
    "Question",
    "Questions",
    "Sheet",
    "Told",
    "board_of",
    "breakdowns",
    "changes_of",
    "chose_by_merit",
    "context_of",
    "fairness_of",
    "funnel",
    "headlines",
    "latest_fairness_report",
    "latest_release",
    "live_totals",
    "occasion_of",
    "quality_of",
    "questions",
    "questions_for",
    "raw_counts",
    "readable_releases",
    "releases_shown",
    "restatements",
    "scope_names",
    "shared_views",
    "sheet_of",
    "sheets_of",
    "targets_for",
    "trend_of",
]
