"""What becomes a message, to whom, and which template tells it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from apps.accounts import events as accounts
from apps.accounts.enums import Role
from apps.accounts.models import Organisation, User
from apps.applications import events as applying
from apps.applications.enums import ApplicationStatus
from apps.applications.models import Application
from apps.cohorts import events as cohorts
from apps.cohorts.models import Trainer
from apps.core.zones import zone_or
from apps.courses import events as courses
from apps.courses.models import Session, Unit
from apps.enrolments import events as taking_part
from apps.enrolments.models import Enrolment
from apps.events.registry import Heard, subscribe
from apps.notifications.services.writing import tell
from apps.programs import events as programs
from apps.programs.enums import IntakeStatus
from apps.programs.models import Intake
from apps.reviews import events as reviewing
from apps.reviews.models import ReviewAssignment
from apps.scholarships import events as paying
from apps.scholarships.models import Award, Disbursement
from apps.selection import events as selecting
from apps.selection.models import Offer

ACTIVE = ("active", "on_leave")
#: Applications over which nothing hangs any more: a cancelled intake is no news to them.
OVER = (ApplicationStatus.WITHDRAWN, ApplicationStatus.EXPIRED, ApplicationStatus.INELIGIBLE)


def _place(user: User, intake: Intake) -> dict[str, Any]:
    """The intake, and the zone its moments are told in: the reader's own, else the intake's."""
    return {"intake": intake, "zone": zone_or(user.time_zone, intake.time_zone)}


def _tell_applicant(
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
        context={"application": application, **_place(user, application.intake), **context},
        facts={"application": application_id, **(facts or {})},
        intake_id=application.intake_id,
        application_id=application_id,
    )


def _tell_participant(
    enrolment: Enrolment, template: str, heard: Heard, *, key: str = "", **context: Any
) -> None:
    user = enrolment.person.user
    if user is None or enrolment.source:
        return
    tell(
        recipient=user,
        template=template,
        event_key=key or f"{template}:{enrolment.pk}:{heard.event_id}",
        context={"enrolment": enrolment, **_place(user, enrolment.intake), **context},
        facts={"enrolment": enrolment.pk},
        intake_id=enrolment.intake_id,
        application_id=enrolment.application_id,
    )


def _enrolment(pk: int) -> Enrolment:
    return Enrolment.objects.select_related("person__user", "intake__program__organisation").get(pk=pk)


def _taking_part(intake_id: int) -> QuerySet[Enrolment]:
    people = Enrolment.objects.filter(intake=intake_id, status__in=ACTIVE)
    return people.select_related("person__user", "intake__program__organisation")


def about_application(template: str) -> Callable[[Any, Heard], None]:
    """A handler that tells the applicant with `template`; named after it, for the delivery table."""

    def handler(event: Any, heard: Heard) -> None:
        _tell_applicant(event.application_id, template, heard)

    handler.__qualname__ = f"tell_{template.replace('-', '_')}"
    return handler


def about_enrolment(template: str) -> Callable[[Any, Heard], None]:
    def handler(event: Any, heard: Heard) -> None:
        _tell_participant(_enrolment(event.enrolment_id), template, heard)

    handler.__qualname__ = f"tell_{template.replace('-', '_')}"
    return handler


def application_ineligible(event: applying.ApplicationFoundIneligible, heard: Heard) -> None:
    application = Application.objects.get(pk=event.application_id)
    rules = application.intake.eligibility_rules.filter(key__in=event.unmet)
    _tell_applicant(
        event.application_id, "application-ineligible", heard, rules=list(rules), reason=event.reason
    )


def application_eligible(event: applying.ApplicationFoundEligible, heard: Heard) -> None:
    """Told only when a person overruled the rules: the applicant had heard the opposite."""
    if event.reason:
        _tell_applicant(event.application_id, "application-eligible", heard, reason=event.reason)


def intake_cancelled(event: programs.IntakeMoved, heard: Heard) -> None:
    """Everyone who waits for something from the intake, drafts included."""
    if event.after != IntakeStatus.CANCELLED:
        return
    waiting = Application.objects.filter(intake=event.intake_id, source="").exclude(status__in=OVER)
    for application_id in waiting.exclude(outcome="not_selected").values_list("pk", flat=True):
        key = f"intake-cancelled:{application_id}"
        _tell_applicant(application_id, "intake-cancelled", heard, key=key, reason=event.reason)


def waitlist_left(event: selecting.WaitlistLeft, heard: Heard) -> None:
    """Whoever withdrew the whole application has a letter about that."""
    if not Application.objects.filter(pk=event.application_id, status=ApplicationStatus.WITHDRAWN).exists():
        _tell_applicant(event.application_id, "waitlist-left", heard)


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


def decision_released(event: selecting.DecisionReleased, heard: Heard) -> None:
    """An offer has its own message; the other outcomes are told here, once for each version."""
    templates = {"waitlist": "decision-waitlist", "not_selected": "decision-not-selected"}
    template = templates.get(event.outcome)
    if template:
        key = f"decision:{event.application_id}:{event.version}"
        facts = {"decision": event.decision_id}
        _tell_applicant(event.application_id, template, heard, facts=facts, key=key)


def about_offer(template: str) -> Callable[[Any, Heard], None]:
    def handler(event: Any, heard: Heard) -> None:
        offer = Offer.objects.get(pk=event.offer_id)
        _tell_applicant(
            event.application_id,
            template,
            heard,
            facts={"offer": event.offer_id},
            key=f"{template}:{event.offer_id}",
            offer=offer,
        )

    handler.__qualname__ = f"tell_{template.replace('-', '_')}"
    return handler


def enrolment_ended(event: taking_part.EnrolmentEnded, heard: Heard) -> None:
    enrolment = _enrolment(event.enrolment_id)
    template = "enrolment-completed" if event.status == "completed" else "enrolment-ended"
    _tell_participant(enrolment, template, heard)


def session_moved(event: courses.SessionMoved, heard: Heard) -> None:
    session = Session.objects.filter(pk=event.session_id).first()
    if session is not None:  # taken out meanwhile: that has a letter of its own
        for enrolment in _taking_part(event.intake_id):
            _tell_participant(enrolment, "session-moved", heard, session=session)


def session_removed(event: courses.SessionRemoved, heard: Heard) -> None:
    starts_at = datetime.fromisoformat(event.starts_at)
    for enrolment in _taking_part(event.intake_id):
        _tell_participant(enrolment, "session-removed", heard, title=event.title, starts_at=starts_at)


def session_planned(event: courses.SessionPlanned, heard: Heard) -> None:
    """One message a day for each participant, however many sessions are planned."""
    for enrolment in _taking_part(event.intake_id):
        key = f"sessions-planned:{enrolment.pk}:{heard.at:%Y-%m-%d}"
        _tell_participant(enrolment, "sessions-planned", heard, key=key)


def unit_assessed(event: courses.UnitAssessed, heard: Heard) -> None:
    unit = Unit.objects.get(pk=event.unit_id)
    _tell_participant(_enrolment(event.enrolment_id), "unit-assessed", heard, unit=unit, result=event.result)


def about_award(template: str) -> Callable[[Any, Heard], None]:
    def handler(event: Any, heard: Heard) -> None:
        award = Award.objects.get(pk=event.award_id)
        _tell_participant(_enrolment(event.enrolment_id), template, heard, award=award)

    handler.__qualname__ = f"tell_{template.replace('-', '_')}"
    return handler


#: (before, after) → what the scholar is told; the other moves have their own messages.
AWARD_MOVES = {
    ("active", "suspended"): "award-suspended",
    ("suspended", "active"): "award-resumed",
    ("active", "terminated"): "award-ended",
    ("suspended", "terminated"): "award-ended",
}


def award_moved(event: paying.AwardMoved, heard: Heard) -> None:
    if template := AWARD_MOVES.get((event.before, event.after)):
        award = Award.objects.get(pk=event.award_id)
        _tell_participant(_enrolment(award.enrolment_id), template, heard, award=award, reason=event.reason)


def about_payment(template: str) -> Callable[[Any, Heard], None]:
    def handler(event: Any, heard: Heard) -> None:
        line = Disbursement.objects.select_related("award").get(pk=event.disbursement_id)
        enrolment = _enrolment(line.award.enrolment_id)
        _tell_participant(enrolment, template, heard, line=line, reason=getattr(event, "reason", ""))

    handler.__qualname__ = f"tell_{template.replace('-', '_')}"
    return handler


def trainer_certified(event: cohorts.TrainerCertified, heard: Heard) -> None:
    trainer = Trainer.objects.select_related("program").get(pk=event.trainer_id)
    if trainer.enrolment_id and not trainer.source:
        _tell_participant(_enrolment(trainer.enrolment_id), "trainer-certified", heard, trainer=trainer)


def practice_planned(event: cohorts.PracticePlanned, heard: Heard) -> None:
    _tell_participant(_enrolment(event.enrolment_id), "practice-planned", heard)


def trainer_moved(event: cohorts.TrainerMoved, heard: Heard) -> None:
    """A certified trainer is told of every change of standing that is not their own doing."""
    trainer = Trainer.objects.select_related("program").get(pk=event.trainer_id)
    template = {"suspended": "trainer-suspended", "lapsed": "trainer-lapsed"}.get(event.after)
    if event.before in ("lapsed", "suspended") and event.after == "certified":
        template = "trainer-back"
    if template and trainer.certified_on and trainer.enrolment_id and not trainer.source:
        enrolment = _enrolment(trainer.enrolment_id)
        _tell_participant(enrolment, template, heard, trainer=trainer, reason=event.reason)


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


def listen() -> None:
    subscribe(
        {
            accounts.RoleGiven: [about_role("role-given")],
            accounts.RoleEnded: [about_role("role-ended")],
            programs.IntakeMoved: [intake_cancelled],
            applying.DraftKept: [about_application("draft-started")],
            applying.ApplicationSubmitted: [about_application("application-sent")],
            applying.ApplicationFoundEligible: [application_eligible],
            applying.ApplicationExpired: [about_application("application-expired")],
            applying.ApplicationFoundIneligible: [application_ineligible],
            applying.ApplicationWithdrawn: [about_application("application-withdrawn")],
            selecting.DecisionReleased: [decision_released],
            selecting.OfferMade: [about_offer("offer-made")],
            selecting.OfferLapsing: [about_offer("offer-lapsing")],
            selecting.OfferLapsed: [about_offer("offer-lapsed")],
            selecting.OfferRescinded: [about_offer("offer-rescinded")],
            selecting.OfferDeclined: [about_offer("offer-declined")],
            selecting.WaitlistLeft: [waitlist_left],
            taking_part.ParticipantEnrolled: [about_enrolment("enrolled")],
            taking_part.EnrolmentEnded: [enrolment_ended],
            taking_part.LeaveStarted: [about_enrolment("leave-started")],
            taking_part.LeaveEnded: [about_enrolment("leave-ended")],
            taking_part.EnrolmentReopened: [about_enrolment("enrolment-reopened")],
            courses.SessionPlanned: [session_planned],
            courses.SessionMoved: [session_moved],
            courses.SessionRemoved: [session_removed],
            courses.UnitAssessed: [unit_assessed],
            paying.AwardDrafted: [about_award("award-drafted")],
            paying.AwardAgreed: [about_award("award-agreed")],
            paying.AwardMoved: [award_moved],
            paying.DisbursementSent: [about_payment("payment-sent")],
            paying.DisbursementReturned: [about_payment("payment-returned")],
            paying.DisbursementCancelled: [about_payment("payment-cancelled")],
            paying.DisbursementRescheduled: [about_payment("payment-day-changed")],
            cohorts.PracticePlanned: [practice_planned],
            cohorts.TrainerCertified: [trainer_certified],
            cohorts.TrainerMoved: [trainer_moved],
            reviewing.ReviewAssigned: [review_assigned],
            reviewing.ReviewReopened: [review_reopened],
        }
    )
