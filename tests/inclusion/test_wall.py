"""Nothing a person tells about themselves reaches a letter or an event (pages, answers, logs: test_walls.py)."""

from pathlib import Path

import pytest

from apps.core.actors import SYSTEM
from apps.events.models import EventRecord
from apps.inclusion.services import profiles
from apps.notifications.models import Message
from apps.people.models import Person
from tests.access.walls import PROFILE, plant_profiles
from tests.access.world import World, build

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings: object, tmp_path: Path) -> World:
    settings.MEDIA_ROOT = tmp_path
    found = build()
    plant_profiles(found)
    return found


def test_the_canaries_are_really_there(world: World) -> None:
    person = Person.objects.get(user=world.people["applicant"])

    assert set(profiles.own_answers(person=person, actor=SYSTEM).values()) >= set(PROFILE.values())


def test_no_letter_and_no_event_carries_it(world: World) -> None:
    text = "".join(str(row.payload) for row in EventRecord.objects.all())
    text += "".join(row.subject + row.body + str(row.context) for row in Message.objects.all())

    assert not any(each in text for each in PROFILE.values())
