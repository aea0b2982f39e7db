"""What reviewers hear, and what applicants hear of decisions and offers."""

from collections.abc import Callable
from typing import Any

from apps.applications.enums import ApplicationStatus, Outcome
from apps.applications.models import Application
from apps.events.registry import Heard
from apps.notifications.services.letters import TEMPLATES, words_of
from apps.notifications.services.writing import tell
from apps.notifications.subscriptions.telling import tell_applicant
from apps.programs.enums import IntakeStatus
from apps.reviews import events as reviewing
from apps.reviews.models import ReviewAssignment
from apps.selection import events as selecting
from apps.selection.enums import HOLDS_A_SEAT, ConditionStatus, LookStatus, OfferStatus
from apps.selection.models import Decision, HumanLook, Offer, OfferCondition
from apps.selection.selectors import has_open_conditions, in_force, waits_for_conditions


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
    if event.outcome != Outcome.OFFER:
        decision = Decision.objects.get(pk=event.decision_id)
        tell_applicant(
            event.application_id,
            TEMPLATES[Outcome(event.outcome)],
            heard,
            facts={"decision": event.decision_id},
            key=f"decision:{event.application_id}:{event.version}",
            batch_id=decision.batch_id,
            **words_of(decision),
        )


def key_of(template: str, offer: Offer) -> str:
    """Once for each time the offer was made: one that a correction took back can be made again."""
    return f"{template}:{offer.pk}:{offer.made_at:%Y%m%dT%H%M%S.%f}"


def offer_made(event: selecting.OfferMade, heard: Heard) -> None:
    """By the release of a decision, or later from the waitlist: that notice belongs to no release."""
    decision = in_force([event.application_id]).first()
    released = decision if decision and decision.outcome == Outcome.OFFER else None
    words = dict(words_of(released)) if released else {}
    offer = Offer.objects.get(pk=event.offer_id)
    words["conditions"] = [each.text for each in offer.conditions.all()]
    tell_applicant(
        event.application_id,
        TEMPLATES[Outcome.OFFER],
        heard,
        facts={"offer": event.offer_id},
        key=key_of("offer-made", offer),
        batch_id=released.batch_id if released else None,
        offer=offer,
        **words,
    )


def offer_rescinded(event: selecting.OfferRescinded, heard: Heard) -> None:
    """A correction has a letter of its own, which says what it replaces and why."""
    decision = in_force([event.application_id]).first()
    if decision is None or decision.outcome == Outcome.OFFER or decision.version == 1:
        about_offer("offer-rescinded")(event, heard)


def about_offer(template: str) -> Callable[[Any, Heard], None]:
    def handler(event: Any, heard: Heard) -> None:
        offer = Offer.objects.get(pk=event.offer_id)
        tell_applicant(
            event.application_id,
            template,
            heard,
            facts={"offer": event.offer_id},
            key=key_of(template, offer),
            offer=offer,
        )

    handler.__qualname__ = f"tell_{template.replace('-', '_')}"
    return handler


def offer_accepted(event: selecting.OfferAccepted, heard: Heard) -> None:
    """Told only while something is open: else the letter of the enrolment says all."""
    offer = Offer.objects.get(pk=event.offer_id)
    if waits_for_conditions(offer):
        about_offer_and_conditions("offer-accepted", event, heard, offer)


def condition_settled(event: selecting.ConditionSettled, heard: Heard) -> None:
    """Not met ends the offer, and the last one of an accepted offer begins the enrolment: each of these
    has a letter of its own.
    """
    condition = OfferCondition.objects.select_related("offer").get(pk=event.condition_id)
    offer = condition.offer
    is_last = offer.status == OfferStatus.ACCEPTED and not has_open_conditions(offer)
    if offer.status in HOLDS_A_SEAT and condition.status == event.status and not is_last:
        about_offer_and_conditions("condition-settled", event, heard, offer, condition=condition)


def about_offer_and_conditions(template: str, event: Any, heard: Heard, offer: Offer, **context: Any) -> None:
    still_open = list(offer.conditions.filter(status=ConditionStatus.UNMET))
    tell_applicant(
        event.application_id,
        template,
        heard,
        facts={"offer": offer.pk},
        offer=offer,
        still_open=still_open,
        **context,
    )


def waitlist_left(event: selecting.WaitlistLeft, heard: Heard) -> None:
    """Whoever withdrew the whole application has a letter about that."""
    if not Application.objects.filter(pk=event.application_id, status=ApplicationStatus.WITHDRAWN).exists():
        tell_applicant(event.application_id, "waitlist-left", heard)


def about_entry(template: str) -> Callable[[Any, Heard], None]:
    """What became of a place on the waitlist, with the reason where the event has one."""

    def handler(event: Any, heard: Heard) -> None:
        facts, reason = {"entry": event.entry_id}, getattr(event, "reason", "")
        tell_applicant(event.application_id, template, heard, facts=facts, reason=reason)

    handler.__qualname__ = f"tell_{template.replace('-', '_')}"
    return handler


def waitlist_closed(event: selecting.WaitlistClosed, heard: Heard) -> None:
    """Everybody of a cancelled intake has a letter about that."""
    cancelled = Application.objects.filter(pk=event.application_id, intake__status=IntakeStatus.CANCELLED)
    if not cancelled.exists():
        about_entry("waitlist-closed")(event, heard)


def look_asked(event: selecting.HumanLookAsked, heard: Heard) -> None:
    look = HumanLook.objects.get(pk=event.look_id)
    tell_applicant(event.application_id, "look-asked", heard, facts={"look": look.pk}, due=look.due_at)


def look_answered(event: selecting.HumanLookAnswered, heard: Heard) -> None:
    """An answer that corrects a decision is told with the correction: until that is released nobody knows of it."""
    look = HumanLook.objects.get(pk=event.look_id)
    if event.status == LookStatus.UPHELD or look.finding_id is not None:
        _tell_answer(look, event.application_id, heard)


def correction_released(event: selecting.DecisionReleased, heard: Heard) -> None:
    looks = HumanLook.objects.filter(
        application=event.application_id,
        decision__version__lt=event.version,
        status=LookStatus.CORRECTED,
    )
    for look in looks:
        _tell_answer(look, event.application_id, heard)


def _tell_answer(look: HumanLook, application_id: int, heard: Heard) -> None:
    tell_applicant(
        application_id,
        "look-answered",
        heard,
        facts={"look": look.pk},
        key=f"look-answered:{look.pk}",
        answer=look.answer,
        look=look,
    )


HEARD: dict[type, list[Callable[[Any, Heard], None]]] = {
    selecting.DecisionReleased: [decision_released, correction_released],
    selecting.HumanLookAsked: [look_asked],
    selecting.HumanLookAnswered: [look_answered],
    selecting.OfferMade: [offer_made],
    selecting.OfferLapsing: [about_offer("offer-lapsing")],
    selecting.OfferLapsed: [about_offer("offer-lapsed")],
    selecting.OfferRescinded: [offer_rescinded],
    selecting.OfferAccepted: [offer_accepted],
    selecting.ConditionSettled: [condition_settled],
    selecting.OfferDeclined: [about_offer("offer-declined")],
    selecting.WaitlistLeft: [waitlist_left],
    selecting.WaitlistSkipped: [about_entry("waitlist-skipped")],
    selecting.WaitlistPutBack: [about_entry("waitlist-back")],
    selecting.WaitlistClosed: [waitlist_closed],
    reviewing.ReviewAssigned: [review_assigned],
    reviewing.ReviewReopened: [review_reopened],
}
