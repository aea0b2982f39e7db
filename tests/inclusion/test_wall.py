"""Nothing a person tells about themselves reaches a page, a download, an answer, a letter or a log."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from rest_framework.authtoken.models import Token
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.core.actors import SYSTEM
from apps.events.models import EventRecord
from apps.inclusion.enums import Occasion
from apps.inclusion.services import profiles
from apps.notifications.models import Message
from apps.people.models import Person
from tests.access.test_matrix import PAGES
from tests.access.world import ROLES, World, build

pytestmark = pytest.mark.django_db
#: Words that stand nowhere else; the form would refuse them, the store does not look.
CANARIES = (
    *("kanarienvogel-gender", "kanarienvogel-residence", "kanarienvogel-seeing"),
    *("kanarienvogel-settlement", "kanarienvogel-unit"),
)
KEYS = ("gender", "residence", "VIS_SS", "settlement", "unit")


@pytest.fixture
def world(settings: object, tmp_path: Path) -> World:
    settings.MEDIA_ROOT = tmp_path
    found = build()
    found.things["mapping"] = "participants"
    person = Person.objects.get(user=found.people["applicant"])
    answers = dict(zip(KEYS, CANARIES, strict=True))
    for occasion in Occasion:
        profiles.store_profile(person=person, answers=answers, language="en", occasion=occasion, actor=SYSTEM)
    return found


#: What the deeds of the API ask for; a deed without all it needs refuses, and is read all the same.
BODY = {"reason": "For a test", "done_on": "2026-01-01", "outcome": "suggested", "each": 1, "to": "closed"}


def tried(machine: APIClient, method: str, address: str) -> HttpResponse:
    """What a deed answers, undone again. Each takes only the fields it knows."""
    send = getattr(machine, method.lower())
    with transaction.atomic():
        answer = send(address, BODY, format="json")
        unknown = answer.json().get("fields", {}) if answer.status_code == 400 else {}
        known = {name: value for name, value in BODY.items() if name not in unknown}
        if known != BODY:
            answer = send(address, known, format="json")
        transaction.set_rollback(True)
    return answer


def everything(world: World, user: User | None) -> Iterator[tuple[str, str]]:
    """Every address that only shows something, and every deed of the API, as one person."""
    browser, machine = Client(), APIClient()
    if user is not None:
        browser.force_login(user, backend="apps.accounts.backends.EmailBackend")
        machine.credentials(HTTP_AUTHORIZATION=f"Token {Token.objects.get_or_create(user=user)[0].key}")
    for name, (method, _rule, things) in PAGES.items():
        client = machine if name.startswith("api:") else browser
        address = reverse(name, kwargs=world.kwargs(**things))
        if method == "GET":
            answer = client.get(address)
        elif client is machine:
            answer = tried(machine, method, address)
        else:
            continue
        for close in answer._resource_closers:
            close()
        if answer.streaming:
            content = b"" if hasattr(answer, "file_to_stream") else b"".join(answer.streaming_content)
        else:
            content = answer.content
        yield name, content.decode(errors="replace") + str(answer.headers)


@pytest.mark.parametrize("role", ROLES)
def test_no_page_carries_what_someone_told(role: str, world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    cache.clear()

    seen = [
        name for name, text in everything(world, world.people[role]) if any(each in text for each in CANARIES)
    ]

    assert seen == []
    assert not any(each in caplog.text for each in CANARIES)


def test_the_canaries_are_really_there(world: World) -> None:
    person = Person.objects.get(user=world.people["applicant"])

    assert set(profiles.own_answers(person=person, actor=SYSTEM).values()) >= set(CANARIES)


def test_no_letter_and_no_event_carries_it(world: World) -> None:
    text = "".join(str(row.payload) for row in EventRecord.objects.all())
    text += "".join(row.subject + row.body + str(row.context) for row in Message.objects.all())

    assert not any(each in text for each in CANARIES)
