"""What people hear while they apply, and who asks or cancels."""

from collections.abc import Callable
from typing import Any

from apps.accounts import events as accounts
from apps.accounts.enums import Role
from apps.accounts.models import Organisation, User
from apps.applications import events as applying
from apps.applications.deadlines import deadline_of, reason_for
from apps.applications.enums import ApplicationStatus
from apps.applications.models import Application
from apps.events.registry import Heard
from apps.notifications.services.writing import tell, tell_address
from apps.notifications.subscriptions.helping import unless_helped
from apps.notifications.subscriptions.telling import about_application, tell_applicant
from apps.programs import events as programs
from apps.programs.enums import IntakeStatus
from apps.programs.models import Enquiry
from apps.selection.selectors.looking import ASK_WITHIN

#: Applications over which nothing hangs any more: a cancelled intake is no news to them.
OVER = (ApplicationStatus.WITHDRAWN, ApplicationStatus.EXPIRED, ApplicationStatus.INELIGIBLE)


def about_deadline(template: str) -> Callable[[Any, Heard], None]:
    """The applicant's own deadline as it is when this is written: extensions and outages count."""

    def handler(event: Any, heard: Heard) -> None:
        application = Application.objects.select_related("intake__program", "person").get(
            pk=event.application_id
        )
        facts = {"reminder": event.reminder_id} if isinstance(event, applying.DraftDueSoon) else None
        tell_applicant(
            event.application_id,
            template,
            heard,
            facts=facts,
            due=deadline_of(application),
            because=getattr(event, "because", ""),
            reason=reason_for(application),
        )

    handler.__qualname__ = f"tell_{template.replace('-', '_')}"
    return handler


def enquiry_answered(event: programs.EnquiryAnswered, heard: Heard) -> None:
    """To an address, not an account: who asked before applying has none."""
    enquiry = Enquiry.objects.select_related("intake__program__organisation").get(pk=event.enquiry_id)
    rules = enquiry.intake.eligibility_rules.filter(key__in=enquiry.not_met)
    tell_address(
        address=enquiry.email,
        language=enquiry.language,
        template="enquiry-answered",
        event_key=f"enquiry-answered:{enquiry.pk}",
        context={"enquiry": enquiry, "intake": enquiry.intake, "rules": list(rules)},
        facts={"enquiry": enquiry.pk},
        intake_id=enquiry.intake_id,
    )


def application_ineligible(event: applying.ApplicationFoundIneligible, heard: Heard) -> None:
    application = Application.objects.get(pk=event.application_id)
    rules = application.intake.eligibility_rules.filter(key__in=event.unmet)
    tell_applicant(
        event.application_id,
        "application-ineligible",
        heard,
        rules=list(rules),
        reason=event.reason,
        due=heard.at + ASK_WITHIN,
    )


def application_eligible(event: applying.ApplicationFoundEligible, heard: Heard) -> None:
    """Told only when a person overruled the rules: the applicant had heard the opposite."""
    if event.reason:
        tell_applicant(event.application_id, "application-eligible", heard, reason=event.reason)


def intake_cancelled(event: programs.IntakeMoved, heard: Heard) -> None:
    """Everyone who waits for something from the intake, drafts included."""
    if event.after != IntakeStatus.CANCELLED:
        return
    waiting = Application.objects.filter(intake=event.intake_id, source="").exclude(status__in=OVER)
    for application_id in waiting.exclude(outcome="not_selected").values_list("pk", flat=True):
        key = f"intake-cancelled:{application_id}"
        tell_applicant(application_id, "intake-cancelled", heard, key=key, reason=event.reason)


def about_role(template: str) -> Callable[[Any, Heard], None]:
    def handler(event: Any, heard: Heard) -> None:
        organisation = Organisation.objects.get(pk=event.organisation_id)
        tell(
            recipient=User.objects.get(pk=event.user_id),
            template=template,
            event_key=f"{template}:{heard.event_id}",
            context={"organisation": organisation, "role": Role(event.role)},
            facts={"organisation": organisation.pk},
        )

    handler.__qualname__ = f"tell_{template.replace('-', '_')}"
    return handler


HEARD: dict[type, list[Callable[[Any, Heard], None]]] = {
    accounts.RoleGiven: [about_role("role-given")],
    accounts.RoleEnded: [about_role("role-ended")],
    programs.IntakeMoved: [intake_cancelled],
    programs.EnquiryAnswered: [enquiry_answered],
    applying.DraftKept: [unless_helped(about_deadline("draft-started"))],
    applying.DocumentRefused: [about_application("document-refused")],
    applying.DraftDueSoon: [about_deadline("draft-due-soon")],
    applying.DeadlineExtended: [about_deadline("deadline-extended")],
    applying.ApplicationSubmitted: [about_application("application-sent")],
    applying.ApplicationFoundEligible: [application_eligible],
    applying.ApplicationExpired: [about_application("application-expired")],
    applying.ApplicationFoundIneligible: [application_ineligible],
    applying.ApplicationWithdrawn: [about_application("application-withdrawn")],
}
