"""Blind until mine is in; then, for calibration alone, my points beside the panel's."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.enums import Role
from apps.accounts.models import User
from apps.reviews.enums import AssignmentStatus, Purpose
from apps.reviews.models import CalibrationPaper, Criterion, Review, ReviewAssignment, Score
from tests.factories.reviews import ReviewAssignmentFactory

pytestmark = pytest.mark.django_db
Staff = Callable[..., User]
OTHERS = "Kanarinya judged it"


def read(assignment: ReviewAssignment, criteria: list[Criterion], *points: int, comment: str = "") -> None:
    review = Review.objects.create(assignment=assignment, comment=comment, weighted_score=77.125)
    for criterion, given in zip(criteria, points, strict=True):
        Score.objects.create(review=review, criterion=criterion, points=given, comment=comment)


@pytest.fixture
def mine(assignment: ReviewAssignment) -> ReviewAssignment:
    ReviewAssignment.objects.filter(pk=assignment.pk).update(purpose=Purpose.CALIBRATION)
    assignment.refresh_from_db()
    return assignment


@pytest.fixture
def panel(mine: ReviewAssignment, criteria: list[Criterion], staff: Staff) -> None:
    for points in ((5, 2), (4, 2), (1, 3)):
        other = ReviewAssignmentFactory(
            application=mine.application,
            reviewer=staff(Role.REVIEWER),
            purpose=Purpose.CALIBRATION,
            status=AssignmentStatus.SUBMITTED,
            submitted_at=datetime.now(UTC),
        )
        read(other, criteria, *points, comment=OTHERS)


def submitted(mine: ReviewAssignment, criteria: list[Criterion], *points: int) -> None:
    read(mine, criteria, *points)
    ReviewAssignment.objects.filter(pk=mine.pk).update(
        status=AssignmentStatus.SUBMITTED, submitted_at=datetime.now(UTC)
    )


def everything(client: Client, mine: ReviewAssignment) -> str:
    pages = [reverse("reviews:queue"), reverse("reviews:done")]
    pages += [reverse(f"reviews:{name}", args=[mine.public_id]) for name in ("review", "conflict", "recuse")]
    return "".join(client.get(page, follow=True).content.decode() for page in pages)


@pytest.mark.usefixtures("panel")
def test_nothing_of_the_others_before_mine_is_in(
    mine: ReviewAssignment, criteria: list[Criterion], signed_in: Callable[[User], Client]
) -> None:
    client = signed_in(mine.reviewer)

    assert client.get(reverse("reviews:compare", args=[mine.public_id])).status_code == 404
    assert [word for word in (OTHERS, "77.1", "anel’s points are") if word in everything(client, mine)] == []


@pytest.mark.usefixtures("panel")
def test_then_mine_stands_beside_the_middle_of_the_panel_in_words(
    mine: ReviewAssignment, criteria: list[Criterion], signed_in: Callable[[User], Client]
) -> None:
    submitted(mine, criteria, 1, 2)
    client = signed_in(mine.reviewer)

    answer = client.get(reverse("reviews:compare", args=[mine.public_id]))

    rows = answer.context["rows"]
    assert [(row.mine, row.compared.panel) for row in rows] == [(1, 4), (2, 2)]
    text = answer.content.decode()
    assert "3 points lower than the panel" in text
    assert "Far apart" in text
    assert "The same" in text
    assert OTHERS not in text


@pytest.mark.usefixtures("panel")
def test_what_the_panel_agreed_on_counts_before_the_middle(
    mine: ReviewAssignment, criteria: list[Criterion], signed_in: Callable[[User], Client]
) -> None:
    CalibrationPaper.objects.create(
        intake=mine.application.intake, application=mine.application, agreed={str(criteria[0].number): 2}
    )
    submitted(mine, criteria, 1, 2)

    answer = signed_in(mine.reviewer).get(reverse("reviews:compare", args=[mine.public_id]))

    assert [row.compared.panel for row in answer.context["rows"]] == [2, 2]
    assert "1 point lower than the panel" in answer.content.decode()


def test_the_first_to_score_is_told_to_come_back(
    mine: ReviewAssignment, criteria: list[Criterion], signed_in: Callable[[User], Client]
) -> None:
    submitted(mine, criteria, 1, 2)

    answer = signed_in(mine.reviewer).get(reverse("reviews:compare", args=[mine.public_id]))

    assert "Nobody else has scored this one yet" in answer.content.decode()


@pytest.mark.usefixtures("panel")
def test_opened_again_it_is_blind_again(
    mine: ReviewAssignment, criteria: list[Criterion], signed_in: Callable[[User], Client]
) -> None:
    submitted(mine, criteria, 1, 2)
    ReviewAssignment.objects.filter(pk=mine.pk).update(status=AssignmentStatus.REOPENED)

    assert signed_in(mine.reviewer).get(reverse("reviews:compare", args=[mine.public_id])).status_code == 404


def test_of_an_ordinary_reading_the_others_stay_hidden_for_good(
    assignment: ReviewAssignment,
    criteria: list[Criterion],
    staff: Staff,
    signed_in: Callable[[User], Client],
) -> None:
    other = ReviewAssignmentFactory(
        application=assignment.application,
        reviewer=staff(Role.REVIEWER),
        status=AssignmentStatus.SUBMITTED,
        submitted_at=datetime.now(UTC),
    )
    read(other, criteria, 5, 5, comment=OTHERS)
    submitted(assignment, criteria, 1, 2)
    client = signed_in(assignment.reviewer)

    assert client.get(reverse("reviews:compare", args=[assignment.public_id])).status_code == 404
    assert OTHERS not in everything(client, assignment)
