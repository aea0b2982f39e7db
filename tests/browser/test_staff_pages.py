"""Every page that staff can open, looked at by a machine: contrast, names, order, width."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from apps.accounts.models import User
from apps.selection.models import Decision
from tests.access.staff_pages import PAGES, VISITS
from tests.access.world import build
from tests.browser.test_applicant import Look
from tests.factories.reviews import ReviewAssignmentFactory
from tests.factories.selection import OfferFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_there_is_something_to_look_at() -> None:
    assert {"selection:ranking", "enrolments:roster", "portal:today"} <= set(VISITS["coordinator"])
    assert {"reviews:review", "reviews:queue", "reviews:conflict"} <= set(VISITS["reviewer"])


@pytest.mark.parametrize("role", VISITS)
def test_every_page_of_staff_looks_right(
    role: str,
    at_desk: Callable[[User], Page],
    looks_right: Look,
    real_places: None,
    settings: object,
    tmp_path: Path,
) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    world = build()
    page = at_desk(world.people[role])

    for name in VISITS[role]:
        answer = page.goto(reverse(name, kwargs=world.kwargs(**PAGES[name][2])))
        assert answer is not None
        assert answer.status == 200, name
        looks_right(page)


def test_selecting_fits_a_phone_with_long_names(
    at_desk: Callable[[User], Page], looks_right: Look, settings: object, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    world = build()
    intake, batch, coordinator = world.things["intake"], world.things["batch"], world.people["coordinator"]
    for status in ("made", "delivered"):
        application = ReviewAssignmentFactory(
            application__intake=intake,
            application__status="in_review",
            application__person__full_name="Nguyễn Thị Mai Phommasack",
        ).application
        now = datetime.now(UTC)
        OfferFactory(
            application=application,
            intake=intake,
            status=status,
            delivered_at=now,
            answer_by=now + timedelta(days=4),
        )
        Decision.objects.create(
            application=application,
            outcome="not_selected",
            decided_by=coordinator,
            batch=batch,
            reason="As the panel agreed on Monday",
            rank=1,
        )
    page = at_desk(coordinator)

    for address in (
        reverse("selection:ranking", args=[intake.public_id]),
        reverse("selection:offer-list", args=[intake.public_id]),
        reverse("selection:batch-detail", args=[batch.public_id]),
    ):
        page.goto(address)
        looks_right(page)
