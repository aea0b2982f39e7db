"""Every list of the API asks the database as often for three rows as for one."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from apps.accounts.enums import Role
from apps.accounts.models import Organisation, User
from apps.cohorts.models import Trainer, TrainerLink
from apps.enrolments.models import Enrolment
from apps.programs.enums import ProgramKind
from apps.programs.models import Intake
from apps.reviews.models import Review
from apps.scholarships.models import Award, Disbursement
from apps.selection.models import Decision, ReleaseBatch
from tests.factories.applications import ApplicationFactory
from tests.factories.cohorts import OnwardTrainingFactory, PracticeStepFactory, TrainerFactory
from tests.factories.courses import SessionFactory, UnitFactory
from tests.factories.enrolments import EnrolmentFactory
from tests.factories.notifications import MessageFactory
from tests.factories.people import PersonFactory
from tests.factories.programs import IntakeFactory, ProgramFactory
from tests.factories.reviews import IntakeReviewerFactory, ReviewAssignmentFactory
from tests.factories.selection import OfferFactory, WaitlistEntryFactory

pytestmark = pytest.mark.django_db
MOST_QUERIES = 14
NUMBERS = count(1)


def decided(intake: Intake, user: User) -> Any:
    application = ApplicationFactory(intake=intake, status="decided", outcome="offer", decided_at=now())
    assignment = ReviewAssignmentFactory(application=application, status="submitted", submitted_at=now())
    Review.objects.create(assignment=assignment, weighted_score=70)
    batch = ReleaseBatch.objects.create(intake=intake, size=1, prepared_by=user)
    Decision.objects.create(application=application, outcome="offer", decided_by=user, batch=batch)
    OfferFactory(application=application)
    WaitlistEntryFactory(application=application, position=next(NUMBERS))
    IntakeReviewerFactory(intake=intake, reviewer=assignment.reviewer)
    return application


def now() -> datetime:
    return datetime.now(UTC)


def paid(intake: Intake, user: User) -> Award:
    award = Award.objects.create(enrolment=EnrolmentFactory(intake=intake), amount=100, currency="USD")
    Disbursement.objects.create(
        award=award, number=1, due_on="2027-01-01", amount=100, approved_by=user, approved_at=now()
    )
    return award


def taught(intake: Intake, user: User) -> Enrolment:
    SessionFactory(intake=intake)
    UnitFactory(intake=intake)
    return EnrolmentFactory(intake=intake)


def trained(intake: Intake, user: User) -> None:
    person = getattr(user, "person", None) or PersonFactory(user=user)
    mine = Trainer.objects.filter(program=intake.program, person=person).first()
    mine = mine or TrainerFactory(program=intake.program, person=person, status="certified")
    enrolment = EnrolmentFactory(intake=intake)
    pupil = TrainerFactory(program=intake.program, person=enrolment.person, enrolment=enrolment)
    TrainerLink.objects.create(trainer=mine, trainee=pupil)
    PracticeStepFactory(program=intake.program, number=next(NUMBERS) % 30_000)
    OnwardTrainingFactory(trainer=mine)


def trained_by_another(intake: Intake, user: User) -> None:
    teacher = Trainer.objects.filter(program=intake.program, status="certified").first()
    teacher = teacher or TrainerFactory(program=intake.program, status="certified")
    TrainerLink.objects.create(trainer=teacher, trainee=TrainerFactory(program=intake.program))
    OnwardTrainingFactory(trainer=teacher)


def sent(intake: Intake, user: User) -> None:
    MessageFactory(intake=intake, status="failed")


def another_intake(intake: Intake, user: User) -> None:
    IntakeFactory(program=intake.program)


def role_of_mine(intake: Intake, user: User) -> None:
    TrainerFactory(person=getattr(user, "person", None) or PersonFactory(user=user))


Make = Callable[[Intake, User], Any]
LISTS: list[tuple[str, ProgramKind, Make]] = [
    (
        "programs/",
        ProgramKind.COURSE,
        lambda intake, user: ProgramFactory(organisation=intake.program.organisation),
    ),
    ("programs/{program}/intakes/", ProgramKind.COURSE, another_intake),
    ("intakes/{intake}/reviewers/", ProgramKind.COURSE, decided),
    ("intakes/{intake}/progress/", ProgramKind.COURSE, decided),
    ("intakes/{intake}/ranking/", ProgramKind.COURSE, decided),
    ("intakes/{intake}/decisions/", ProgramKind.COURSE, decided),
    ("intakes/{intake}/batches/", ProgramKind.COURSE, decided),
    ("intakes/{intake}/offers/", ProgramKind.COURSE, decided),
    ("intakes/{intake}/waitlist/", ProgramKind.COURSE, decided),
    ("messages/log/", ProgramKind.COURSE, sent),
    ("scholarships/intakes/{intake}/awards/", ProgramKind.SCHOLARSHIP, paid),
    ("scholarships/intakes/{intake}/payments/", ProgramKind.SCHOLARSHIP, paid),
    ("courses/intakes/{intake}/sessions/", ProgramKind.COURSE, taught),
    ("courses/intakes/{intake}/units/", ProgramKind.COURSE, taught),
    ("courses/intakes/{intake}/progress/", ProgramKind.COURSE, taught),
    ("cohorts/mine/", ProgramKind.COHORT, role_of_mine),
    ("cohorts/mine/{mine}/pupils/", ProgramKind.COHORT, trained),
    ("cohorts/mine/{mine}/trainings/", ProgramKind.COHORT, trained),
    ("cohorts/programs/{program}/steps/", ProgramKind.COHORT, trained),
    ("cohorts/programs/{program}/trainers/", ProgramKind.COHORT, trained),
    ("cohorts/intakes/{intake}/practice/", ProgramKind.COHORT, trained),
    ("cohorts/trainers/{teacher}/pupils/", ProgramKind.COHORT, trained_by_another),
    ("cohorts/trainers/{teacher}/trainings/", ProgramKind.COHORT, trained_by_another),
]


def rows_of(answer: Any) -> int:
    """Also of the two lists that come whole with what belongs to them."""
    found = answer.json()
    return len(found["results"] if "results" in found else found["reviewers"])


@pytest.mark.parametrize(("name", "kind", "make"), LISTS, ids=[name for name, _kind, _make in LISTS])
def test_a_list_takes_as_many_queries_for_three_rows_as_for_one(
    name: str,
    kind: ProgramKind,
    make: Make,
    organisation: Organisation,
    coordinator: User,
    caller: Callable[[User], APIClient],
) -> None:
    intake = IntakeFactory(program=ProgramFactory(organisation=organisation, kind=kind))
    client = caller(coordinator)
    counts, sizes = [], []
    for rows in (1, 2):
        for _row in range(rows):
            make(intake, coordinator)
        trainers = Trainer.objects.filter(program=intake.program, status="certified")
        mine = trainers.filter(person__user=coordinator).first()
        teacher = trainers.exclude(person__user=coordinator).first()
        address = "/api/" + name.format(
            intake=intake.public_id,
            program=intake.program.public_id,
            mine=mine.public_id if mine else "",
            teacher=teacher.public_id if teacher else "",
        )
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address)
        assert answer.status_code == 200
        counts.append(len(asked))
        sizes.append(rows_of(answer))

    assert sizes[1] == sizes[0] + 2
    assert counts[0] == counts[1] <= MOST_QUERIES


def test_one_application_costs_the_same_for_any_number_of_readers(
    organisation: Organisation, coordinator: User, caller: Callable[[User], APIClient]
) -> None:
    application = ApplicationFactory(
        intake__program__organisation=organisation, status="in_review", submitted_at=now() - timedelta(days=1)
    )
    client, counts = caller(coordinator), []
    for rows in (1, 2):
        for _row in range(rows):
            assignment = ReviewAssignmentFactory(application=application)
            Review.objects.create(assignment=assignment, weighted_score=70)
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(f"/api/applications/run/{application.public_id}/")
        counts.append(len(asked))

    assert len(answer.json()["reviews"]) == 3
    assert counts[0] == counts[1] <= 16


def test_a_sheet_costs_the_same_for_any_number_of_people(
    organisation: Organisation, staff: Callable[..., User], caller: Callable[[User], APIClient]
) -> None:
    session = SessionFactory(intake__program__organisation=organisation)
    unit = UnitFactory(intake=session.intake)
    client = caller(staff(Role.TRAINER))
    for address in (f"sessions/{session.public_id}/attendance/", f"units/{unit.public_id}/assessments/"):
        counts = []
        for rows in (1, 2):
            EnrolmentFactory.create_batch(rows, intake=session.intake)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(f"/api/courses/{address}").status_code == 200
            counts.append(len(asked))
        assert counts[0] == counts[1]
