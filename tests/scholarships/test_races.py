"""Two coordinators at once: one approval, one transfer."""

from datetime import date

import pytest

from apps.accounts.enums import Role
from apps.core.actors import CLOCK, Actor, user_actor
from apps.core.errors import Conflict
from apps.scholarships.models import Disbursement, LedgerEntry
from apps.scholarships.services import (
    activate_award,
    agree_award,
    approve_payment,
    draft_award,
    fall_due,
    send_payment,
    suspend_award,
)
from tests.factories.accounts import MembershipFactory
from tests.factories.enrolments import EnrolmentFactory
from tests.factories.programs import IntakeFactory
from tests.factories.scholarships import ScholarshipTermsFactory
from tests.racing import race

pytestmark = pytest.mark.django_db(transaction=True)

FIRST = date(2027, 1, 31)


def a_coordinator() -> Actor:
    return user_actor(MembershipFactory(role=Role.COORDINATOR).user)


@pytest.fixture
def due() -> Disbursement:
    intake = IntakeFactory(program=ScholarshipTermsFactory().program)
    award = draft_award(enrolment=EnrolmentFactory(intake=intake), first_on=FIRST, actor=CLOCK)
    assert award is not None
    activate_award(award=agree_award(award=award, actor=CLOCK), actor=CLOCK)
    fall_due(on=FIRST, actor=CLOCK)
    return award.disbursements.get(number=1)


def count(step: str) -> int:
    return LedgerEntry.objects.filter(step=step).count()


def test_two_approvals_at_once_are_one(due: Disbursement) -> None:
    one, two = a_coordinator(), a_coordinator()

    results = race(
        lambda: approve_payment(payment=due, actor=one), lambda: approve_payment(payment=due, actor=two)
    )

    assert sorted(type(result).__name__ for result in results) == ["Conflict", "Disbursement"]
    assert count("approved") == 1


def test_two_transfers_at_once_are_one(due: Disbursement) -> None:
    approve_payment(payment=due, actor=a_coordinator())
    one, two = a_coordinator(), a_coordinator()

    results = race(
        lambda: send_payment(payment=due, payment_reference="A", actor=one),
        lambda: send_payment(payment=due, payment_reference="B", actor=two),
    )

    assert sorted(type(result).__name__ for result in results) == ["Conflict", "Disbursement"]
    assert count("sent") == 1


def test_two_clocks_at_once_make_a_payment_due_once() -> None:
    for _number in range(3):
        intake = IntakeFactory(program=ScholarshipTermsFactory().program)
        award = draft_award(enrolment=EnrolmentFactory(intake=intake), first_on=FIRST, actor=CLOCK)
        assert award is not None
        activate_award(award=agree_award(award=award, actor=CLOCK), actor=CLOCK)

    results = race(*[lambda: fall_due(on=FIRST, actor=CLOCK)] * 2)

    assert sum(results) == 3
    assert count("due") == 3


def test_suspending_against_sending_never_pays_from_a_suspended_award(due: Disbursement) -> None:
    approve_payment(payment=due, actor=a_coordinator())
    one, two = a_coordinator(), a_coordinator()

    sent, suspended = race(
        lambda: send_payment(payment=due, payment_reference="A", actor=one),
        lambda: suspend_award(award=due.award, reason="Stop", actor=two),
    )

    assert not isinstance(suspended, Exception)
    assert isinstance(sent, Disbursement | Conflict)
    assert count("sent") == (1 if isinstance(sent, Disbursement) else 0)
