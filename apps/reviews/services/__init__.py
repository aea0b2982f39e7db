"""Every write of reviews."""

from apps.reviews.services.assign import (
    assign_reviewers,
    cancel_assignments,
    declare_conflict,
    plan_assignments,
    recuse,
    release_reviewer,
)
from apps.reviews.services.preparing import prepare_copy
from apps.reviews.services.reviewing import declare_no_conflict, reopen_review, submit_review
from apps.reviews.services.rubric import rubric_of, set_reviewers, set_rubric
from apps.reviews.services.saving import Stale, save_comment, save_review, save_score

__all__ = [
    "Stale",
    "assign_reviewers",
    "cancel_assignments",
    "declare_conflict",
    "declare_no_conflict",
    "plan_assignments",
    "prepare_copy",
    "recuse",
    "release_reviewer",
    "reopen_review",
    "rubric_of",
    "save_comment",
    "save_review",
    "save_score",
    "set_reviewers",
    "set_rubric",
    "submit_review",
]
