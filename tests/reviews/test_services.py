"""Reviewing: blind, without ties, nothing lost, submitted once."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.enums import Role
from apps.accounts.models import User
from apps.accounts.services.roles import end_role
from apps.applications.enums import ApplicationStatus
from apps.applications.models import Application
from apps.applications.services import withdraw_application
from apps.core.actors import SYSTEM, user_actor
from apps.core.errors import Conflict, Invalid
from apps.events.services import run_due_deliveries
from apps.programs.models import Intake
from apps.reviews.enums import AssignmentStatus
from apps.reviews.models import Criterion, Review, ReviewAssignment
from apps.reviews.rules.matching import Why
from apps.reviews.selectors import scores_by_application
from apps.reviews.services import (
    assign_reviewers,
    declare_conflict,
    reopen_review,
    save_review,
    set_reviewers,
    set_rubric,
    submit_review,
)
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.applications import ApplicationFactory
from tests.factories.people import PersonFactory
from tests.factories.reviews import CriterionFactory, ReviewAssignmentFactory

pytestmark = pytest.mark.django_db
Staff = Callable[..., User]


def save(assignment: ReviewAssignment, points: dict[int, int], version: int = 0) -> Review:
    actor = user_actor(assignment.reviewer)
    return save_review(
        assignment=assignment,
        points=points,
        comments={},
        comment="",
        version=0,
        versions=dict.fromkeys(points, version),
        actor=actor,
    )


def test_a_submitted_review_has_its_weighted_score_once(
    assignment: ReviewAssignment, criteria: list[Criterion], intake: Intake
) -> None:
    save(assignment, {criteria[0].pk: 5, criteria[1].pk: 1})

    for _click in range(2):
        review = submit_review(assignment=assignment, actor=SYSTEM)

    assert review.weighted_score == Decimal("60.000")
    assert scores_by_application(intake)[assignment.application_id].mean == Decimal(60)


def test_an_incomplete_review_names_what_is_missing(
    assignment: ReviewAssignment, criteria: list[Criterion]
) -> None:
    save(assignment, {criteria[0].pk: 5})

    with pytest.raises(Invalid) as refused:
        submit_review(assignment=assignment, actor=SYSTEM)

    assert list(refused.value.fields) == [f"criterion-{criteria[1].pk}"]


def test_a_second_window_is_told_and_overwrites_nothing(
    assignment: ReviewAssignment, criteria: list[Criterion]
) -> None:
    save(assignment, {criteria[0].pk: 5})

    with pytest.raises(Conflict):
        save(assignment, {criteria[0].pk: 1})

    assert Review.objects.get().scores.get().points == 5


def test_a_comment_without_points_is_kept_as_typed(
    assignment: ReviewAssignment, criteria: list[Criterion]
) -> None:
    comments = {criteria[0].pk: "Strong, but I want to read it again", criteria[1].pk: ""}

    save_review(assignment=assignment, points={}, comments=comments, comment="", version=0, actor=SYSTEM)

    kept = Review.objects.get().scores.get()
    assert (kept.points, kept.comment) == (None, "Strong, but I want to read it again")
    with pytest.raises(Invalid):
        submit_review(assignment=assignment, actor=SYSTEM)


def test_a_review_of_another_rubric_is_refused(assignment: ReviewAssignment) -> None:
    with pytest.raises(Conflict, match="rubric"):
        save(assignment, {CriterionFactory().pk: 3})


def test_who_coordinates_too_has_only_their_own_reviews_to_write(
    assignment: ReviewAssignment, staff: Staff, signed_in: Callable[[User], Client]
) -> None:
    both = staff(Role.COORDINATOR)
    MembershipFactory(user=both, role=Role.REVIEWER, organisation=both.memberships.get().organisation)
    client = signed_in(both)

    assert assignment.application.reference not in client.get(reverse("reviews:queue")).content.decode()
    for page in ("review", "conflict"):
        address = reverse(f"reviews:{page}", args=[assignment.public_id])
        assert client.post(address, {"answer": "no"}).status_code == 404


def test_whose_role_at_the_organisation_ended_reads_no_more(
    assignment: ReviewAssignment, signed_in: Callable[[User], Client]
) -> None:
    MembershipFactory(user=assignment.reviewer, role=Role.REVIEWER)
    client = signed_in(assignment.reviewer)
    page = reverse("reviews:review", args=[assignment.public_id])
    assert client.get(page).status_code == 200

    assignment.reviewer.memberships.filter(
        organisation=assignment.application.intake.program.organisation
    ).update(ended_at=datetime.now(UTC))

    assert client.get(page).status_code == 404


def test_when_a_reviewer_leaves_someone_else_reads_what_they_had(
    assignment: ReviewAssignment, intake: Intake, staff: Staff
) -> None:
    other = staff(Role.REVIEWER)
    set_reviewers(intake=intake, limits={assignment.reviewer: 5, other: 5}, actor=SYSTEM)

    end_role(membership=assignment.reviewer.memberships.get(), actor=SYSTEM)
    run_due_deliveries()

    assignment.refresh_from_db()
    assert assignment.status == AssignmentStatus.CANCELLED
    assert ReviewAssignment.objects.get(status=AssignmentStatus.ASSIGNED).reviewer == other
    ApplicationFactory(intake=intake, status=ApplicationStatus.ELIGIBLE)
    plan = assign_reviewers(intake=intake, each=1, actor=SYSTEM)
    assert {reviewer for _application, reviewer in plan.matching.pairs} == {other.pk}


def test_an_application_that_was_taken_back_is_read_by_nobody(
    assignment: ReviewAssignment, criteria: list[Criterion], signed_in: Callable[[User], Client]
) -> None:
    save(assignment, {criteria[0].pk: 5})

    withdraw_application(application=assignment.application, reason="", actor=SYSTEM)
    with pytest.raises(Conflict):
        save(assignment, {criteria[0].pk: 4}, version=1)
    run_due_deliveries()

    assignment.refresh_from_db()
    assert assignment.status == AssignmentStatus.CANCELLED
    page = reverse("reviews:review", args=[assignment.public_id])
    assert signed_in(assignment.reviewer).get(page).status_code == 404


def test_nothing_is_saved_before_the_question_about_ties(
    assignment: ReviewAssignment, criteria: list[Criterion]
) -> None:
    ReviewAssignment.objects.update(no_conflict_declared_at=None)

    with pytest.raises(Conflict):
        save(assignment, {criteria[0].pk: 5})


def test_a_declared_tie_ends_access_at_once_and_someone_else_reads(
    assignment: ReviewAssignment, intake: Intake, staff: Staff, signed_in: Callable[[User], Client]
) -> None:
    other = staff(Role.REVIEWER)
    set_reviewers(intake=intake, limits={assignment.reviewer: 5, other: 5}, actor=SYSTEM)

    declare_conflict(assignment=assignment, explanation="My student", actor=SYSTEM)

    page = reverse("reviews:review", args=[assignment.public_id])
    assert signed_in(assignment.reviewer).get(page).status_code == 404
    assert ReviewAssignment.objects.get(status=AssignmentStatus.ASSIGNED).reviewer == other


def test_assigning_gives_each_application_its_readers_and_a_second_run_changes_nothing(
    intake: Intake, staff: Staff
) -> None:
    ApplicationFactory.create_batch(5, intake=intake, status=ApplicationStatus.ELIGIBLE)
    ApplicationFactory(intake=intake, status=ApplicationStatus.INELIGIBLE)
    set_reviewers(intake=intake, limits={staff(Role.REVIEWER): 10 for _each in range(3)}, actor=SYSTEM)

    assign_reviewers(intake=intake, each=2, actor=SYSTEM)
    again = assign_reviewers(intake=intake, each=2, actor=SYSTEM)

    assert ReviewAssignment.objects.count() == 10
    assert again.matching.pairs == []
    assert Application.objects.filter(status=ApplicationStatus.IN_REVIEW).count() == 5


def test_nobody_reads_their_own_application_or_a_colleagues(intake: Intake, staff: Staff) -> None:
    colleague = UserFactory(email="a@chula.ac.th")
    reviewer = staff(Role.REVIEWER)
    User.objects.filter(pk=reviewer.pk).update(email="b@chula.ac.th")
    trainer = PersonFactory(user=staff(Role.TRAINER))
    ApplicationFactory(intake=intake, status=ApplicationStatus.ELIGIBLE, person=trainer)
    ApplicationFactory(intake=intake, status=ApplicationStatus.ELIGIBLE, person=PersonFactory(user=colleague))
    ApplicationFactory(intake=intake, status=ApplicationStatus.ELIGIBLE, person=PersonFactory(user=reviewer))
    set_reviewers(intake=intake, limits={reviewer: 10}, actor=SYSTEM)

    plan = assign_reviewers(intake=intake, each=1, actor=SYSTEM)

    assert plan.matching.pairs == []
    assert set(plan.matching.why.values()) == {Why.TIES}
    assert len(plan.matching.short) == 3


def test_the_rubric_is_fixed_once_someone_scored(
    assignment: ReviewAssignment, criteria: list[Criterion], intake: Intake
) -> None:
    save(assignment, {criteria[0].pk: 5})

    with pytest.raises(Conflict, match="no longer"):
        set_rubric(
            intake=intake,
            criteria=[{"title": {"en": "New"}, "weight": 1, "highest": 5}],
            version=1,
            actor=SYSTEM,
        )


def test_a_review_opens_again_with_a_reason(assignment: ReviewAssignment, criteria: list[Criterion]) -> None:
    save(assignment, {each.pk: 3 for each in criteria})
    submit_review(assignment=assignment, actor=SYSTEM)
    assignment.refresh_from_db()

    with pytest.raises(Invalid):
        reopen_review(assignment=assignment, reason=" ", actor=SYSTEM)
    reopen_review(assignment=assignment, reason="The second answer was read as the first.", actor=SYSTEM)

    again = save(assignment, {each.pk: 4 for each in criteria}, version=1)
    assert list(again.scores.values_list("points", "version")) == [(4, 2), (4, 2)]


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_cost_the_same_for_any_number(
    rows: int,
    assignment: ReviewAssignment,
    intake: Intake,
    as_coordinator: Client,
    signed_in: Callable[[User], Client],
    django_assert_max_num_queries: Callable,
) -> None:
    for _row in range(rows):
        application = ApplicationFactory(intake=intake, status=ApplicationStatus.IN_REVIEW)
        ReviewAssignmentFactory(
            application=application,
            reviewer=assignment.reviewer,
            status=AssignmentStatus.ASSIGNED if rows % 2 else AssignmentStatus.SUBMITTED,
            submitted_at=datetime.now(UTC),
        )

    with django_assert_max_num_queries(10):
        as_coordinator.get(reverse("reviews:progress", args=[intake.public_id]))
    reviewer = signed_in(assignment.reviewer)
    with django_assert_max_num_queries(7):
        reviewer.get(reverse("reviews:queue"))
    with django_assert_max_num_queries(5):
        reviewer.get(reverse("reviews:done"))


def test_coordinators_set_up_rubric_reviewers_and_assign(
    intake: Intake, as_coordinator: Client, staff: Staff
) -> None:
    reviewer = staff(Role.REVIEWER)
    ApplicationFactory(intake=intake, status=ApplicationStatus.ELIGIBLE)
    rubric_page = reverse("reviews:rubric", args=[intake.public_id])
    assert "Criterion 1" in as_coordinator.get(rubric_page).content.decode()
    form = {
        "form-TOTAL_FORMS": "1",
        "form-INITIAL_FORMS": "0",
        "form-0-title": "Reason",
        "form-0-weight": "100",
        "form-0-highest": "5",
        "version": "1",
    }
    assert as_coordinator.post(rubric_page, form).status_code == 302
    assert as_coordinator.post(rubric_page, form).status_code == 409

    assign = reverse("reviews:assign", args=[intake.public_id])
    preview = as_coordinator.post(assign, {"each": "1", f"most-{reviewer.pk}": "5"})
    assert "What assigning would do" in preview.content.decode()
    assert not ReviewAssignment.objects.exists()
    assert (
        as_coordinator.post(assign, {"each": "1", f"most-{reviewer.pk}": "5", "run": "1"}).status_code == 302
    )
    assert ReviewAssignment.objects.get().reviewer == reviewer


@pytest.mark.parametrize("each", ["0", "-1", "9" * 400, "x", "NaN", ""])
def test_numbers_nobody_means_get_a_message(intake: Intake, as_coordinator: Client, each: str) -> None:
    answer = as_coordinator.post(reverse("reviews:assign", args=[intake.public_id]), {"each": each})

    assert answer.status_code == 422
    assert "govuk-error-message" in answer.content.decode()
