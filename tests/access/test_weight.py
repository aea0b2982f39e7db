"""What a staff page costs to fetch: compressed as production compresses, with full lists."""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from tests.access.staff_pages import PAGES, VISITS
from tests.access.world import World, build
from tests.factories.bulk import applications_for
from tests.factories.enrolments import EnrolmentFactory
from tests.factories.notifications import MessageFactory
from tests.factories.reviews import ReviewAssignmentFactory

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
FIRST_VISIT, NEXT_PAGE, MOST_REQUESTS = 60_000, 15_000, 8


@pytest.fixture
def world(settings: object, tmp_path: Path) -> World:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    return build()


def fetch(client: Client, name: str, world: World) -> HttpResponse:
    address = reverse(name, kwargs=world.kwargs(**PAGES[name][2]))
    answer = client.get(address, follow=True, headers={"accept-encoding": "gzip"})
    assert answer.status_code == 200, name
    return answer


def weight(answer: HttpResponse) -> int:
    return len(answer.content) + sum(len(f"{name}: {value}\r\n") for name, value in answer.items())


@cache
def weight_of_file(path: str) -> int:
    found = finders.find(path)
    assert found, path
    return len(brotli.compress(Path(found).read_bytes()))


def files_of(client: Client, address: str) -> set[str]:
    page = client.get(address).content.decode()
    return set(re.findall(r'(?:href|src)="/static/([^"]+)"', page))


@pytest.mark.parametrize("role", VISITS)
def test_no_page_is_heavy(role: str, world: World, signed_in: SignedIn) -> None:
    client = signed_in(world.people[role])

    heavy = {name: size for name in VISITS[role] if (size := weight(fetch(client, name, world))) > NEXT_PAGE}

    assert heavy == {}


def test_full_lists_are_not_heavy_and_a_first_visit_neither(world: World, signed_in: SignedIn) -> None:
    """More rows than one page of any list shows."""
    intake = world.things["intake"]
    for application in applications_for(intake, 120):
        ReviewAssignmentFactory(application=application, reviewer=world.people["reviewer"])
    for _row in range(60):
        EnrolmentFactory(intake=intake)
        MessageFactory(intake=intake, status="dead", channel="email")
    client = signed_in(world.people["coordinator"])

    for name in (
        *("portal:staff-applications", "portal:today", "reviews:progress", "selection:ranking"),
        *("enrolments:roster", "notifications:delivery-log"),
    ):
        size = weight(fetch(client, name, world))
        assert size <= NEXT_PAGE, f"{name}: {size}"
    queue = weight(fetch(signed_in(world.people["reviewer"]), "reviews:queue", world))
    assert queue <= NEXT_PAGE
    files = files_of(client, reverse("portal:staff-applications"))
    first = weight(fetch(client, "portal:staff-applications", world)) + sum(map(weight_of_file, files))
    assert first <= FIRST_VISIT
    assert 1 < len(files) + 1 <= MOST_REQUESTS
