"""What referees and guardians hear, and what people hear of them and of their permissions."""

from collections.abc import Callable
from typing import Any

from apps.applications import events as applying
from apps.applications.enums import GuardianStatus, GuardianWay
from apps.applications.models import GuardianConfirmation, Reference
from apps.applications.references import name_of_applicant
from apps.applications.services.guardians import issue_link
from apps.applications.services.referees import record_bounce
from apps.events.registry import Heard
from apps.notifications import events as writing
from apps.notifications.models import Message
from apps.notifications.services.links import PLACE, TO_REFEREE
from apps.notifications.services.writing import tell, tell_address
from apps.notifications.subscriptions.telling import (
    tell_applicant,
)
from apps.people import events as people
from apps.people.models import Consent


def ask_referee(template: str) -> Callable[[Any, Heard], None]:
    """A message to someone without an account, in their language; the link is put in when it leaves."""

    def handler(event: applying.ReferenceAsked | applying.ReferenceReminded, heard: Heard) -> None:
        reference = Reference.objects.select_related(
            "application__person__user", "application__intake__program__organisation"
        ).get(pk=event.reference_id)
        application = reference.application
        if not reference.email:  # forgotten meanwhile
            return
        tell_address(
            address=reference.email,
            language=reference.language,
            template=template,
            event_key=f"{template}:{reference.pk}:{heard.event_id}",
            context={
                "reference": reference,
                "applicant": name_of_applicant(application),
                "intake": application.intake,
                "link": PLACE,
            },
            facts={"reference": reference.pk},
            intake_id=application.intake_id,
            application_id=application.pk,
        )

    handler.__qualname__ = f"{template.replace('-', '_')}"
    return handler


def about_reference(template: str) -> Callable[[Any, Heard], None]:
    """Tells the applicant how it stands; never what the referee wrote, nor why they declined."""

    def handler(event: Any, heard: Heard) -> None:
        reference = Reference.objects.get(pk=event.reference_id)
        facts = {"reference": reference.pk}
        tell_applicant(event.application_id, template, heard, facts=facts, referee=reference.name)

    handler.__qualname__ = f"tell_{template.replace('-', '_')}"
    return handler


def message_returned(event: writing.MessageReturned, heard: Heard) -> None:
    """Whoever waits for an answer to a message has to know that it never arrived."""
    message = Message.objects.filter(pk=event.message_id, template__in=TO_REFEREE).first()
    if message is not None:
        record_bounce(reference_id=message.context["reference"], actor=heard.actor)


def guardian_asked(event: applying.GuardianAsked, heard: Heard) -> None:
    """The link is made here, with the letter: nothing else ever holds it in the clear."""
    row = GuardianConfirmation.objects.select_related(
        "application__person", "application__intake__program__organisation"
    ).get(pk=event.guardian_id)
    if row.way != GuardianWay.LINK or row.status != GuardianStatus.ASKED:
        return
    application = row.application
    tell_address(
        address=row.email,
        template="guardian-asked",
        event_key=f"guardian-asked:{row.pk}",
        language=application.language,
        context={
            "guardian": row,
            "applicant": application.person,
            "intake": application.intake,
            "token": issue_link(guardian=row, actor=heard.actor),
        },
        facts={"application": application.pk, "guardian": row.pk},
        intake_id=application.intake_id,
        application_id=application.pk,
    )


def guardian_answered(event: applying.GuardianAnswered, heard: Heard) -> None:
    tell_applicant(event.application_id, "guardian-answered", heard, agreed=event.status == "confirmed")


def about_consent(template: str) -> Callable[[Any, Heard], None]:
    """Told to the person themselves, in the words of the text; people without an account have no mail."""

    def handler(event: Any, heard: Heard) -> None:
        consent = Consent.objects.select_related("person__user", "text").get(pk=event.consent_id)
        if consent.person.user is not None:
            tell(
                recipient=consent.person.user,
                template=template,
                event_key=f"{template}:{consent.pk}",
                context={"text": consent.text},
                facts={"consent": consent.pk},
            )

    handler.__qualname__ = f"tell_{template.replace('-', '_')}"
    return handler


HEARD: dict[type, list[Callable[[Any, Heard], None]]] = {
    applying.ReferenceAsked: [ask_referee("reference-asked")],
    applying.ReferenceReminded: [ask_referee("reference-reminder")],
    applying.ReferenceGiven: [about_reference("reference-given")],
    applying.ReferenceDeclined: [about_reference("reference-declined")],
    applying.ReferenceBounced: [about_reference("reference-bounced")],
    applying.ReferenceExpired: [about_reference("reference-expired")],
    writing.MessageReturned: [message_returned],
    applying.GuardianAsked: [guardian_asked],
    applying.GuardianAnswered: [guardian_answered],
    people.ConsentWithdrawn: [about_consent("consent-withdrawn")],
    people.ConsentSuperseded: [about_consent("consent-asked-again")],
}
