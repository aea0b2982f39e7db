"""Every address that only shows something, and every deed of the API, as one person."""

from collections.abc import Iterator

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from rest_framework.authtoken.models import Token
from rest_framework.test import APIClient

from apps.accounts.models import User
from tests.access.test_matrix import PAGES
from tests.access.world import World

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
    """The name of each address with what was answered, headers included."""
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
