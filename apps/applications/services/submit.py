"""Sending an application: once, in time, complete, and answered by the eligibility rules."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.applications.deadlines import deadline_of
from apps.applications.enums import ApplicationStatus
from apps.applications.events import (
    ApplicationFoundEligible,
    ApplicationFoundIneligible,
    ApplicationSubmitted,
)
from apps.applications.models import Application
from apps.applications.rules.counting import count
from apps.applications.rules.person import PERSON_FIELDS
from apps.applications.selectors import TaskState, all_answers, form_of, read_sections, task_list
from apps.applications.services.confirming import must_be_confirmed
from apps.applications.services.guardians import require_guardian
from apps.applications.services.references import must_have_references
from apps.core.actors import SYSTEM, Actor
from apps.core.errors import Conflict, Invalid
from apps.core.lifecycle import change
from apps.events.services import publish
from apps.people.services import take_over_answers
from apps.places.selectors import is_country
from apps.programs.selectors import check_eligibility

#: Longest text of each, in characters, as the table holds it.
LONGEST = {"full_name": 200, "latin_name": 200, "phone": 30, "settlement": 200}


@transaction.atomic
def submit_application(*, application: Application, submission_key: UUID, actor: Actor) -> Application:
    """Send. The server's clock when this transaction began decides, however long it waits for the row
    (`deadline_of` says until when).

    Idempotent: a second send, with any key, finds the application sent and returns it. Raises
    Invalid naming the sections that are not complete, Conflict when it is too late.
    """
    at = timezone.now()
    draft = (
        Application.objects.select_for_update(of=("self",))
        .select_related("intake__program", "form_version", "person")
        .get(pk=application.pk)
    )
    if draft.was_submitted_with(submission_key) or draft.status not in (ApplicationStatus.DRAFT,):
        if draft.submitted_at is None:
            raise Conflict(_("This application is no longer open."))
        return draft
    if draft.person is None:
        raise Invalid(_("Sign in first: we need to know where to write to you."))
    read_sections(draft)
    _must_be_in_time(draft, at)
    _must_be_complete(draft)
    must_have_references(draft)
    require_guardian(application=draft)
    must_be_confirmed(draft, actor=actor)
    change(
        draft,
        to=ApplicationStatus.SUBMITTED,
        submitted_at=at,
        submission_key=submission_key,
        version=draft.version + 1,
    )
    take_over_answers(person=draft.person, details=about_the_person(draft), actor=actor)
    publish(ApplicationSubmitted(application_id=draft.pk), actor=actor)
    decide_eligibility(application=draft, actor=SYSTEM)
    return draft


def _must_be_in_time(application: Application, at: datetime) -> None:
    if application.intake.status == "cancelled":
        raise Conflict(_("This program was cancelled."))
    due = deadline_of(application)
    if due is None or not due.allows(at):
        raise Conflict(_("The time to send this application is over. Your answers are still here."))


def _must_be_complete(application: Application) -> None:
    tasks = task_list(application, form_of(application))
    open_sections = [task.section.key for task in tasks if task.state != TaskState.COMPLETED]
    if open_sections:
        message = _("Complete this section first.")
        raise Invalid(
            _("Some sections are not complete yet."), fields={key: [message] for key in open_sections}
        )


def about_the_person(application: Application) -> dict[str, Any]:
    """What the answers say about the person, as the columns hold it."""
    form = form_of(application)
    answers = count(form, all_answers(application, form)).answers
    details: dict[str, Any] = {
        field: answers[key] for key, field in PERSON_FIELDS.items() if isinstance(answers.get(key), str)
    }
    country = details.get("country_id")
    if country and not is_country(country):
        details.pop("country_id")
    for name in LONGEST:
        if name in details:
            details[name] = str(details[name])[: LONGEST[name]]
    return details


@transaction.atomic
def decide_eligibility(*, application: Application, actor: Actor) -> Application:
    """Let the intake's rules speak. What was not asked or not answered never counts against anyone."""
    result, _rules = check_eligibility(application.intake, application.eligibility_answers)
    record = {
        "findings": {key: str(finding) for key, finding in result.findings.items()},
        "not_met": result.not_met,
    }
    if result.not_met:
        change(application, to=ApplicationStatus.INELIGIBLE, eligibility_result=record)
        publish(ApplicationFoundIneligible(application_id=application.pk, unmet=result.not_met), actor=actor)
    else:
        change(application, to=ApplicationStatus.ELIGIBLE, eligibility_result=record)
        publish(ApplicationFoundEligible(application_id=application.pk), actor=actor)
    return application


@transaction.atomic
def reverse_eligibility(*, application: Application, reason: str, actor: Actor) -> Application:
    """A person overrules the rules, in either direction, with a reason that is kept."""
    if not reason.strip():
        raise Invalid(fields={"reason": [_("Say why.")]})
    if application.status == ApplicationStatus.INELIGIBLE:
        change(application, to=ApplicationStatus.ELIGIBLE)
        publish(ApplicationFoundEligible(application_id=application.pk, reason=reason), actor=actor)
    else:
        change(application, to=ApplicationStatus.INELIGIBLE)
        publish(
            ApplicationFoundIneligible(application_id=application.pk, unmet=[], reason=reason), actor=actor
        )
    return application
