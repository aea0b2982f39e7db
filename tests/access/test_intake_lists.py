"""The lists inside one intake ask the database as often for three rows as for one."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.enums import Role
from apps.accounts.models import Organisation, User
from apps.applications.models import Application
from apps.notifications.enums import Channel
from apps.programs.models import Intake
from apps.reviews.models import Review, ReviewAssignment, Rubric, Score
from apps.selection.models import Decision, ReleaseBatch
from tests.factories.applications import ApplicationFactory
from tests.factories.enrolments import EnrolmentFactory
from tests.factories.notifications import MessageFactory
from tests.factories.places import CountryFactory
from tests.factories.programs import IntakeFactory, ProgramFactory
from tests.factories.reviews import (
    CriterionFactory,
    IntakeReviewerFactory,
    ReviewAssignmentFactory,
    RubricFactory,
)
from tests.factories.selection import OfferFactory, WaitlistEntryFactory

pytestmark = pytest.mark.django_db
Make = Callable[[Intake, User], None]


def read_application(intake: Intake, reviewer: User, **fields: object) -> ReviewAssignment:
    application = ApplicationFactory(
        intake=intake, status="in_review", person__country=CountryFactory(), **fields
    )
    rubric = Rubric.objects.get(intake=intake)
    assignment = ReviewAssignmentFactory(
        application=application, reviewer=reviewer, status="submitted", submitted_at=datetime.now(UTC)
    )
    review = Review.objects.create(assignment=assignment, weighted_score=70)
    Score.objects.create(review=review, criterion=rubric.criteria.get(), points=3)
    return assignment


def reading(intake: Intake, reviewer: User) -> None:
    """One more application, read by this reviewer and by one more, and one that waits for this reviewer."""
    assignment = read_application(intake, reviewer)
    ReviewAssignmentFactory(application=assignment.application)
    ReviewAssignmentFactory(application__intake=intake, reviewer=reviewer)


def reader(intake: Intake, reviewer: User) -> None:
    from_home = IntakeReviewerFactory(intake=intake).reviewer
    from_home.memberships.create(organisation=intake.program.organisation, role=Role.REVIEWER)


def decision(intake: Intake, reviewer: User) -> None:
    application = read_application(intake, reviewer).application
    batch = ReleaseBatch.objects.filter(intake=intake).first() or ReleaseBatch.objects.create(
        intake=intake, size=1, prepared_by=reviewer
    )
    Decision.objects.create(application=application, outcome="offer", decided_by=reviewer, batch=batch)


def offer(intake: Intake, reviewer: User) -> None:
    OfferFactory(application__intake=intake, intake=intake)
    WaitlistEntryFactory(application__intake=intake, intake=intake)


def enrolment(intake: Intake, reviewer: User) -> None:
    EnrolmentFactory(intake=intake, person__country=CountryFactory())


def about_one(intake: Intake, reviewer: User) -> None:
    """Everything the page of one application lists, once more."""
    application = first_application(intake) or read_application(intake, reviewer).application
    late = ReviewAssignmentFactory(
        application=application, status="submitted", submitted_at=datetime.now(UTC)
    )
    review = Review.objects.create(assignment=late, weighted_score=50)
    criterion = Rubric.objects.get(intake=intake).criteria.get()
    Score.objects.create(review=review, criterion=criterion, points=2)
    MessageFactory(intake=intake, application=application, channel=Channel.IN_APP, status="sent")


def first_application(intake: Intake) -> Application | None:
    return Application.objects.filter(intake=intake).order_by("pk").first()


def batch_of(intake: Intake) -> list[object]:
    return [ReleaseBatch.objects.get(intake=intake).public_id]


def first_of(intake: Intake) -> list[object]:
    return [Application.objects.filter(intake=intake).earliest("pk").public_id]


def none_of(_intake: Intake) -> list[object]:
    return []


def itself(intake: Intake) -> list[object]:
    return [intake.public_id]


#: URL name, who looks, what makes one more row, and what the address names.
LISTS: list[tuple[str, str, Make, Callable[[Intake], list[object]]]] = [
    ("portal:staff-applications", "coordinator", reading, none_of),
    ("portal:staff-applications-csv", "coordinator", reading, none_of),
    ("portal:staff-answers-csv", "coordinator", reading, none_of),
    ("portal:staff-application", "coordinator", about_one, first_of),
    ("reviews:queue", "reviewer", reading, none_of),
    ("reviews:progress", "coordinator", reading, itself),
    ("reviews:assign", "coordinator", reader, itself),
    ("selection:ranking", "coordinator", decision, itself),
    ("selection:batch-detail", "coordinator", decision, batch_of),
    ("selection:offer-list", "coordinator", offer, itself),
    ("selection:waitlist", "coordinator", offer, itself),
    ("enrolments:roster", "coordinator", enrolment, itself),
    ("enrolments:roster-csv", "coordinator", enrolment, itself),
]


@pytest.mark.parametrize(
    ("name", "who", "make", "named"), LISTS, ids=[name for name, _who, _make, _named in LISTS]
)
def test_three_rows_cost_the_queries_of_one(
    name: str,
    who: str,
    make: Make,
    named: Callable[[Intake], list[object]],
    organisation: Organisation,
    staff: Callable[..., User],
    signed_in: Callable[[User], Client],
) -> None:
    intake = IntakeFactory(program=ProgramFactory(organisation=organisation), reviews_each=2)
    CriterionFactory(rubric=RubricFactory(intake=intake))
    reviewer = staff(Role.REVIEWER)
    client = signed_in(reviewer if who == "reviewer" else staff(Role.COORDINATOR))
    counts, sizes = [], []

    for rows in (1, 2):
        for _row in range(rows):
            make(intake, reviewer)
        address = reverse(name, args=named(intake))
        client.get(address)  # what is kept between requests is kept now
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address)
            sizes.append(len(b"".join(answer) if answer.streaming else answer.content))
        assert answer.status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1], [query["sql"][:160] for query in asked]
    assert sizes[0] < sizes[1], "the rows are not on this page: it proves nothing"
