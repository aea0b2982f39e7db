"""The next application costs few statements, among thousands too."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.programs.models import Intake
from apps.reviews.models import ReviewAssignment
from tests.factories.bulk import applications_for, reviewers_for, reviews_for

pytestmark = pytest.mark.django_db
#: Signing in, the review and its rubric, the copy, the neighbours.
NEXT_APPLICATION, QUEUE = 18, 7


def test_among_two_thousand_read_by_three_each_the_next_one_stays_cheap(
    intake: Intake,
    signed_in: Callable[[User], Client],
    django_assert_max_num_queries: Callable,
) -> None:
    reviews_for(applications_for(intake, 2000), reviewers_for(intake, 12))
    ReviewAssignment.objects.update(no_conflict_declared_at="2026-01-05T08:00Z")
    waiting = ReviewAssignment.objects.filter(status="assigned")
    client = signed_in(waiting.earliest("pk").reviewer)

    with django_assert_max_num_queries(QUEUE):
        queue = client.get(reverse("reviews:queue"))
    following = queue.context["to_do"].next
    with django_assert_max_num_queries(NEXT_APPLICATION):
        page = client.get(reverse("reviews:review", args=[following.public_id]))

    assert queue.context["to_do"].count == 2000 // 4
    assert page.context["neighbours"].of == queue.context["to_do"].count
