"""What participants hear after they enrolled, whatever the kind."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from apps.cohorts import events as cohorts
from apps.cohorts.models import Trainer
from apps.courses import events as courses
from apps.courses.models import Session, Unit
from apps.enrolments import events as taking_part
from apps.events.registry import Heard
from apps.notifications.services.writing import tell
from apps.notifications.subscriptions.telling import (
    about_enrolment,
    enrolment_of,
    taking_part_in,
    tell_participant,
)
from apps.scholarships import events as paying
from apps.scholarships.models import Award, Disbursement


def enrolment_ended(event: taking_part.EnrolmentEnded, heard: Heard) -> None:
    enrolment = enrolment_of(event.enrolment_id)
    template = "enrolment-completed" if event.status == "completed" else "enrolment-ended"
    tell_participant(enrolment, template, heard)


def session_moved(event: courses.SessionMoved, heard: Heard) -> None:
    session = Session.objects.filter(pk=event.session_id).first()
    if session is not None:  # taken out meanwhile: that has a letter of its own
        for enrolment in taking_part_in(event.intake_id):
            tell_participant(enrolment, "session-moved", heard, session=session)


def session_removed(event: courses.SessionRemoved, heard: Heard) -> None:
    starts_at = datetime.fromisoformat(event.starts_at)
    for enrolment in taking_part_in(event.intake_id):
        tell_participant(enrolment, "session-removed", heard, title=event.title, starts_at=starts_at)


def session_planned(event: courses.SessionPlanned, heard: Heard) -> None:
    """One message a day for each participant, however many sessions are planned."""
    for enrolment in taking_part_in(event.intake_id):
        key = f"sessions-planned:{enrolment.pk}:{heard.at:%Y-%m-%d}"
        tell_participant(enrolment, "sessions-planned", heard, key=key)


def unit_assessed(event: courses.UnitAssessed, heard: Heard) -> None:
    unit = Unit.objects.get(pk=event.unit_id)
    tell_participant(enrolment_of(event.enrolment_id), "unit-assessed", heard, unit=unit, result=event.result)


def about_award(template: str) -> Callable[[Any, Heard], None]:
    def handler(event: Any, heard: Heard) -> None:
        award = Award.objects.get(pk=event.award_id)
        tell_participant(enrolment_of(event.enrolment_id), template, heard, award=award)

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
        tell_participant(enrolment_of(award.enrolment_id), template, heard, award=award, reason=event.reason)


def about_payment(template: str) -> Callable[[Any, Heard], None]:
    def handler(event: Any, heard: Heard) -> None:
        line = Disbursement.objects.select_related("award").get(pk=event.disbursement_id)
        enrolment = enrolment_of(line.award.enrolment_id)
        tell_participant(enrolment, template, heard, line=line, reason=getattr(event, "reason", ""))

    handler.__qualname__ = f"tell_{template.replace('-', '_')}"
    return handler


def trainer_certified(event: cohorts.TrainerCertified, heard: Heard) -> None:
    trainer = Trainer.objects.select_related("program").get(pk=event.trainer_id)
    if trainer.enrolment_id and not trainer.source:
        tell_participant(enrolment_of(trainer.enrolment_id), "trainer-certified", heard, trainer=trainer)


def practice_planned(event: cohorts.PracticePlanned, heard: Heard) -> None:
    tell_participant(enrolment_of(event.enrolment_id), "practice-planned", heard)


def trainer_moved(event: cohorts.TrainerMoved, heard: Heard) -> None:
    """A certified trainer is told of every change of standing that is not their own doing."""
    trainer = Trainer.objects.select_related("program").get(pk=event.trainer_id)
    template = {"suspended": "trainer-suspended", "lapsed": "trainer-lapsed"}.get(event.after)
    if event.before in ("lapsed", "suspended") and event.after == "certified":
        template = "trainer-back"
    if template and trainer.certified_on and trainer.enrolment_id and not trainer.source:
        enrolment = enrolment_of(trainer.enrolment_id)
        tell_participant(enrolment, template, heard, trainer=trainer, reason=event.reason)


def support_answered(event: taking_part.SupportTaskEnded, heard: Heard) -> None:
    """Without intake and application: in a delivery log it would tell a coordinator who asked."""
    enrolment = enrolment_of(event.enrolment_id)
    if enrolment.person.user is not None:
        tell(
            recipient=enrolment.person.user,
            template="support-answered",
            event_key=f"support-answered:{event.task_id}:{heard.event_id}",
            context={"enrolment": enrolment, "intake": enrolment.intake},
            facts={"enrolment": enrolment.pk},
        )


HEARD: dict[type, list[Callable[[Any, Heard], None]]] = {
    taking_part.SupportTaskEnded: [support_answered],
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
}
