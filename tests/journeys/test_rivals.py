"""Eight rivals, fifty times, for each thing that must happen once; each with a careless twin.

The twin reads, decides and writes, as code without locks does. It must fail, or the race proves nothing.
"""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from apps.accounts.enums import Role
from apps.accounts.models import Organisation, User
from apps.applications.events import ApplicationSubmitted
from apps.applications.models import Application, FormVersion
from apps.applications.services import submit_application
from apps.core.actors import SYSTEM, Actor, user_actor
from apps.core.errors import Conflict, Full
from apps.events.models import EventRecord
from apps.events.services import publish
from apps.programs.models import Intake
from apps.reviews.models import Criterion, Review, ReviewAssignment, Score
from apps.reviews.services import save_review
from apps.selection.models import Decision
from apps.selection.services import hold_decisions, take_seat
from tests.factories.applications import ApplicationFactory, FormVersionFactory
from tests.factories.programs import IntakeFactory, ProgramFactory
from tests.factories.reviews import CriterionFactory, ReviewAssignmentFactory, RubricFactory
from tests.racing import RIVALS, rounds

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def intake(organisation: Organisation) -> Intake:
    return IntakeFactory(program=ProgramFactory(organisation=organisation), seats=1)


def free_seat_again(intake: Intake) -> Intake:
    Intake.objects.filter(pk=intake.pk).update(seats_taken=0)
    return intake


def test_the_last_seat_goes_to_one(intake: Intake) -> None:
    for _intake, results in rounds(lambda: free_seat_again(intake), lambda _n, it: take_seat(intake=it)):
        assert [type(each) for each in results if each] == [Full] * (RIVALS - 1)
        intake.refresh_from_db()
        assert intake.seats_taken == 1


def take_seat_carelessly(_number: int, intake: Intake) -> bool:
    seen = Intake.objects.get(pk=intake.pk)
    if seen.seats_taken < seen.seats:
        Intake.objects.filter(pk=intake.pk).update(seats_taken=seen.seats_taken + 1)
        return True
    return False


def test_the_last_seat_taken_carelessly_goes_to_several(intake: Intake) -> None:
    found = rounds(lambda: free_seat_again(intake), take_seat_carelessly)

    assert any(results.count(True) > 1 for _intake, results in found)


@pytest.fixture
def draft(intake: Intake) -> Callable[[], Application]:
    version: FormVersion = FormVersionFactory(intake=intake)
    return lambda: ApplicationFactory(intake=intake, form_version=version, status="draft")


def times_sent(application: Application) -> int:
    return EventRecord.objects.filter(name="ApplicationSubmitted", subject_id=application.pk).count()


def test_eight_clicks_on_send_are_one_submission(draft: Callable[[], Application]) -> None:
    def send(_number: int, application: Application) -> Any:
        mine = Application.objects.get(pk=application.pk)
        return submit_application(application=mine, submission_key=uuid4(), actor=SYSTEM)

    for application, results in rounds(draft, send):
        assert {type(each) for each in results} == {Application}
        assert times_sent(application) == 1


def send_carelessly(_number: int, application: Application) -> None:
    with transaction.atomic():
        mine = Application.objects.get(pk=application.pk)
        if mine.status == "draft":
            Application.objects.filter(pk=mine.pk).update(status="submitted", submitted_at=Now())
            publish(ApplicationSubmitted(application_id=mine.pk), actor=SYSTEM)


def test_eight_careless_clicks_on_send_are_more_than_one(draft: Callable[[], Application]) -> None:
    assert any(times_sent(application) > 1 for application, _results in rounds(draft, send_carelessly))


@pytest.fixture
def reviewed(intake: Intake) -> Callable[[], Application]:
    return lambda: ApplicationFactory(intake=intake, status="in_review")


OUTCOMES = ("offer", "waitlist", "not_selected")


@pytest.fixture
def decider(staff: Callable[..., User]) -> Actor:
    return user_actor(staff(Role.COORDINATOR))


def test_eight_decisions_about_one_person_are_one_decision(
    reviewed: Callable[[], Application], decider: Actor
) -> None:
    def decide(number: int, application: Application) -> Any:
        outcomes = {application.pk: OUTCOMES[number % 3]}
        return hold_decisions(intake=application.intake, outcomes=outcomes, reason="x", actor=decider)

    for application, results in rounds(reviewed, decide):
        assert [each for each in results if isinstance(each, Exception)] == []
        assert Decision.objects.filter(application=application).count() == 1


def test_eight_careless_decisions_collide(reviewed: Callable[[], Application], decider: Actor) -> None:
    def decide(number: int, application: Application) -> None:
        if not Decision.objects.filter(application=application).exists():
            values = {"outcome": OUTCOMES[number % 3], "decided_by_id": decider.user_id}
            Decision.objects.create(application=application, **values)

    found = rounds(reviewed, decide)

    assert any(isinstance(each, IntegrityError) for _application, results in found for each in results)


@pytest.fixture
def criterion(intake: Intake) -> Criterion:
    return CriterionFactory(rubric=RubricFactory(intake=intake), highest=10)


@pytest.fixture
def begun(intake: Intake, criterion: Criterion) -> Callable[[], ReviewAssignment]:
    """A review that eight windows have open in its first version."""

    def begin() -> ReviewAssignment:
        assignment = ReviewAssignmentFactory(
            application__intake=intake, application__status="in_review", status="in_progress"
        )
        Review.objects.create(assignment=assignment, version=1)
        return assignment

    return begin


def test_of_eight_windows_one_saves_and_seven_are_told(
    begun: Callable[[], ReviewAssignment], criterion: Criterion
) -> None:
    def save(number: int, assignment: ReviewAssignment) -> Any:
        return save_review(
            assignment=assignment,
            points={criterion.pk: number + 1},
            comments={},
            comment="",
            version=1,
            actor=SYSTEM,
        )

    for assignment, results in rounds(begun, save):
        (winner,) = [number for number, each in enumerate(results) if isinstance(each, Review)]
        assert sum(isinstance(each, Conflict) for each in results) == RIVALS - 1
        assert Score.objects.get(review__assignment=assignment).points == winner + 1


def test_of_eight_careless_windows_several_believe_they_saved(
    begun: Callable[[], ReviewAssignment],
) -> None:
    def save(number: int, assignment: ReviewAssignment) -> bool:
        review = Review.objects.get(assignment=assignment)
        if review.version != 1:
            return False
        review.version, review.comment = 2, str(number)
        review.save()
        return True

    assert any(results.count(True) > 1 for _assignment, results in rounds(begun, save))
