"""Every write of cohorts."""

from apps.cohorts.services.onward import report_training
from apps.cohorts.services.practice import begin_training, mark_step_done, unmark_step
from apps.cohorts.services.standing import (
    certify_trainer,
    leave_training,
    refresh_standing,
    reinstate_trainer,
    suspend_trainer,
)
from apps.cohorts.services.teaching import add_master_trainer, link_trainers, set_teachers
from apps.cohorts.services.terms import add_step, change_step, remove_step, set_terms

__all__ = [
    "add_master_trainer",
    "add_step",
    "begin_training",
    "certify_trainer",
    "change_step",
    "leave_training",
    "link_trainers",
    "mark_step_done",
    "refresh_standing",
    "reinstate_trainer",
    "remove_step",
    "report_training",
    "set_teachers",
    "set_terms",
    "suspend_trainer",
    "unmark_step",
]
