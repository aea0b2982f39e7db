"""Asking an applicant for more: named sections open again until a moment, the rest stays locked."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import DateTimeField, DurationField, ExpressionWrapper, F, Value
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.applications.enums import ApplicationStatus, InformationStatus
from apps.applications.events import (
    InformationAdded,
    InformationAsked,
    InformationAwaited,
    InformationClosed,
    InformationExtended,
)
from apps.applications.models import Application, Document, InformationRequest, SectionAnswers
from apps.applications.selectors import ACTIVE_DOCUMENTS, form_of, open_request, requested_tasks
from apps.applications.services.confirming import must_be_confirmed
from apps.applications.services.opening import Locked, require_open_to
from apps.applications.services.submit import about_the_person, decide_eligibility
from apps.core.actors import CLOCK, SYSTEM, Actor
from apps.core.errors import Conflict, Invalid
from apps.core.lifecycle import change
from apps.events.services import publish
from apps.people.services import take_over_answers

ASKABLE = (ApplicationStatus.ELIGIBLE, ApplicationStatus.IN_REVIEW)
#: A reminder goes out two days before the end, or in the middle of a shorter time.
REMIND_BEFORE = timedelta(days=2)


@transaction.atomic
def ask_for_information(
    *,
    application: Application,
    sections: Collection[str],
    asks_eligibility: bool,
    wanted: str,
    due_at: datetime,
    actor: Actor,
) -> InformationRequest:
    """Re-open `sections` until `due_at`. Of two coordinators at once one asks, the other gets Conflict."""
    sent = _locked(application)
    if sent.status not in ASKABLE:
        raise Conflict(_("More can be asked only while an application is eligible or in review."))
    known = {section.key for section in form_of(sent).sections}
    if not (sections or asks_eligibility) or not set(sections) <= known:
        raise Invalid(fields={"sections": [_("Choose at least one section.")]})
    if due_at <= timezone.now():
        raise Invalid(fields={"due_on": [_("Choose a day that is still to come.")]})
    keys = [key for key in (section.key for section in form_of(sent).sections) if key in set(sections)]
    request = InformationRequest.objects.create(
        application=sent,
        sections=keys,
        asks_eligibility=asks_eligibility,
        wanted=wanted,
        due_at=due_at,
        asked_by_id=actor.person_id,
        came_from=sent.status,
        before=_snapshot(sent, keys),
    )
    change(sent, to=ApplicationStatus.MORE_INFORMATION)
    publish(InformationAsked(application_id=sent.pk, request_id=request.pk), actor=actor)
    return request


@transaction.atomic
def answer_eligibility(*, application: Application, answers: Mapping[str, Any], actor: Actor) -> None:
    """Keep the eligibility answers of a helped draft, or those a coordinator asked for again."""
    own = _locked(application)
    require_open_to(own, actor)
    request = open_request(own)
    is_asked = request is not None and request.asks_eligibility and request.due_at >= timezone.now()
    if own.status != ApplicationStatus.DRAFT and not is_asked:
        raise Locked(_("These answers can no longer change."))
    Application.objects.filter(pk=own.pk).update(eligibility_answers=dict(answers), saved_at=Now())


@transaction.atomic
def send_information(*, application: Application, sending_key: UUID, actor: Actor) -> Application:
    """Send what was added; the application goes on where it stood. The same key twice is one sending.

    Eligibility is judged again only when those answers changed. Raises Conflict when the time is
    over or the request was closed, Invalid when a section is not complete or nobody confirmed.
    """
    sent = _locked(application)
    if sent.requests.filter(sending_key=sending_key).exists():
        return sent
    request = open_request(sent)
    if request is None or sent.status != ApplicationStatus.MORE_INFORMATION:
        raise Conflict(_("Nothing is asked of you any more. Your answers are as you had sent them."))
    if request.due_at < timezone.now():
        raise Conflict(_("The time to add information is over."))
    _must_be_complete(sent, request)
    must_be_confirmed(sent, actor=actor)
    _end(
        request,
        InformationStatus.ANSWERED,
        after=_snapshot(sent, request.sections),
        sending_key=sending_key,
    )
    take_over_answers(person=sent.person, details=about_the_person(sent), actor=actor)  # type: ignore[arg-type]
    publish(InformationAdded(application_id=sent.pk, request_id=request.pk), actor=actor)
    if sent.eligibility_answers != request.before["eligibility"]:
        decide_eligibility(application=sent, actor=SYSTEM)
    if sent.status != ApplicationStatus.INELIGIBLE and sent.status != request.came_from:
        change(sent, to=request.came_from)
    return sent


@transaction.atomic
def extend_information(*, request: InformationRequest, due_at: datetime, actor: Actor) -> None:
    """More time. Raises Conflict when it was answered or closed meanwhile."""
    _locked(request.application)
    if due_at <= timezone.now():
        raise Invalid(fields={"due_on": [_("Choose a day that is still to come.")]})
    rows = InformationRequest.objects.filter(pk=request.pk, status=InformationStatus.OPEN)
    if not rows.update(due_at=due_at, reminded_at=None):
        raise Conflict
    publish(InformationExtended(application_id=request.application_id, request_id=request.pk), actor=actor)


@transaction.atomic
def close_information(*, request: InformationRequest, actor: Actor) -> None:
    """A coordinator needs it no more. The answers are again as they had been sent. Twice is once."""
    application = _locked(request.application)
    request.refresh_from_db()
    if request.status == InformationStatus.CLOSED:
        return
    if request.status != InformationStatus.OPEN:
        raise Conflict
    _close(application, request, InformationStatus.CLOSED, actor)


@transaction.atomic
def close_overdue(*, now: datetime, limit: int = 200) -> int:
    """By the clock: close what was not answered, without a change. Runs at any time, twice too."""
    due = InformationRequest.objects.filter(status=InformationStatus.OPEN, due_at__lt=now)
    ids = list(due.order_by("application_id").values_list("application_id", flat=True)[:limit])
    rows = Application.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk__in=ids)
    closed = 0
    for application in rows.order_by("pk"):
        request = open_request(application)
        if request is not None and request.due_at < now:  # not answered or extended meanwhile
            _close(application, request, InformationStatus.LAPSED, CLOCK)
            closed += 1
    return closed


@transaction.atomic
def remind_of_information(*, now: datetime, limit: int = 200) -> int:
    """One reminder for each request and each day it is due on."""
    waiting = InformationRequest.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        status=InformationStatus.OPEN, reminded_at=None, due_at__gt=now
    )
    moment = Value(now, output_field=DateTimeField())
    near = waiting.filter(due_at__lt=now + REMIND_BEFORE).annotate(
        left=ExpressionWrapper(F("due_at") - moment, DurationField()),
        gone=ExpressionWrapper(moment - F("created_at"), DurationField()),
    )
    near = near.filter(left__lt=F("gone"))
    reminded = 0
    for request in near.order_by("pk")[:limit]:
        InformationRequest.objects.filter(pk=request.pk).update(reminded_at=now)
        event = InformationAwaited(application_id=request.application_id, request_id=request.pk)
        publish(event, actor=CLOCK)
        reminded += 1
    return reminded


def _locked(application: Application) -> Application:
    """Everything here takes this row first: sending, closing, asking wait for each other."""
    rows = Application.objects.select_for_update(of=("self",))
    return rows.select_related("intake", "form_version", "person").get(pk=application.pk)


def _must_be_complete(application: Application, request: InformationRequest) -> None:
    tasks = requested_tasks(application, request)
    waiting = [task.section.key for task in tasks if task.state != "completed"]
    if waiting:
        words = _("Complete this section first.")
        raise Invalid(_("Some sections are not complete yet."), fields={key: [words] for key in waiting})


def _snapshot(application: Application, sections: Collection[str]) -> dict[str, Any]:
    rows = application.sections.filter(section__in=sections)
    return {
        "sections": {
            row.section: {
                "answers": row.answers,
                "is_complete": row.is_complete,
                "typed_by": row.typed_by,
                "saved_by": row.saved_by_id,
            }
            for row in rows
        },
        "documents": list(_files(application, sections).values_list("pk", flat=True)),
        "eligibility": application.eligibility_answers,
    }


def _files(application: Application, sections: Collection[str]) -> Any:
    asked = [each.key for section, each in form_of(application).questions() if section.key in sections]
    return ACTIVE_DOCUMENTS.filter(application=application, question__in=asked).order_by("pk")


def _end(request: InformationRequest, to: str, **values: Any) -> None:
    change(request, to=to, ended_at=timezone.now(), **values)


def _close(application: Application, request: InformationRequest, to: str, actor: Actor) -> None:
    """What was typed and not sent is kept in `after`; the application is as it had been sent."""
    _end(request, to, after=_snapshot(application, request.sections))
    _put_back(application, request)
    if application.status == ApplicationStatus.MORE_INFORMATION:  # and not withdrawn
        change(application, to=request.came_from)
    publish(InformationClosed(application_id=application.pk, request_id=request.pk, after=to), actor=actor)


def _put_back(application: Application, request: InformationRequest) -> None:
    saved = request.before["sections"]
    for row in application.sections.filter(section__in=request.sections):
        if row.section not in saved:
            row.delete()
            continue
        was = saved[row.section]
        SectionAnswers.objects.filter(pk=row.pk).update(
            answers=was["answers"],
            is_complete=was["is_complete"],
            typed_by=was["typed_by"],
            saved_by=was["saved_by"],
            version=F("version") + 1,
        )
    before = request.before["documents"]
    _files(application, request.sections).exclude(pk__in=before).update(removed_at=Now())
    Document.objects.filter(pk__in=before).update(removed_at=None)
    Application.objects.filter(pk=application.pk).update(eligibility_answers=request.before["eligibility"])
