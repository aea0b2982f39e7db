"""What support someone needs is read by logistics and by themselves, on four pages, and nowhere else."""

import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client

from apps.accounts.models import User
from apps.core.actors import SYSTEM
from apps.enrolments.models import SupportTask
from apps.enrolments.services import end_support, plan_support
from apps.events.models import EventRecord
from apps.events.services import run_due_deliveries
from apps.notifications.models import Message
from apps.people.services import save_needs
from tests.access.world import ROLES, World, build
from tests.inclusion.test_wall import everything

pytestmark = pytest.mark.django_db
CANARIES = ("kanarienvogel-ramp", "kanarienvogel-lift")
#: Who may read it, and on which pages. The desk shows what is needed, the answer, or both.
READERS = {
    "logistics": ["enrolments:support-end", "enrolments:support-list"],
    "applicant": ["applications:support", "enrolments:my-support"],
}


@pytest.fixture
def world(settings: object, tmp_path: Path) -> World:
    settings.MEDIA_ROOT = tmp_path
    found = build()
    found.things["mapping"] = "participants"
    enrolment = found.things["enrolment"]
    save_needs(person=enrolment.person, needs={"other": CANARIES[0]}, language="en", actor=SYSTEM)
    plan_support(enrolment=enrolment, actor=SYSTEM)
    task = found.things["support_task"] = SupportTask.objects.get()
    end_support(task=task, status="partly", reason=CANARIES[1], actor=SYSTEM)
    while run_due_deliveries():
        pass
    return found


@pytest.mark.parametrize("role", ROLES)
def test_only_its_readers_find_what_is_needed(
    role: str, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    cache.clear()

    seen = {
        name
        for name, text in everything(world, world.people[role])
        if any(canary in text for canary in CANARIES)
    }

    assert sorted(seen) == READERS.get(role, [])
    assert not any(canary in caplog.text for canary in CANARIES)


def test_no_row_no_letter_and_no_event_holds_it_in_the_clear(world: World) -> None:
    text = "".join(str(row.payload) for row in EventRecord.objects.all())
    text += "".join(row.subject + row.body + str(row.context) for row in Message.objects.all())
    text += "".join(
        str(bytes(row.sealed_reason) + bytes(row.need.sealed)) for row in SupportTask.objects.all()
    )

    assert Message.objects.filter(template="support-answered").exists()
    assert not any(canary in text for canary in CANARIES)


def test_each_opening_of_the_desk_is_recorded(world: World, signed_in: Callable[[User], Client]) -> None:
    before = EventRecord.objects.filter(name="SupportNeedRead").count()

    signed_in(world.people["logistics"]).get("/en/enrolments/support/")

    read = EventRecord.objects.filter(name="SupportNeedRead").order_by("-id")
    assert read.count() == before + SupportTask.objects.count()
    assert read[0].actor_user_id == world.people["logistics"].pk
    assert read[0].payload["purpose"] == "support desk"
