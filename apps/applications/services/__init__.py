"""Every write of applications."""

from apps.applications.services.carrying import copy_answers, newer_form, use_newest_form
from apps.applications.services.deadlines import extend_deadline, follow_outage
from apps.applications.services.documents import add_document, remove_document
from apps.applications.services.drafts import attach_draft_to_person, save_section, start_draft
from apps.applications.services.outcomes import begin_review, record_outcomes
from apps.applications.services.pages import add_pages, remove_page, reorder_pages
from apps.applications.services.reminders import remind_of_deadlines
from apps.applications.services.submit import decide_eligibility, reverse_eligibility, submit_application
from apps.applications.services.uploads import begin_upload, end_upload, finish_upload, receive
from apps.applications.services.withdraw import expire_drafts, withdraw_application

__all__ = [
    "add_document",
    "add_pages",
    "attach_draft_to_person",
    "begin_review",
    "begin_upload",
    "copy_answers",
    "decide_eligibility",
    "end_upload",
    "expire_drafts",
    "extend_deadline",
    "finish_upload",
    "follow_outage",
    "newer_form",
    "receive",
    "record_outcomes",
    "remind_of_deadlines",
    "remove_document",
    "remove_page",
    "reorder_pages",
    "reverse_eligibility",
    "save_section",
    "start_draft",
    "submit_application",
    "use_newest_form",
    "withdraw_application",
]
