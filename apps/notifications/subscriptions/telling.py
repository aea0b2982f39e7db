"""How a message finds the person: applicants and participants, each in their own zone."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import QuerySet

from apps.accounts.models import User
from apps.applications.models import Application
from apps.core.zones import zone_of_user
from apps.enrolments.models import Enrolment
from apps.events.registry import Heard
from apps.notifications.services.writing import tell
from apps.programs.models import Intake

ACTIVE = ("active", "on_leave")


def place(user: User, intake: Intake, *others: str) -> dict[str, Any]:
    """The intake, and the zone its moments are told in: the reader's own, else the intake's."""
    return {"intake": intake, "zone": zone_of_user(user, *others, fallback=intake.time_zone)}


def tell_applicant(
    application_id: int,
    template: str,
    heard: Heard,
    *,
    facts: Mapping[str, int] | None = None,
    key: str = "",
    **context: Any,
) -> None:
    """One message to the person behind an application; imported people have no account and no mail."""
    application = Application.objects.select_related(
        "person__user", "intake__program__organisation", "form_version"
    ).get(pk=application_id)
    user = application.person.user if application.person else None
    if user is None or application.source:
        return
    tell(
        recipient=user,
        template=template,
        event_key=key or f"{template}:{application_id}:{heard.event_id}",
        context={
            "application": application,
            **place(user, application.intake, application.time_zone),
            **context,
        },
        facts={"application": application_id, **(facts or {})},
        intake_id=application.intake_id,
        application_id=application_id,
    )


def tell_participant(
    enrolment: Enrolment, template: str, heard: Heard, *, key: str = "", **context: Any
) -> None:
    user = enrolment.person.user
    if user is None or enrolment.source:
        return
    tell(
        recipient=user,
        template=template,
        event_key=key or f"{template}:{enrolment.pk}:{heard.event_id}",
        context={"enrolment": enrolment, **place(user, enrolment.intake), **context},
        facts={"enrolment": enrolment.pk},
        intake_id=enrolment.intake_id,
        application_id=enrolment.application_id,
    )


def enrolment_of(pk: int) -> Enrolment:
    return Enrolment.objects.select_related("person__user", "intake__program__organisation").get(pk=pk)


def taking_part_in(intake_id: int) -> QuerySet[Enrolment]:
    people = Enrolment.objects.filter(intake=intake_id, status__in=ACTIVE)
    return people.select_related("person__user", "intake__program__organisation")


def about_application(template: str) -> Callable[[Any, Heard], None]:
    """A handler that tells the applicant with `template`; named after it, for the delivery table."""

    def handler(event: Any, heard: Heard) -> None:
        tell_applicant(event.application_id, template, heard)

    handler.__qualname__ = f"tell_{template.replace('-', '_')}"
    return handler


def about_enrolment(template: str) -> Callable[[Any, Heard], None]:
    def handler(event: Any, heard: Heard) -> None:
        tell_participant(enrolment_of(event.enrolment_id), template, heard)

    handler.__qualname__ = f"tell_{template.replace('-', '_')}"
    return handler
