"""Every write of reviews."""

from apps.reviews.services.assign import Plan, assign_reviewers, plan_assignments
from apps.reviews.services.calibrating import add_papers, agree_points, hand_out_calibration, remove_paper
from apps.reviews.services.manual import add_reader, remove_reader
from apps.reviews.services.preparing import prepare_copy
from apps.reviews.services.recheck import recheck_application, recheck_conflicts, recheck_person
from apps.reviews.services.reviewers import Reads, describe_reviewer, set_reviewers
from apps.reviews.services.reviewing import declare_no_conflict, reopen_review, submit_review
from apps.reviews.services.rubric import rubric_of, set_rubric
from apps.reviews.services.saving import Stale, save_comment, save_review, save_score
from apps.reviews.services.step_back import cancel_assignments, declare_conflict, recuse, release_reviewer
from apps.reviews.services.third import Asked, ask_third_readings
from apps.reviews.services.ties import take_back_tie, tell_tie
from apps.reviews.services.undo import Undone, undo_run

__all__ = [
    "Asked",
    "Plan",
    "Reads",
    "Stale",
    "Undone",
    "add_papers",
    "add_reader",
    "agree_points",
    "ask_third_readings",
    "assign_reviewers",
    "cancel_assignments",
    "declare_conflict",
    "declare_no_conflict",
    "describe_reviewer",
    "hand_out_calibration",
    "plan_assignments",
    "prepare_copy",
    "recheck_application",
    "recheck_conflicts",
    "recheck_person",
    "recuse",
    "release_reviewer",
    "remove_paper",
    "remove_reader",
    "reopen_review",
    "rubric_of",
    "save_comment",
    "save_review",
    "save_score",
    "set_reviewers",
    "set_rubric",
    "submit_review",
    "take_back_tie",
    "tell_tie",
    "undo_run",
]
