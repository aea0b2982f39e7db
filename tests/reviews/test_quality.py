"""Calibration and quality: what everyone scores first, who agrees, and where a third reading is wanted."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.enums import Role
from apps.accounts.models import User
from apps.applications.models import Application
from apps.core.actors import SYSTEM
from apps.core.errors import Invalid
from apps.programs.models import Intake
from apps.reviews.enums import Purpose
from apps.reviews.models import CalibrationPaper, Criterion, Review, ReviewAssignment, Score
from apps.reviews.selectors import calibration_of, criterion_means, quality_of, scores_by_application
from apps.reviews.services import (
    add_papers,
    agree_points,
    ask_third_readings,
    hand_out_calibration,
    remove_paper,
    set_reviewers,
)
from tests.factories.applications import ApplicationFactory, ReferenceFactory
from tests.factories.bulk import applications_for, reviewers_for, reviews_for
from tests.factories.programs import IntakeFactory, ProgramFactory
from tests.factories.reviews import CriterionFactory, ReviewAssignmentFactory, RubricFactory

pytestmark = pytest.mark.django_db
Staff = Callable[..., User]
#: Statements of the pages quality, calibration, assign and readers, for any number of rows.
COSTS = [8, 10, 10, 6]


@pytest.fixture
def readers(intake: Intake, staff: Staff) -> list[User]:
    found = [staff(Role.REVIEWER) for _each in range(3)]
    set_reviewers(intake=intake, limits=dict.fromkeys(found, 9), actor=SYSTEM)
    return found


@pytest.fixture
def application(intake: Intake) -> Application:
    return ApplicationFactory(intake=intake, status="in_review")


def read(
    application: Application, reader: User, criteria: list[Criterion], *points: int, **more: object
) -> ReviewAssignment:
    """A submitted reading whose score is a quarter of the scale for each point of the first criterion."""
    row = ReviewAssignment.objects.filter(application=application, reviewer=reader, **more).first()
    row = row or ReviewAssignmentFactory(application=application, reviewer=reader, **more)
    ReviewAssignment.objects.filter(pk=row.pk).update(status="submitted", submitted_at=datetime.now(UTC))
    review = Review.objects.create(assignment=row, weighted_score=25 * (points[0] - 1))
    for criterion, given in zip(criteria, points, strict=True):
        Score.objects.create(review=review, criterion=criterion, points=given)
    return row


def test_everyone_chosen_gets_the_papers_once_and_those_who_come_later_too(
    intake: Intake, readers: list[User], application: Application, staff: Staff
) -> None:
    for _time in range(2):
        add_papers(intake=intake, applications=[application], actor=SYSTEM)
    late = staff(Role.REVIEWER)

    set_reviewers(intake=intake, limits=dict.fromkeys([*readers, late], 9), actor=SYSTEM)

    rows = ReviewAssignment.objects.filter(purpose=Purpose.CALIBRATION)
    assert sorted(rows.values_list("reviewer", flat=True)) == sorted(each.pk for each in [*readers, late])
    assert hand_out_calibration(intake=intake, actor=SYSTEM) == 0
    assert not ReviewAssignment.objects.counted().exists()


def test_nobody_calibrates_on_somebody_they_know(
    intake: Intake, readers: list[User], application: Application
) -> None:
    ReferenceFactory(application=application, email=readers[0].email)

    add_papers(intake=intake, applications=[application], actor=SYSTEM)

    assert not ReviewAssignment.objects.filter(reviewer=readers[0]).exists()


def test_only_applications_of_the_intake_that_are_read_are_for_calibration(
    intake: Intake, readers: list[User]
) -> None:
    earlier = ApplicationFactory(
        intake=IntakeFactory(program=ProgramFactory(organisation=intake.program.organisation)),
        status="in_review",
    )
    decided = ApplicationFactory(
        intake=intake, status="decided", outcome="offer", decided_at=datetime.now(UTC)
    )

    for wrong in (earlier, decided):
        with pytest.raises(Invalid):
            add_papers(intake=intake, applications=[wrong], actor=SYSTEM)


def test_a_paper_taken_out_is_read_by_nobody_who_had_not_finished(
    intake: Intake, readers: list[User], application: Application, criteria: list[Criterion]
) -> None:
    add_papers(intake=intake, applications=[application], actor=SYSTEM)
    done = read(application, readers[0], criteria, 3, 3, purpose=Purpose.CALIBRATION)

    remove_paper(paper=CalibrationPaper.objects.get(), actor=SYSTEM)

    statuses = ReviewAssignment.objects.exclude(pk=done.pk).values_list("status", flat=True)
    assert set(statuses) == {"cancelled"}
    assert ReviewAssignment.objects.get(pk=done.pk).status == "submitted"


def test_how_far_off_is_measured_by_the_others_and_then_by_what_was_agreed(
    intake: Intake, readers: list[User], application: Application, criteria: list[Criterion]
) -> None:
    add_papers(intake=intake, applications=[application], actor=SYSTEM)
    for reader, points in zip(readers, (1, 3, 3), strict=True):
        read(application, reader, criteria, points, points, purpose=Purpose.CALIBRATION)

    by_median = {row.reviewer: row for row in calibration_of(intake).rows}
    first, second = (each.number for each in criteria)
    agree_points(paper=CalibrationPaper.objects.get(), points={first: 1, second: 1}, actor=SYSTEM)
    by_agreement = {row.reviewer: row for row in calibration_of(intake).rows}

    assert by_median[readers[0]].leaning == -2
    assert by_agreement[readers[0]].distance == 0
    assert by_agreement[readers[1]].leaning == 2
    assert by_agreement[readers[0]].result.passes
    assert not by_agreement[readers[1]].result.passes


def test_calibration_counts_for_no_score(
    intake: Intake, readers: list[User], application: Application, criteria: list[Criterion]
) -> None:
    read(application, readers[0], criteria, 5, 5)
    read(application, readers[0], criteria, 1, 1, purpose=Purpose.CALIBRATION)

    assert scores_by_application(intake)[application.pk].mean == 100
    assert quality_of(intake).readings == 1


def test_the_adjusted_mean_takes_out_what_readers_lean_to(
    intake: Intake, readers: list[User], criteria: list[Criterion]
) -> None:
    severe, mild, _third = readers
    both = ApplicationFactory.create_batch(6, intake=intake, status="in_review")
    for each in both:
        read(each, severe, criteria, 2, 2)
        read(each, mild, criteria, 3, 3)
    alone = ApplicationFactory(intake=intake, status="in_review")
    read(alone, severe, criteria, 3, 3)

    marks = scores_by_application(intake)

    assert (marks[alone.pk].mean, marks[alone.pk].adjusted) == (50, Decimal("62.500"))
    assert marks[both[0].pk].adjusted == marks[both[0].pk].mean == Decimal("37.5")


def test_the_adjusted_mean_follows_every_change_of_a_review(
    intake: Intake, readers: list[User], application: Application, criteria: list[Criterion]
) -> None:
    row = read(application, readers[0], criteria, 3, 3)
    before = scores_by_application(intake)[application.pk].adjusted

    Review.objects.filter(assignment=row).update(weighted_score=75)
    after = scores_by_application(intake)[application.pk].adjusted

    assert (before, after) == (50, 75)


def test_means_by_criterion_name_what_does_not_count(
    intake: Intake, readers: list[User], application: Application, criteria: list[Criterion]
) -> None:
    beside = CriterionFactory(rubric=criteria[0].rubric, number=32_000, is_independent=True)
    for reader, points in zip(readers, (2, 3, 4), strict=True):
        read(application, reader, [*criteria, beside], points, 5, 1)

    means = criterion_means(intake, [application.pk])[application.pk]

    assert [(each.mean, each.is_independent) for each in means] == [(3, False), (5, False), (1, True)]
    assert criterion_means(intake, []) == {}


def test_two_who_disagree_get_a_third_once(
    intake: Intake, readers: list[User], application: Application, criteria: list[Criterion]
) -> None:
    read(application, readers[0], criteria, 1, 3)
    read(application, readers[1], criteria, 5, 3)

    asked = [ask_third_readings(intake=intake, actor=SYSTEM) for _time in range(2)]

    assert [each.asked for each in asked] == [1, 0]
    third = ReviewAssignment.objects.get(purpose=Purpose.THIRD)
    assert third.reviewer == readers[2]
    [disputed] = quality_of(intake).disputed
    assert (disputed.third, disputed.may_ask) == (True, False)
    read(application, readers[2], criteria, 3, 3, purpose=Purpose.THIRD)
    assert ask_third_readings(intake=intake, actor=SYSTEM).asked == 0


def test_nobody_with_a_tie_reads_third_and_it_says_so(
    intake: Intake, readers: list[User], application: Application, criteria: list[Criterion]
) -> None:
    ReferenceFactory(application=application, email=readers[2].email)
    read(application, readers[0], criteria, 1, 3)
    read(application, readers[1], criteria, 5, 3)

    asked = ask_third_readings(intake=intake, actor=SYSTEM)

    assert (asked.asked, asked.short) == (0, 1)


def test_who_agrees_or_waits_for_a_reader_wants_no_third(
    intake: Intake, readers: list[User], application: Application, criteria: list[Criterion]
) -> None:
    read(application, readers[0], criteria, 3, 3)
    read(application, readers[1], criteria, 4, 4)
    waiting = ApplicationFactory(intake=intake, status="in_review")
    read(waiting, readers[0], criteria, 1, 1)
    read(waiting, readers[1], criteria, 5, 5)
    ReviewAssignmentFactory(application=waiting, reviewer=readers[2])

    assert ask_third_readings(intake=intake, actor=SYSTEM).asked == 0


def test_the_page_says_how_well_readers_agree_and_asks(
    intake: Intake, readers: list[User], criteria: list[Criterion], as_coordinator: Client
) -> None:
    page = reverse("reviews:quality", args=[intake.public_id])
    assert "Nothing has been read twice yet" in as_coordinator.get(page).content.decode()
    for points in ((1, 1), (3, 3), (5, 5), (1, 5)):
        application = ApplicationFactory(intake=intake, status="in_review")
        for reader, given in zip(readers, points, strict=False):
            read(application, reader, criteria, given, given)

    text = as_coordinator.get(page).content.decode()
    assert "Talk and calibrate again" in text
    assert "Ask for 1 third reading" in text
    ask = reverse("reviews:third-readings", args=[intake.public_id])
    as_coordinator.post(ask, {"application": "nonsense\x00"})
    assert not ReviewAssignment.objects.filter(purpose=Purpose.THIRD).exists()
    as_coordinator.post(ask, {"application": application.reference})

    assert ReviewAssignment.objects.get(purpose=Purpose.THIRD).application == application


def test_calibration_is_set_up_on_a_page(
    intake: Intake,
    readers: list[User],
    application: Application,
    criteria: list[Criterion],
    as_coordinator: Client,
) -> None:
    page = reverse("reviews:calibration", args=[intake.public_id])

    unknown = as_coordinator.post(page, {"references": "AP-NOTHING"})
    assert (unknown.status_code, "AP-NOTHING" in unknown.content.decode()) == (422, True)
    assert as_coordinator.post(page, {"references": f" {application.reference.lower()},"}).status_code == 302
    paper = reverse("reviews:calibration-paper", args=[intake.public_id, application.public_id])
    field = f"points-{criteria[0].number}"
    assert as_coordinator.post(paper, {field: "9"}).status_code == 422
    assert as_coordinator.post(paper, {field: "4"}).status_code == 302
    assert CalibrationPaper.objects.get().agreed == {str(criteria[0].number): 4}
    assert str(readers[0]) in as_coordinator.get(page).content.decode()
    as_coordinator.post(paper, {"remove": "1"})

    assert not CalibrationPaper.objects.exists()


@pytest.mark.parametrize(
    ("page", "most"), [("progress", 12), ("quality", 11), ("assign", 11), ("calibration", 11)]
)
def test_pages_keep_their_budget_at_two_thousand(
    page: str,
    most: int,
    intake: Intake,
    as_coordinator: Client,
    django_assert_max_num_queries: Callable,
) -> None:
    reviews_for(applications_for(intake, 2000), reviewers_for(intake, 40))

    with django_assert_max_num_queries(most):
        answer = as_coordinator.get(reverse(f"reviews:{page}", args=[intake.public_id]))

    assert answer.status_code == 200


def test_a_preview_keeps_its_budget_at_two_thousand(
    intake: Intake, as_coordinator: Client, django_assert_max_num_queries: Callable
) -> None:
    applications_for(intake, 2000)
    readers = reviewers_for(intake, 40)
    RubricFactory(intake=intake)
    form = {"each": "3", **{f"most-{reader.pk}": "200" for reader in readers}}

    with django_assert_max_num_queries(41):
        answer = as_coordinator.post(reverse("reviews:assign", args=[intake.public_id]), form)

    assert "6000 reviews would be assigned" in answer.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_cost_the_same_for_any_number(
    rows: int,
    intake: Intake,
    readers: list[User],
    criteria: list[Criterion],
    as_coordinator: Client,
) -> None:
    applications = ApplicationFactory.create_batch(rows, intake=intake, status="in_review")
    add_papers(intake=intake, applications=applications, actor=SYSTEM)
    for application in applications:
        read(application, readers[0], criteria, 1, 1)
        read(application, readers[1], criteria, 5, 5)

    costs = []
    for page, thing in (
        ("quality", intake),
        ("calibration", intake),
        ("assign", intake),
        ("readers", applications[0]),
    ):
        with CaptureQueriesContext(connection) as queries:
            as_coordinator.get(reverse(f"reviews:{page}", args=[thing.public_id]))
        costs.append(len(queries))

    assert costs == COSTS
