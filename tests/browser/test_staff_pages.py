"""Every page that staff can open, looked at by a machine: contrast, names, order, width."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from apps.accounts.models import User
from tests.access.staff_pages import PAGES, VISITS
from tests.access.world import build
from tests.browser.test_applicant import Look

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
