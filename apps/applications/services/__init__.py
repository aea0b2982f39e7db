"""Every write of applications."""

from apps.applications.services.assistance import (
    choose_route,
    end_assistance,
    invite_helper,
    start_for_someone,
    take_over,
)
from apps.applications.services.carrying import copy_answers, newer_form, use_newest_form
from apps.applications.services.confirming import (
    ask_for_confirmation,
    confirm_by_code,
    confirm_on_paper,
    current_confirmation,
)
from apps.applications.services.deadlines import extend_deadline, follow_outage
from apps.applications.services.declaring import declare_groups, withdraw_declaration
from apps.applications.services.documents import add_document, remove_document
from apps.applications.services.drafts import attach_draft_to_person, save_section, start_draft
from apps.applications.services.information import (
    answer_eligibility,
    ask_for_information,
    close_information,
    close_overdue,
    extend_information,
    remind_of_information,
    send_information,
)
from apps.applications.services.outcomes import begin_review, record_outcomes
from apps.applications.services.pages import add_pages, remove_page, reorder_pages
from apps.applications.services.reminders import remind_of_deadlines
from apps.applications.services.submit import decide_eligibility, reverse_eligibility, submit_application
from apps.applications.services.uploads import begin_upload, end_upload, finish_upload, receive
from apps.applications.services.withdraw import expire_drafts, withdraw_application

__all__ = [
    "add_document",
    "add_pages",
    "answer_eligibility",
    "ask_for_confirmation",
    "ask_for_information",
    "attach_draft_to_person",
    "begin_review",
    "begin_upload",
    "choose_route",
    "close_information",
    "close_overdue",
    "confirm_by_code",
    "confirm_on_paper",
    "copy_answers",
    "current_confirmation",
    "decide_eligibility",
    "declare_groups",
    "end_assistance",
    "end_upload",
    "expire_drafts",
    "extend_deadline",
    "extend_information",
    "finish_upload",
    "follow_outage",
    "invite_helper",
    "newer_form",
    "receive",
    "record_outcomes",
    "remind_of_deadlines",
    "remind_of_information",
    "remove_document",
    "remove_page",
    "reorder_pages",
    "reverse_eligibility",
    "save_section",
    "send_information",
    "start_draft",
    "start_for_someone",
    "submit_application",
    "take_over",
    "use_newest_form",
    "withdraw_application",
    "withdraw_declaration",
]
