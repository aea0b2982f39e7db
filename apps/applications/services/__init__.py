"""Every write of applications."""

from apps.applications.services.carrying import copy_answers, newer_form, use_newest_form
from apps.applications.services.deadlines import extend_deadline, follow_outage
from apps.applications.services.documents import add_document, remove_document
from apps.applications.services.drafts import attach_draft_to_person, save_section, start_draft
from apps.applications.services.outcomes import begin_review, record_outcomes
from apps.applications.services.reminders import remind_of_deadlines
from apps.applications.services.submit import decide_eligibility, reverse_eligibility, submit_application
from apps.applications.services.withdraw import expire_drafts, withdraw_application

__all__ = [
    "add_document",
    "attach_draft_to_person",
    "begin_review",
    "copy_answers",
    "decide_eligibility",
    "expire_drafts",
    "extend_deadline",
    "follow_outage",
    "newer_form",
    "record_outcomes",
    "remind_of_deadlines",
    "remove_document",
    "reverse_eligibility",
    "save_section",
    "start_draft",
    "submit_application",
    "use_newest_form",
    "withdraw_application",
]
