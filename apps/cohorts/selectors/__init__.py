"""Reading practice, standing and the cascade of trainers."""

from apps.cohorts.selectors.cascade import (
    cascade_of,
    pupils_of,
    reach_of,
    teachers_of,
    trainers_with_numbers,
    trainings_of,
)
from apps.cohorts.selectors.practice import (
    in_practice,
    may_have_lapsed,
    next_step,
    practice_of,
    practice_progress,
    ready_to_certify,
    terms_of,
    today_for,
    trainer_of,
    what_is_missing,
)
from apps.cohorts.selectors.results import cohort_results
from apps.cohorts.selectors.teaching import may_become_master, may_teach, teaches
from apps.cohorts.selectors.ties import trained_together

__all__ = [
    "cascade_of",
    "cohort_results",
    "in_practice",
    "may_become_master",
    "may_have_lapsed",
    "may_teach",
    "next_step",
    "practice_of",
    "practice_progress",
    "pupils_of",
    "reach_of",
    "ready_to_certify",
    "teachers_of",
    "teaches",
    "terms_of",
    "today_for",
    "trained_together",
    "trainer_of",
    "trainers_with_numbers",
    "trainings_of",
    "what_is_missing",
]
