"""Awards, and payments that two people make together."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from apps.accounts.enums import Role
from apps.accounts.models import User
from apps.core.actors import CLOCK, Actor, user_actor
from apps.core.errors import Conflict, Invalid, NotAllowed
from apps.enrolments.models import Enrolment
from apps.enrolments.services import complete_enrolment
from apps.events.models import EventRecord
from apps.scholarships.models import Award, Disbursement, LedgerEntry
from apps.scholarships.services import (
    activate_award,
    agree_award,
    approve_payment,
    cancel_payment,
    confirm_payment,
    draft_award,
    fall_due,
    reissue_payment,
    reschedule_payment,
    restore_award,
    return_payment,
    send_payment,
    set_terms,
    suspend_award,
    terminate_award,
)
from tests.factories.enrolments import EnrolmentFactory
from tests.factories.programs import IntakeFactory
from tests.factories.scholarships import ScholarshipTermsFactory

pytestmark = pytest.mark.django_db

FIRST = date(2027, 1, 31)


@pytest.fixture
def enrolment() -> Enrolment:
    terms = ScholarshipTermsFactory()
    return EnrolmentFactory(intake=IntakeFactory(program=terms.program), started_on=FIRST)


@pytest.fixture
def award(enrolment: Enrolment, actor: Actor) -> Award:
    award = draft_award(enrolment=enrolment, first_on=FIRST, actor=actor)
    assert award is not None
    return award


@pytest.fixture
def active(award: Award, actor: Actor) -> Award:
    return activate_award(award=agree_award(award=award, actor=actor), actor=actor)


@pytest.fixture
def due(active: Award) -> Disbursement:
    fall_due(on=FIRST, actor=CLOCK)
    return active.disbursements.get(number=1)


@pytest.fixture
def other(staff: Callable[..., User]) -> Actor:
    return user_actor(staff(Role.COORDINATOR))


@pytest.fixture
def sent(due: Disbursement, actor: Actor, other: Actor) -> Disbursement:
    return send_payment(
        payment=approve_payment(payment=due, actor=actor), payment_reference="TRF-1", actor=other
    )


def steps(payment: Disbursement) -> list[str]:
    return list(
        LedgerEntry.objects.filter(disbursement=payment).order_by("pk").values_list("step", flat=True)
    )


def test_an_award_is_drafted_with_lines_that_add_up(award: Award) -> None:
    lines = list(award.disbursements.values_list("amount", "due_on"))

    assert sum(amount for amount, _day in lines) == award.amount == Decimal("1000.00")
    assert [day for _amount, day in lines] == [FIRST, date(2027, 4, 30), date(2027, 7, 31)]


def test_drafting_twice_gives_the_same_award(award: Award, enrolment: Enrolment, actor: Actor) -> None:
    assert draft_award(enrolment=enrolment, first_on=FIRST, actor=actor) == award
    assert award.disbursements.count() == 3


def test_setting_terms_late_drafts_the_awards_that_are_missing(actor: Actor) -> None:
    enrolment = EnrolmentFactory(started_on=FIRST)
    assert draft_award(enrolment=enrolment, first_on=FIRST, actor=actor) is None

    set_terms(
        program=enrolment.intake.program,
        amount=Decimal("500"),
        currency="THB",
        instalments=2,
        months_between=1,
        actor=actor,
    )

    assert Award.objects.get(enrolment=enrolment).disbursements.count() == 2


def test_terms_that_no_bank_can_pay_are_refused(actor: Actor) -> None:
    program = IntakeFactory().program

    with pytest.raises(Invalid) as refused:
        set_terms(
            program=program,
            amount=Decimal("100.50"),
            currency="VND",
            instalments=2,
            months_between=1,
            actor=actor,
        )

    assert "amount" in refused.value.fields


def test_changing_terms_leaves_drafted_awards_as_they_are(award: Award, actor: Actor) -> None:
    set_terms(
        program=award.enrolment.intake.program,
        amount=Decimal("9"),
        currency="USD",
        instalments=1,
        months_between=1,
        actor=actor,
    )

    award.refresh_from_db()
    assert award.amount == Decimal("1000.00")


def test_only_payments_of_active_awards_fall_due_and_only_on_their_day(award: Award, actor: Actor) -> None:
    assert fall_due(on=date(2028, 1, 1), actor=CLOCK) == 0
    activate_award(award=agree_award(award=award, actor=actor), actor=actor)

    assert fall_due(on=FIRST - timedelta(days=1), actor=CLOCK) == 0
    assert fall_due(on=FIRST, actor=CLOCK) == 1
    assert fall_due(on=FIRST, actor=CLOCK) == 0


def test_what_is_due_already_is_due_as_soon_as_the_award_is_active(
    enrolment: Enrolment, actor: Actor
) -> None:
    first = timezone.now().date() - timedelta(days=40)
    award = draft_award(enrolment=enrolment, first_on=first, actor=actor)
    assert award is not None

    activate_award(award=agree_award(award=award, actor=actor), actor=actor)

    assert list(award.disbursements.values_list("status", flat=True)) == ["due", "planned", "planned"]


def test_a_planned_payment_is_brought_forward_for_a_reason(active: Award, actor: Actor) -> None:
    payment = active.disbursements.get(number=2)
    today = timezone.now().date()
    with pytest.raises(Invalid):
        reschedule_payment(payment=payment, due_on=today, reason="", actor=actor)

    moved = reschedule_payment(payment=payment, due_on=today, reason="Flood", actor=actor)

    assert (moved.due_on, moved.status) == (today, "due")
    assert steps(moved) == ["planned", "planned", "due"]
    with pytest.raises(Conflict):
        reschedule_payment(payment=moved, due_on=FIRST, reason="Again", actor=actor)


def test_agreeing_twice_is_agreeing_once(award: Award, actor: Actor) -> None:
    agree_award(award=award, actor=actor)
    agree_award(award=award, actor=actor)

    assert EventRecord.objects.filter(name="AwardAgreed").count() == 1


def test_a_payment_goes_from_due_to_received_through_two_people(
    sent: Disbursement, actor: Actor, other: Actor
) -> None:
    confirmed = confirm_payment(payment=sent, actor=actor)

    assert confirmed.status == "confirmed"
    assert (confirmed.approved_by_id, confirmed.sent_by_id) == (actor.user_id, other.user_id)
    assert confirmed.payment_reference == "TRF-1"
    assert steps(confirmed) == ["planned", "due", "approved", "sent", "confirmed"]


def test_the_person_who_approved_cannot_send(due: Disbursement, actor: Actor) -> None:
    approved = approve_payment(payment=due, actor=actor)

    with pytest.raises(NotAllowed, match="You approved this payment"):
        send_payment(payment=approved, payment_reference="TRF-1", actor=actor)

    approved.refresh_from_db()
    assert approved.status == "approved"


def test_the_table_itself_refuses_one_person_for_both(due: Disbursement, actor: Actor) -> None:
    approve_payment(payment=due, actor=actor)

    with pytest.raises(IntegrityError, match="approver_does_not_send"), transaction.atomic():
        Disbursement.objects.filter(pk=due.pk).update(
            status="sent", sent_by_id=actor.user_id, sent_at=timezone.now()
        )


def test_the_system_approves_and_sends_nothing(due: Disbursement) -> None:
    with pytest.raises(NotAllowed):
        approve_payment(payment=due, actor=CLOCK)


def test_sending_needs_the_number_of_the_transfer(due: Disbursement, actor: Actor, other: Actor) -> None:
    approved = approve_payment(payment=due, actor=actor)

    with pytest.raises(Invalid) as refused:
        send_payment(payment=approved, payment_reference="", actor=other)

    assert "payment_reference" in refused.value.fields


def test_a_payment_is_not_approved_or_sent_twice(sent: Disbursement, actor: Actor, other: Actor) -> None:
    with pytest.raises(Conflict, match="Sent"):
        approve_payment(payment=sent, actor=actor)
    with pytest.raises(Conflict, match="Sent"):
        send_payment(payment=sent, payment_reference="TRF-2", actor=other)

    assert steps(sent).count("sent") == 1


def test_nothing_is_paid_from_a_suspended_award(due: Disbursement, active: Award, actor: Actor) -> None:
    suspend_award(award=active, reason="No report", actor=actor)

    with pytest.raises(Conflict, match="not active"):
        approve_payment(payment=due, actor=actor)

    activate_award(award=active, reason="Report came", actor=actor)
    assert approve_payment(payment=due, actor=actor).status == "approved"


def test_suspending_and_resuming_need_reasons(active: Award, actor: Actor) -> None:
    with pytest.raises(Invalid):
        suspend_award(award=active, reason="", actor=actor)
    suspended = suspend_award(award=active, reason="No report", actor=actor)
    with pytest.raises(Invalid):
        activate_award(award=suspended, actor=actor)


def test_a_returned_payment_is_approved_and_sent_anew(sent: Disbursement, actor: Actor, other: Actor) -> None:
    returned = return_payment(payment=sent, reason="Account closed", actor=actor)

    again = reissue_payment(payment=returned, actor=actor)
    assert (again.status, again.approved_by, again.payment_reference) == ("due", None, "")
    approve_payment(payment=again, actor=other)
    resent = send_payment(payment=again, payment_reference="TRF-2", actor=actor)

    assert steps(resent)[-5:] == ["sent", "returned", "due", "approved", "sent"]


def test_returning_and_cancelling_need_reasons(sent: Disbursement, active: Award, actor: Actor) -> None:
    with pytest.raises(Invalid):
        return_payment(payment=sent, reason="", actor=actor)
    with pytest.raises(Invalid):
        cancel_payment(payment=active.disbursements.get(number=2), reason="", actor=actor)


def test_a_payment_that_left_cannot_be_cancelled(sent: Disbursement, actor: Actor) -> None:
    with pytest.raises(Conflict):
        cancel_payment(payment=sent, reason="Mistake", actor=actor)


def test_the_last_receipt_completes_the_award_and_lets_the_scholar_complete(
    sent: Disbursement, active: Award, enrolment: Enrolment, actor: Actor
) -> None:
    for payment in active.disbursements.exclude(pk=sent.pk):
        cancel_payment(payment=payment, reason="Studies ended early", actor=actor)
    with pytest.raises(Invalid, match="1 payment is not received yet"):
        complete_enrolment(enrolment=enrolment, actor=actor)

    confirm_payment(payment=sent, actor=actor)

    active.refresh_from_db()
    assert active.status == "completed"
    assert active.ended_at is not None
    assert complete_enrolment(enrolment=enrolment, actor=actor).status == "completed"


def test_ending_an_award_cancels_what_has_not_left_and_nothing_else(
    sent: Disbursement, active: Award, actor: Actor
) -> None:
    terminate_award(award=active, reason="Left the university", actor=actor)

    assert list(active.disbursements.values_list("status", flat=True)) == ["sent", "cancelled", "cancelled"]


def test_restoring_an_award_leaves_what_was_cancelled_before_the_end(active: Award, actor: Actor) -> None:
    cancel_payment(payment=active.disbursements.get(number=2), reason="Fees waived", actor=actor)
    ended = terminate_award(award=active, reason="Left", actor=actor)

    restored = restore_award(award=ended, reason="A mistake", actor=actor)

    assert restored.status == "agreed"
    assert list(active.disbursements.values_list("status", flat=True)) == [
        "planned",
        "cancelled",
        "planned",
    ]


def test_the_ledger_is_only_ever_added_to(award: Award) -> None:
    with pytest.raises(ProgrammingError), transaction.atomic():
        LedgerEntry.objects.filter(disbursement__award=award).update(amount=1)
    with pytest.raises(ProgrammingError), transaction.atomic():
        LedgerEntry.objects.filter(disbursement__award=award).delete()
