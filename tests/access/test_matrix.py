"""Every address × every role. An address without a row fails; so does a row that is not true."""

from collections.abc import Iterator
from dataclasses import dataclass
from http.cookies import SimpleCookie
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from rest_framework.authtoken.models import Token
from rest_framework.test import APIClient

from apps.accounts.models import User
from tests.access.one_world import one_world as one_world
from tests.access.world import ROLES, World

pytestmark = pytest.mark.django_db
PAGES: dict = {}
#: Everything but a failure of ours; /health/ready says 503 when no worker runs.
CALM = {*range(200, 500), 503}
for found in sorted(Path(__file__).parent.glob("matrix/*.py")):
    PAGES |= getattr(import_module(f"tests.access.matrix.{found.stem}"), "PAGES", {})


def addresses(resolver: URLResolver, spaces: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from addresses(pattern, inner)
        elif not pattern.callback.__module__.startswith(settings.VIEWS_GUARDED_ELSEWHERE):
            yield ":".join((*spaces, pattern.name or str(pattern.pattern))), pattern


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    names = {name for name, _pattern in addresses(get_resolver())}

    assert sorted(names - set(PAGES)) == []
    assert sorted(set(PAGES) - names) == []


def what_happens(client: Client, method: str, address: str) -> str:
    answer = getattr(client, method.lower())(address)
    for close in answer._resource_closers:  # not answer.close(): that would close the connection too
        close()
    if answer.status_code == 401:
        return "sign in"
    if answer.status_code == 302 and "/sign-in/" in answer["Location"]:
        return "sign in"
    return {403: "forbidden", 404: "absent"}.get(
        answer.status_code, "open" if answer.status_code in CALM else "broken"
    )


@dataclass(frozen=True)
class Keys:
    """What somebody is known by: the cookies of a session, and a token."""

    cookies: SimpleCookie
    token: str

    def client(self, *, by_token: bool) -> Client:
        client = APIClient() if by_token else Client()
        if by_token and self.token:
            client.credentials(HTTP_AUTHORIZATION=f"Token {self.token}")
        elif not by_token:
            client.cookies.update(self.cookies)
        return client


def keys_of(user: User | None) -> Keys:
    client = Client()
    if user is None:
        return Keys(client.cookies, "")
    client.force_login(user, backend="apps.accounts.backends.EmailBackend")
    return Keys(client.cookies, Token.objects.create(user=user).key)


@pytest.fixture(scope="module")
def keys(one_world: World) -> dict[str, Keys]:
    """Everybody has signed in, once: what a request does to a session is taken back with all else it does."""
    return {role: keys_of(one_world.people[role]) for role in ROLES}


@pytest.mark.parametrize("name", sorted(PAGES))
def test_each_role_gets_what_its_row_says(name: str, one_world: World, keys: dict[str, Keys]) -> None:
    method, expected, things = PAGES[name]
    address = reverse(name, kwargs=one_world.kwargs(**things))
    happened = {}

    for role in ROLES:
        client = keys[role].client(by_token=name.startswith("api:"))
        with transaction.atomic():
            happened[role] = what_happens(client, method, address)
            transaction.set_rollback(True)

    assert happened == expected
