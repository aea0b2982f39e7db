"""Many applications at once, for measurements: a few statements instead of one factory call each."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from apps.accounts.enums import Role
from apps.accounts.models import Membership, User
from apps.applications.enums import ApplicationStatus
from apps.applications.models import Application
from apps.people.models import Person
from apps.programs.models import Intake
from apps.reviews.enums import AssignmentStatus
from apps.reviews.models import Criterion, IntakeReviewer, Review, ReviewAssignment, Rubric, Score

BATCH = 2000
START = datetime(2026, 1, 5, 8, tzinfo=UTC)


def reviewers_for(intake: Intake, count: int) -> list[User]:
    """Reviewers of the organisation that runs the program, each willing to read everything."""
    home = intake.program.organisation_id
    users = User.objects.bulk_create(
        [User(email=f"reader{n}@readers{home}.example", full_name=f"Reader {n}") for n in range(count)]
    )
    Membership.objects.bulk_create(
        [Membership(user=user, organisation_id=home, role=Role.REVIEWER) for user in users]
    )
    IntakeReviewer.objects.bulk_create(
        [IntakeReviewer(intake=intake, reviewer=user, most_assignments=5000) for user in users]
    )
    return users


def applications_for(
    intake: Intake, count: int, *, status: ApplicationStatus = ApplicationStatus.IN_REVIEW
) -> list[Application]:
    """`count` people with accounts, each with a sent application, a minute apart."""
    first = Application.objects.count()
    numbers = range(first, first + count)
    users = User.objects.bulk_create(
        [User(email=f"person{n}@people{n % 997}.example", full_name=f"Person {n}") for n in numbers],
        batch_size=BATCH,
    )
    people = Person.objects.bulk_create(
        [Person(user=user, full_name=user.full_name) for user in users], batch_size=BATCH
    )
    return Application.objects.bulk_create(
        [
            Application(
                reference=f"BULK-{intake.pk}-{number:06d}",
                intake=intake,
                person=person,
                status=status,
                submitted_at=START + timedelta(minutes=number),
            )
            for number, person in enumerate(people, start=first)
        ],
        batch_size=BATCH,
    )


def reviews_for(applications: list[Application], reviewers: list[User], *, each: int = 3) -> None:
    """Every application read by `each` of the reviewers; two of three reviews are submitted."""
    intake = applications[0].intake
    rubric = Rubric.objects.create(intake=intake)
    criteria = Criterion.objects.bulk_create(
        [Criterion(rubric=rubric, number=n, title={"en": f"Criterion {n}"}, weight=50) for n in (1, 2)]
    )
    assignments = ReviewAssignment.objects.bulk_create(
        [_assignment(each, number, row, reviewers) for row in applications for number in range(each)],
        batch_size=BATCH,
    )
    done = [row for row in assignments if row.status == AssignmentStatus.SUBMITTED]
    reviews = Review.objects.bulk_create(
        [Review(assignment=row, weighted_score=Decimal(row.pk * 37 % 1000) / 10) for row in done],
        batch_size=BATCH,
    )
    Score.objects.bulk_create(
        [
            Score(review=row, criterion=criterion, points=1 + row.pk % 5)
            for row in reviews
            for criterion in criteria
        ],
        batch_size=BATCH,
    )


def _assignment(each: int, number: int, application: Application, reviewers: list[User]) -> ReviewAssignment:
    is_done = number % 3 != 2
    return ReviewAssignment(
        application=application,
        reviewer=reviewers[(application.pk * each + number) % len(reviewers)],
        status=AssignmentStatus.SUBMITTED if is_done else AssignmentStatus.ASSIGNED,
        no_conflict_declared_at=START if is_done else None,
        submitted_at=START if is_done else None,
    )
