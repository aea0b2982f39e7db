"""How a message finds the person: applicants and participants, each in their own zone."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from apps.enrolments.models import Enrolment
from apps.events.registry import Heard
from apps.notifications.services.applicants import place, tell_applicant
from apps.notifications.services.writing import tell

ACTIVE = ("active", "on_leave")


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
