"""Every URL of the listed apps, tried as every role, at home and at another organisation."""

import importlib
import pkgutil

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.enums import Role
from apps.core.access import Access
from tests.access import matrix
from tests.access.matrix import Row
from tests.access.world import World

APPS = [module.name for module in pkgutil.iter_modules(matrix.__path__)]
ROWS: dict[str, Row] = {
    f"{app}:{name}": row
    for app in APPS
    for name, row in importlib.import_module(f"tests.access.matrix.{app}").ROWS.items()
}
GONE = {403, 404}


def url_names(app: str) -> set[str]:
    urls = importlib.import_module(f"apps.{app}.urls")
    return {f"{app}:{pattern.name}" for pattern in urls.urlpatterns}


@pytest.mark.parametrize("app", APPS)
def test_every_url_of_an_app_has_its_row(app: str) -> None:
    assert url_names(app) == {name for name in ROWS if name.startswith(f"{app}:")}


def expected(row: Row, who: str, *, about_a_row: bool) -> int | None:
    """The refusal a person meets, or None when the page opens."""
    if Access.SIGNED_IN in row.access:
        return None if row.everyone or who == "owner" or who in row.also else 404
    role = who.removeprefix("foreign ")
    if role not in {access.value for access in row.access}:
        return 403
    return 404 if who.startswith("foreign") and about_a_row else None


def test_the_expectation_knows_home_from_elsewhere() -> None:
    row = matrix.row(Access.TRAINER, address=matrix.of("unit"))

    assert expected(row, "trainer", about_a_row=True) is None
    assert expected(row, "foreign trainer", about_a_row=True) == 404
    assert expected(row, "reviewer", about_a_row=True) == 403


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(ROWS))
def test_a_page_opens_for_its_roles_and_nobody_else(name: str) -> None:
    row, world = ROWS[name], World()
    address = row.address(world)
    url = reverse(name, args=address)
    users = world.people()
    people = {who: expected(row, who, about_a_row=bool(address)) for who in users}
    refused_first = sorted(people, key=lambda who: people[who] is None)

    answers = {}
    for who in refused_first:
        client = Client()
        client.force_login(users[who], backend="apps.accounts.backends.EmailBackend")
        answers[who] = getattr(client, row.method)(url).status_code
    visitor = getattr(Client(), row.method)(url)

    wrong = {
        who: answer
        for who, answer in answers.items()
        if (answer != people[who] if people[who] else answer in GONE or answer >= 500)
    }
    assert wrong == {}
    assert visitor.status_code == 302
    assert "/sign-in/" in visitor["Location"]


def test_every_role_is_tried() -> None:
    assert {role.value for role in Role} >= {
        access.value for row in ROWS.values() for access in row.access if access != Access.SIGNED_IN
    }
