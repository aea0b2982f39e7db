"""Every write of reviews."""

from apps.reviews.services.assign import (
    assign_reviewers,
    cancel_assignments,
    declare_conflict,
    plan_assignments,
    recuse,
    release_reviewer,
)
from apps.reviews.services.reviewing import declare_no_conflict, reopen_review, save_review, submit_review
from apps.reviews.services.rubric import rubric_of, set_reviewers, set_rubric

__all__ = [
    "assign_reviewers",
    "cancel_assignments",
    "declare_conflict",
    "declare_no_conflict",
    "plan_assignments",
    "recuse",
    "release_reviewer",
    "reopen_review",
    "rubric_of",
    "save_review",
    "set_reviewers",
    "set_rubric",
    "submit_review",
]
