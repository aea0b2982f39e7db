"""What waits for a coordinator or trainer after enrolment, of every kind, and only at their organisation."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.enums import Role
from apps.accounts.models import Organisation, User
from apps.accounts.roles import viewer_for
from apps.cohorts.services import add_step, begin_training, mark_step_done
from apps.core.actors import CLOCK, SYSTEM, Actor
from apps.enrolments.selectors import waiting_in_programs
from apps.programs.enums import ProgramKind
from apps.programs.models import Intake
from apps.scholarships.enums import DisbursementStatus
from apps.scholarships.models import Disbursement
from apps.scholarships.services import activate_award, agree_award, approve_payment, draft_award, fall_due
from tests.factories.courses import SessionFactory
from tests.factories.enrolments import EnrolmentFactory
from tests.factories.programs import IntakeFactory, ProgramFactory
from tests.factories.scholarships import ScholarshipTermsFactory

pytestmark = pytest.mark.django_db

TODAY = timezone.now().date()


def an_intake(kind: ProgramKind, organisation: Organisation) -> Intake:
    return IntakeFactory(program=ProgramFactory(kind=kind, organisation=organisation))


@pytest.fixture
def work(organisation: Organisation, actor: Actor) -> None:
    """Two sessions to mark, one person to certify, two payments due, one returned, an award to start."""
    course = an_intake(ProgramKind.COURSE, organisation)
    SessionFactory.create_batch(2, intake=course)
    SessionFactory(intake=course, starts_at=timezone.now() + timedelta(days=1))
    cohort = an_intake(ProgramKind.COHORT, organisation)
    add_step(program=cohort.program, title={"en": "Teach"}, instructions={}, actor=SYSTEM)
    for done in (True, False):
        trainer = begin_training(enrolment=EnrolmentFactory(intake=cohort), actor=SYSTEM)
        if done:
            mark_step_done(task=trainer.practice.get(), done_on=TODAY, actor=actor)
    scholarship = an_intake(ProgramKind.SCHOLARSHIP, organisation)
    ScholarshipTermsFactory(program=scholarship.program)
    for _number in range(2):
        award = draft_award(enrolment=EnrolmentFactory(intake=scholarship), first_on=TODAY, actor=SYSTEM)
        assert award is not None
        activate_award(award=agree_award(award=award, actor=SYSTEM), actor=SYSTEM)
    fall_due(on=TODAY, actor=CLOCK)
    approve_payment(payment=award.disbursements.get(number=1), actor=actor)
    Disbursement.objects.filter(award=award, number=2).update(status=DisbursementStatus.RETURNED)
    waiting = draft_award(enrolment=EnrolmentFactory(intake=scholarship), first_on=TODAY, actor=SYSTEM)
    assert waiting is not None
    agree_award(award=waiting, actor=SYSTEM)


def words(user: User) -> set[str]:
    return {f"{each.number} {each.words}" for each in waiting_in_programs(viewer_for(user))}


def test_a_coordinator_sees_what_waits_for_them(work: None, coordinator: User) -> None:
    assert words(coordinator) == {
        "2 Sessions without attendance",
        "1 People to certify",
        "1 Awards to start",
        "1 Payments to approve",
        "1 Payments the bank returned",
    }


def test_the_desk_of_today_leads_there(work: None, as_coordinator: Client) -> None:
    page = as_coordinator.get(reverse("portal:today")).content.decode()

    assert "Sessions without attendance: " in page
    assert "Payments to approve: " in page
    assert "Payments to send: " not in page


def test_what_one_approved_waits_for_another(work: None, staff: Callable[..., User]) -> None:
    assert "1 Payments to send" in words(staff(Role.COORDINATOR))


def test_a_trainer_sees_sessions_only(work: None, staff: Callable[..., User]) -> None:
    assert words(staff(Role.TRAINER)) == {"2 Sessions without attendance"}


def test_other_organisations_see_nothing(work: None, staff: Callable[..., User]) -> None:
    from_elsewhere = staff(Role.COORDINATOR, at=IntakeFactory().program.organisation)

    assert words(from_elsewhere) == set()


def test_each_line_leads_to_where_the_work_is_done(
    work: None, as_coordinator: Client, coordinator: User
) -> None:
    for each in waiting_in_programs(viewer_for(coordinator)):
        assert as_coordinator.get(each.url).status_code == 200


@pytest.mark.parametrize("more", [0, 2])
def test_it_takes_the_same_queries_for_one_intake_or_three(
    more: int,
    work: None,
    organisation: Organisation,
    coordinator: User,
    django_assert_num_queries: Callable,
) -> None:
    for _number in range(more):
        SessionFactory(intake=an_intake(ProgramKind.COURSE, organisation))
    viewer = viewer_for(coordinator)

    with django_assert_num_queries(8):
        waiting_in_programs(viewer)
