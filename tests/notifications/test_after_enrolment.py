"""What happens to a person's money, sessions and standing reaches them, and says what it is about."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from apps.cohorts.services import (
    add_step,
    begin_training,
    certify_trainer,
    mark_step_done,
    reinstate_trainer,
    suspend_trainer,
)
from apps.core.actors import SYSTEM, Actor
from apps.courses.services import change_session, plan_session, remove_session
from apps.events.services import run_due_deliveries
from apps.notifications.enums import Channel
from apps.notifications.models import Message
from apps.programs.enums import ProgramKind
from apps.scholarships.services import (
    activate_award,
    agree_award,
    cancel_payment,
    draft_award,
    reschedule_payment,
    suspend_award,
    terminate_award,
)
from tests.factories.enrolments import EnrolmentFactory
from tests.factories.programs import IntakeFactory, ProgramFactory
from tests.factories.scholarships import ScholarshipTermsFactory

pytestmark = pytest.mark.django_db

TODAY = timezone.now().date()


def told() -> dict[str, str]:
    """The letters so far, by template, after everybody has heard."""
    run_due_deliveries()
    letters = Message.objects.filter(channel=Channel.EMAIL).order_by("id")
    return dict(letters.values_list("template", "body"))


def test_a_scholar_hears_of_every_turn_of_their_award(actor: Actor) -> None:
    intake = IntakeFactory(program=ScholarshipTermsFactory(amount=Decimal("900")).program)
    enrolment = EnrolmentFactory(intake=intake)
    award = draft_award(enrolment=enrolment, first_on=TODAY + timedelta(days=9), actor=actor)
    assert award is not None
    assert list(told()) == ["award-drafted"]

    award = activate_award(award=agree_award(award=award, actor=actor), actor=actor)
    first, second, _third = award.disbursements.all()
    reschedule_payment(payment=first, due_on=TODAY + timedelta(days=12), reason="Bank holiday", actor=actor)
    cancel_payment(payment=second, reason="Fees were waived", actor=actor)
    suspended = suspend_award(award=award, reason="No report came", actor=actor)
    resumed = activate_award(award=suspended, reason="It came", actor=actor)
    terminate_award(award=resumed, reason="Left the university", actor=actor)

    letters = told()
    assert set(letters) == {
        "award-drafted",
        "award-agreed",
        "payment-day-changed",
        "payment-cancelled",
        "award-suspended",
        "award-resumed",
        "award-ended",
    }
    assert "USD 900" in letters["award-drafted"]
    assert "Fees were waived" in letters["payment-cancelled"]
    assert "No report came" in letters["award-suspended"]


def test_sessions_planned_on_one_day_are_one_message() -> None:
    enrolment = EnrolmentFactory()
    for days in (1, 2, 3):
        plan_session(
            intake=enrolment.intake,
            title={"en": f"Day {days}"},
            starts_at=timezone.now() + timedelta(days=days),
            minutes=60,
            actor=SYSTEM,
        )

    assert list(told()) == ["sessions-planned"]
    assert Message.objects.filter(channel=Channel.EMAIL).count() == 1


def test_participants_hear_that_a_session_moved_or_will_not_take_place() -> None:
    enrolment = EnrolmentFactory()
    session = plan_session(
        intake=enrolment.intake,
        title={"en": "First steps"},
        starts_at=timezone.now() + timedelta(days=3),
        minutes=60,
        actor=SYSTEM,
    )
    change_session(
        session=session,
        seen_version=session.version,
        title=session.title,
        starts_at=session.starts_at + timedelta(days=1),
        minutes=60,
        actor=SYSTEM,
    )
    assert "First steps" in told()["session-moved"]

    remove_session(session=session, actor=SYSTEM)

    assert "First steps" in told()["session-removed"]


def test_a_trainee_hears_of_the_plan_once_and_a_trainer_of_their_standing(actor: Actor) -> None:
    program = ProgramFactory(kind=ProgramKind.COHORT)
    enrolment = EnrolmentFactory(intake=IntakeFactory(program=program), started_on=TODAY)
    trainer = begin_training(enrolment=enrolment, actor=actor)
    assert told() == {}
    for title in ("Watch", "Teach"):
        add_step(program=program, title={"en": title}, instructions={}, actor=actor)
    assert list(told()) == ["practice-planned"]

    for task in trainer.practice.all():
        mark_step_done(task=task, done_on=TODAY, actor=actor)
    certified = certify_trainer(trainer=trainer, actor=actor)
    suspended = suspend_trainer(trainer=certified, reason="A complaint", actor=actor)
    reinstate_trainer(trainer=suspended, reason="Cleared", actor=actor)

    letters = told()
    assert {"trainer-certified", "trainer-suspended", "trainer-back"} <= set(letters)
    assert "A complaint" in letters["trainer-suspended"]
    assert Message.objects.filter(template="practice-planned", channel=Channel.EMAIL).count() == 1
