"""What reviewers hear, and what applicants hear of decisions and offers."""

from collections.abc import Callable
from typing import Any

from apps.applications.enums import ApplicationStatus
from apps.applications.models import Application
from apps.events.registry import Heard
from apps.notifications.services.writing import tell
from apps.notifications.subscriptions.telling import tell_applicant
from apps.reviews import events as reviewing
from apps.reviews.models import ReviewAssignment
from apps.selection import events as selecting
from apps.selection.enums import LookStatus
from apps.selection.models import HumanLook, Offer


def review_assigned(event: reviewing.ReviewAssigned, heard: Heard) -> None:
    """One message a day for each reviewer and intake, however many applications were assigned."""
    assignment = ReviewAssignment.objects.select_related("application__intake__program", "reviewer").get(
        pk=event.assignment_id
    )
    intake = assignment.application.intake
    tell(
        recipient=assignment.reviewer,
        template="reviews-assigned",
        event_key=f"reviews-assigned:{intake.pk}:{heard.at:%Y-%m-%d}",
        context={"intake": intake, "due_on": assignment.due_on},
        facts={"intake": intake.pk},
        intake_id=intake.pk,
    )


def review_reopened(event: reviewing.ReviewReopened, heard: Heard) -> None:
    assignment = ReviewAssignment.objects.select_related("application__intake__program", "reviewer").get(
        pk=event.assignment_id
    )
    intake = assignment.application.intake
    tell(
        recipient=assignment.reviewer,
        template="review-reopened",
        event_key=f"review-reopened:{event.assignment_id}:{heard.event_id}",
        context={"intake": intake, "assignment": assignment, "reason": event.reason},
        facts={"assignment": event.assignment_id},
        intake_id=intake.pk,
    )


def decision_released(event: selecting.DecisionReleased, heard: Heard) -> None:
    """An offer has its own message; the other outcomes are told here, once for each version."""
    templates = {"waitlist": "decision-waitlist", "not_selected": "decision-not-selected"}
    template = templates.get(event.outcome)
    if template:
        key = f"decision:{event.application_id}:{event.version}"
        facts = {"decision": event.decision_id}
        tell_applicant(event.application_id, template, heard, facts=facts, key=key)


def about_offer(template: str) -> Callable[[Any, Heard], None]:
    def handler(event: Any, heard: Heard) -> None:
        offer = Offer.objects.get(pk=event.offer_id)
        tell_applicant(
            event.application_id,
            template,
            heard,
            facts={"offer": event.offer_id},
            key=f"{template}:{event.offer_id}",
            offer=offer,
        )

    handler.__qualname__ = f"tell_{template.replace('-', '_')}"
    return handler


def waitlist_left(event: selecting.WaitlistLeft, heard: Heard) -> None:
    """Whoever withdrew the whole application has a letter about that."""
    if not Application.objects.filter(pk=event.application_id, status=ApplicationStatus.WITHDRAWN).exists():
        tell_applicant(event.application_id, "waitlist-left", heard)


def look_asked(event: selecting.HumanLookAsked, heard: Heard) -> None:
    look = HumanLook.objects.get(pk=event.look_id)
    tell_applicant(event.application_id, "look-asked", heard, facts={"look": look.pk}, due=look.due_at)


def look_answered(event: selecting.HumanLookAnswered, heard: Heard) -> None:
    """An answer that corrects is told with the correction: until that is released nobody knows of it."""
    if event.status == LookStatus.UPHELD:
        _tell_answer(HumanLook.objects.get(pk=event.look_id), event.application_id, heard)


def correction_released(event: selecting.DecisionReleased, heard: Heard) -> None:
    looks = HumanLook.objects.filter(
        decision__application=event.application_id,
        decision__version__lt=event.version,
        status=LookStatus.CORRECTED,
    )
    for look in looks:
        _tell_answer(look, event.application_id, heard)


def _tell_answer(look: HumanLook, application_id: int, heard: Heard) -> None:
    key = f"look-answered:{look.pk}"
    facts = {"look": look.pk}
    tell_applicant(application_id, "look-answered", heard, facts=facts, key=key, answer=look.answer)


HEARD: dict[type, list[Callable[[Any, Heard], None]]] = {
    selecting.DecisionReleased: [decision_released, correction_released],
    selecting.HumanLookAsked: [look_asked],
    selecting.HumanLookAnswered: [look_answered],
    selecting.OfferMade: [about_offer("offer-made")],
    selecting.OfferLapsing: [about_offer("offer-lapsing")],
    selecting.OfferLapsed: [about_offer("offer-lapsed")],
    selecting.OfferRescinded: [about_offer("offer-rescinded")],
    selecting.OfferDeclined: [about_offer("offer-declined")],
    selecting.WaitlistLeft: [waitlist_left],
    reviewing.ReviewAssigned: [review_assigned],
    reviewing.ReviewReopened: [review_reopened],
}
