"""What support someone needs is sealed, and each reading of it recorded (who finds it: test_walls.py)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from apps.accounts.models import User
from apps.enrolments.models import SupportTask
from apps.events.models import EventRecord
from apps.events.services import run_due_deliveries
from apps.notifications.models import Message
from tests.access.walls import SUPPORT, plant_support
from tests.access.world import World, build

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings: object, tmp_path: Path) -> World:
    settings.MEDIA_ROOT = tmp_path
    found = build()
    plant_support(found)
    while run_due_deliveries():
        pass
    return found


def test_no_row_no_letter_and_no_event_holds_it_in_the_clear(world: World) -> None:
    text = "".join(str(row.payload) for row in EventRecord.objects.all())
    text += "".join(row.subject + row.body + str(row.context) for row in Message.objects.all())
    text += "".join(
        str(bytes(row.sealed_reason) + bytes(row.need.sealed)) for row in SupportTask.objects.all()
    )

    assert Message.objects.filter(template="support-answered").exists()
    assert not any(canary in text for canary in SUPPORT)


def test_each_opening_of_the_desk_is_recorded(world: World, signed_in: Callable[[User], Client]) -> None:
    before = EventRecord.objects.filter(name="SupportNeedRead").count()

    signed_in(world.people["logistics"]).get("/en/enrolments/support/")

    read = EventRecord.objects.filter(name="SupportNeedRead").order_by("-id")
    assert read.count() == before + SupportTask.objects.count()
    assert read[0].actor_user_id == world.people["logistics"].pk
    assert read[0].payload["purpose"] == "support desk"
