"""Calibration first, the rest locked, nothing lost beyond a page, and the way from one to the next."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.accounts.roles import viewer_for
from apps.core.actors import SYSTEM
from apps.programs.models import Intake
from apps.reviews.enums import Purpose
from apps.reviews.models import Criterion, ReviewAssignment
from apps.reviews.selectors import neighbours_of, to_do_of
from apps.reviews.selectors.desk import PAGE
from apps.reviews.services import save_review, submit_review
from tests.factories.applications import ApplicationFactory
from tests.factories.programs import IntakeFactory
from tests.factories.reviews import ReviewAssignmentFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


@pytest.fixture
def another(assignment: ReviewAssignment) -> Callable[..., ReviewAssignment]:
    def make(intake: Intake | None = None, **values: object) -> ReviewAssignment:
        application = ApplicationFactory(intake=intake or assignment.application.intake, status="in_review")
        return ReviewAssignmentFactory(application=application, reviewer=assignment.reviewer, **values)

    return make


@pytest.fixture
def as_reviewer(assignment: ReviewAssignment, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(assignment.reviewer)


Another = Callable[..., ReviewAssignment]


def test_calibration_comes_first_and_locks_the_rest_of_its_intake(
    assignment: ReviewAssignment, another: Another
) -> None:
    elsewhere = another(IntakeFactory(program=assignment.application.intake.program))
    urgent = another(due_on=TODAY)
    first = another(purpose=Purpose.CALIBRATION, due_on=TODAY + timedelta(days=40))

    to_do = to_do_of(viewer_for(assignment.reviewer), TODAY)

    found = {group.key: ([row.pk for row in group.rows], group.count) for group in to_do.groups}
    assert found == {
        "calibration": ([first.pk], 1),
        "new": ([elsewhere.pk], 1),
        "locked": ([urgent.pk, assignment.pk], 2),
    }
    assert (to_do.next, to_do.count, to_do.locked) == (first, 2, 2)


def test_a_locked_reading_leads_to_the_calibration_and_opens_after_it(
    assignment: ReviewAssignment, criteria: list[Criterion], another: Another, as_reviewer: Client
) -> None:
    second = another(purpose=Purpose.CALIBRATION, due_on=TODAY + timedelta(days=9))
    first = another(purpose=Purpose.CALIBRATION, due_on=TODAY + timedelta(days=2))
    page = reverse("reviews:review", args=[assignment.public_id])
    queue = as_reviewer.get(reverse("reviews:queue")).content.decode()

    led = as_reviewer.get(page, follow=True)
    posted = as_reviewer.post(page, {f"criterion-{criteria[0].pk}": "3"})

    assert "Open after the calibration (1)" in queue
    assert page not in queue
    assert led.redirect_chain == [(reverse("reviews:review", args=[first.public_id]), 302)]
    assert "opens when your calibration readings are submitted" in led.content.decode()
    assert posted.headers["Location"] == reverse("reviews:review", args=[first.public_id])
    for each in (first, second):
        points = {criterion.pk: 3 for criterion in criteria}
        save_review(assignment=each, points=points, comments={}, comment="", version=0, actor=SYSTEM)
        submit_review(assignment=each, actor=SYSTEM)
    assert as_reviewer.get(page).status_code == 200


def test_no_document_of_a_locked_reading_opens(
    assignment: ReviewAssignment, another: Another, as_reviewer: Client
) -> None:
    another(purpose=Purpose.CALIBRATION)
    some = "00000000-0000-4000-8000-000000000000"

    answer = as_reviewer.get(reverse("reviews:document", args=[assignment.public_id, some]))

    assert answer.status_code == 404


def test_a_third_reading_is_marked_and_says_nothing_of_the_others(
    another: Another, as_reviewer: Client
) -> None:
    third = another(purpose=Purpose.THIRD)
    page = as_reviewer.get(reverse("reviews:review", args=[third.public_id])).content.decode()

    assert "Third reading" in as_reviewer.get(reverse("reviews:queue")).content.decode()
    assert "Judge it as if you were the first" in page
    assert not [word for word in ("differ", "apart", "disagree", "score of") if word in page.lower()]


def test_no_reading_is_lost_beyond_a_page(
    assignment: ReviewAssignment, another: Another, as_reviewer: Client
) -> None:
    every = {assignment.pk} | {another().pk for _each in range(PAGE + 1)}
    viewer = viewer_for(assignment.reviewer)

    first = to_do_of(viewer, TODAY)
    second = to_do_of(viewer, TODAY, first.page.next)

    assert [first.count, second.count] == [PAGE + 2] * 2
    assert [group.count for page in (first, second) for group in page.groups] == [PAGE + 2] * 2
    assert {row.pk for page in (first, second) for row in page.page.rows} == every
    assert second.next is None
    shown = as_reviewer.get(reverse("reviews:queue")).content.decode()
    assert f"Not looked at yet ({PAGE + 2})" in shown
    assert 'rel="next"' in shown


def test_next_and_previous_go_by_the_order_of_the_queue(
    assignment: ReviewAssignment, another: Another, as_reviewer: Client
) -> None:
    late = another(due_on=TODAY - timedelta(days=1))
    last = another()
    done = another(status="submitted", submitted_at="2026-11-01T00:00Z")
    viewer = viewer_for(assignment.reviewer)

    middle = neighbours_of(assignment, viewer, TODAY)
    ends = [neighbours_of(each, viewer, TODAY) for each in (late, last)]

    assert (middle.before, middle.after) == (late.public_id, last.public_id)
    assert (middle.place, middle.of) == (2, 3)
    assert [ends[0].before, ends[1].after] == [None, None]
    assert neighbours_of(done, viewer, TODAY).after == late.public_id
    text = as_reviewer.get(reverse("reviews:review", args=[assignment.public_id])).content.decode()
    assert f'href="{reverse("reviews:review", args=[last.public_id])}" rel="next"' in text


def test_beginning_one_does_not_move_it(assignment: ReviewAssignment, another: Another) -> None:
    second, third = another(), another()
    viewer = viewer_for(assignment.reviewer)
    ReviewAssignment.objects.filter(pk=second.pk).update(status="in_progress")

    assert neighbours_of(third, viewer, TODAY).before == second.public_id


def test_what_is_locked_is_nobodys_neighbour(assignment: ReviewAssignment, another: Another) -> None:
    first = another(purpose=Purpose.CALIBRATION)
    viewer = viewer_for(assignment.reviewer)

    assert neighbours_of(first, viewer, TODAY).after is None


def test_giving_one_back_is_asked_once_more(assignment: ReviewAssignment, as_reviewer: Client) -> None:
    page = reverse("reviews:recuse", args=[assignment.public_id])

    asked = as_reviewer.get(page)
    ReviewAssignment.objects.get(status="assigned")
    answers = [as_reviewer.post(page, follow=True) for _click in range(2)]

    assert "Give this one back?" in asked.content.decode()
    assert [answer.status_code for answer in answers] == [200, 404]
    assert ReviewAssignment.objects.get().status == "recused"


def test_what_is_submitted_cannot_be_given_back(assignment: ReviewAssignment, as_reviewer: Client) -> None:
    ReviewAssignment.objects.update(status="submitted", submitted_at="2026-11-01T00:00Z")
    page = reverse("reviews:recuse", args=[assignment.public_id])

    assert as_reviewer.get(page).headers["Location"] == reverse("reviews:review", args=[assignment.public_id])
    as_reviewer.post(page)

    assert ReviewAssignment.objects.get().status == "submitted"
