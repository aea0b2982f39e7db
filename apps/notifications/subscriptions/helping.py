"""What is told about help with an application, and about more information that was asked for."""

from collections.abc import Callable
from typing import Any

from apps.accounts.models import User
from apps.applications import events as applying
from apps.applications.enums import InformationStatus
from apps.applications.models import Application, Assistance, ConfirmationCode, InformationRequest
from apps.applications.selectors import helpers_of
from apps.applications.services.confirming import code_of
from apps.events.registry import Heard
from apps.notifications.services.applicants import (
    application_told_of,
    place,
    tell_applicant,
    tell_newcomer,
)
from apps.notifications.services.writing import take_back_copies, tell, tell_address

Handler = Callable[[Any, Heard], None]


def unless_helped(handler: Handler) -> Handler:
    """Whoever gets help from the start hears of it from `assistance_started`, with other words."""

    def hear(event: Any, heard: Heard) -> None:
        if not Application.objects.filter(pk=event.application_id, is_assisted=True).exists():
            handler(event, heard)

    hear.__qualname__ = handler.__qualname__
    return hear


def _assistance(pk: int) -> Assistance:
    return Assistance.objects.select_related("organisation", "helper").get(pk=pk)


def assistance_started(event: applying.AssistanceStarted, heard: Heard) -> None:
    """The applicant is told whatever the route: this is done in their name. So are invited helpers."""
    assistance, application = _assistance(event.assistance_id), application_told_of(event.application_id)
    _tell_both(application, assistance, "assistance-started", heard)
    if assistance.helper_id is None:
        for helper in helpers_of(assistance):
            _tell(helper, application, "assistance-asked", heard, assistance=assistance)


def assistance_ended(event: applying.AssistanceEnded, heard: Heard) -> None:
    """Both are told, and what the helper had been told about the person leaves the helper's pages."""
    assistance, application = _assistance(event.assistance_id), application_told_of(event.application_id)
    take_back_copies(application_id=application.pk, assistance_id=assistance.pk)
    _tell_both(application, assistance, "assistance-ended", heard)
    for helper in helpers_of(assistance):
        _tell(helper, application, "assistance-over", heard, assistance=assistance)


def confirmation_asked(event: applying.ConfirmationAsked, heard: Heard) -> None:
    code = ConfirmationCode.objects.get(pk=event.code_id)
    """Urgent and secret, like a sign-in code: it stands in no program's log."""
    application = application_told_of(event.application_id)
    assistance = application.assistances.active().select_related("organisation").first()
    if assistance is None:
        return
    context = {"code": code_of(code), "assistance": assistance, "application": application}
    tell_address(
        address=code.address,
        language=application.language,
        template="confirmation-code",
        event_key=f"confirmation-code:{code.pk}",
        context={**context, "intake": application.intake},
        facts={},
        priority=0,
    )


def _tell(user: User, application: Application, template: str, heard: Heard, **context: Any) -> None:
    tell(
        recipient=user,
        template=template,
        event_key=f"{template}:{application.pk}:{heard.event_id}",
        context={"application": application, **place(user, application.intake), **context},
        facts={"application": application.pk},
        intake_id=application.intake_id,
        application_id=application.pk,
    )


def _tell_both(application: Application, assistance: Assistance, template: str, heard: Heard) -> None:
    """The applicant, by account or by the address they had told; whatever the route says."""
    if application.person and application.person.user:
        _tell(application.person.user, application, template, heard, assistance=assistance)
    elif assistance.email:
        tell_newcomer(
            application,
            assistance.email,
            template,
            f"{template}:{application.pk}:{heard.event_id}",
            context={"assistance": assistance},
            facts={"application": application.pk},
        )


def _request(pk: int) -> InformationRequest:
    return InformationRequest.objects.select_related("asked_by").get(pk=pk)


def _tell_of(request: InformationRequest, template: str, heard: Heard) -> None:
    facts = {"request": request.pk}
    tell_applicant(request.application_id, template, heard, facts=facts, request=request)


def information_asked(event: applying.InformationAsked, heard: Heard) -> None:
    _tell_of(_request(event.request_id), "information-asked", heard)


def information_awaited(event: applying.InformationAwaited, heard: Heard) -> None:
    _tell_of(_request(event.request_id), "information-reminder", heard)


def information_extended(event: applying.InformationExtended, heard: Heard) -> None:
    _tell_of(_request(event.request_id), "information-extended", heard)


def information_added(event: applying.InformationAdded, heard: Heard) -> None:
    """Both sides: the applicant that it came, the coordinator who had asked that it is here."""
    request = _request(event.request_id)
    _tell_of(request, "information-received", heard)
    application = application_told_of(event.application_id)
    _tell(request.asked_by, application, "information-added", heard, request=request)


def information_closed(event: applying.InformationClosed, heard: Heard) -> None:
    request = _request(event.request_id)
    _tell_of(request, "information-closed", heard)
    if event.after == InformationStatus.LAPSED:
        application = application_told_of(event.application_id)
        _tell(request.asked_by, application, "information-lapsed", heard, request=request)


HEARD: dict[type, list[Handler]] = {
    applying.AssistanceStarted: [assistance_started],
    applying.AssistanceEnded: [assistance_ended],
    applying.ConfirmationAsked: [confirmation_asked],
    applying.InformationAsked: [information_asked],
    applying.InformationAwaited: [information_awaited],
    applying.InformationExtended: [information_extended],
    applying.InformationAdded: [information_added],
    applying.InformationClosed: [information_closed],
}
