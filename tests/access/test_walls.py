"""Words told in confidence are found by their readers, on the pages that say so, and nowhere else.

Every role opens every address once, in one world that holds the words of all walls; each wall then looks
for its own in what was answered and in what was logged.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO

import pytest
from django.core.cache import caches
from django.db import transaction
from django.utils import translation

from apps.events.services import run_due_deliveries
from tests.access.everything import everything
from tests.access.one_world import one_world as one_world
from tests.access.walls import WALLS
from tests.access.world import ROLES, World

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Visit:
    role: str
    answers: dict[str, str]
    log: str


@pytest.fixture(scope="module")
def world(one_world: World) -> World:
    for wall in WALLS.values():
        wall.plant(one_world)
    while run_due_deliveries():
        pass
    return one_world


@pytest.fixture(scope="module")
def logged() -> Iterator[StringIO]:
    """Everything that any logger says."""
    written, root = StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(written), root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield written
    root.setLevel(level)
    root.removeHandler(handler)


@pytest.fixture(scope="module", params=ROLES)
def visit(request: pytest.FixtureRequest, world: World, logged: StringIO) -> Visit:
    """What one role finds everywhere; what opening pages changes is taken back."""
    for name in caches:
        caches[name].clear()
    logged.seek(0)
    logged.truncate()
    with translation.override("en"), transaction.atomic():
        answers = dict(everything(world, world.people[request.param]))
        transaction.set_rollback(True)
    return Visit(request.param, answers, logged.getvalue())


@pytest.mark.parametrize("name", WALLS)
def test_only_its_readers_find_what_was_told(name: str, visit: Visit) -> None:
    wall = WALLS[name]

    seen = {page for page, text in visit.answers.items() if any(each in text for each in wall.canaries)}

    assert sorted(seen) == wall.readers.get(visit.role, [])
    assert not any(each in visit.log for each in wall.canaries)


def test_every_role_was_answered_everywhere_and_something_was_logged(visit: Visit) -> None:
    assert len(visit.answers) > 300
    assert "Forbidden" in visit.log or "Not Found" in visit.log
