"""What every test may ask for: people of each role, signed in or as actors."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.utils import translation

from apps.accounts.enums import Role
from apps.accounts.models import Organisation, User
from apps.core.actors import IMPORTER, Actor, user_actor
from apps.places.services import load_places
from tests.factories.accounts import MembershipFactory, OrganisationFactory, UserFactory


@pytest.fixture(scope="session", autouse=True)
def _database_goes_whoever_is_in_it(django_db_setup: None) -> None:
    """Server threads that wait for a browser's next request outlive the browser for a moment on a busy
    machine, and PostgreSQL drops no database with a guest unless it is told to.
    """

    def drop(name: str, verbosity: int) -> None:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"drop database {connection.ops.quote_name(name)} with (force)")

    connection.creation._destroy_test_db = drop


#: These begin first. Left to the order of their names they came last, and one process waited for the other.
LONG = (
    "launch/test_demo.py",
    "inclusion/test_release_rules.py",
    "inclusion/test_real_figures.py",
    "inclusion/test_disclosure_cubes.py",
    "selection/test_choosing.py",
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """After pytest-django's own order: what needs the database, what needs real transactions, the rest."""
    places = {name: place for place, name in enumerate(LONG)}
    items.sort(key=lambda item: places.get("/".join(item.path.parts[-2:]), len(LONG)))


#: Written anew whenever tables are emptied unless they are there: nothing in the tests changes them.
LEFT = {"django_content_type", "auth_permission"}


@pytest.fixture(scope="session", autouse=True)
def _tables_are_emptied_by_deleting(django_db_setup: None, django_db_blocker: Any) -> None:
    """After a test with real transactions nearly all tables are empty: to delete their few rows takes 15 ms,
    to truncate 120 tables with their indexes 170. Both wait for whoever still writes, and fire no trigger.

    Only a superuser may switch triggers off; with another role tables are truncated as ever.
    """
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        (may_switch_triggers_off,) = cursor.fetchone()
    truncate = connection.ops.sql_flush

    def delete(style: Any, tables: list[str], **options: bool) -> list[str]:
        if not may_switch_triggers_off or options.get("reset_sequences"):
            return truncate(style, tables, **options)
        names = [connection.ops.quote_name(table) for table in tables if table not in LEFT]
        return [
            f"LOCK TABLE {', '.join(names)}",
            "SET LOCAL session_replication_role = replica",
            "; ".join(f"DELETE FROM {name}" for name in names),
        ]

    connection.ops.sql_flush = delete


@pytest.fixture(autouse=True)
def _in_english() -> None:
    """A request leaves its language behind in the thread: no test reads that of another."""
    translation.activate("en")


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    """Rate limits count in the cache, and country names stay in it: no test pays for another's."""
    for name in caches:
        caches[name].clear()


@pytest.fixture
def organisation(db: None) -> Organisation:
    return OrganisationFactory()


@pytest.fixture
def staff(organisation: Organisation) -> Callable[..., User]:
    """Make a user with a role: `staff(Role.REVIEWER)`, at `organisation` unless told otherwise."""

    def make(role: Role, at: Organisation | None = None) -> User:
        return MembershipFactory(role=role, organisation=at or organisation).user

    return make


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    def make(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="apps.accounts.backends.EmailBackend")
        return client

    return make


@pytest.fixture
def coordinator(staff: Callable[..., User]) -> User:
    return staff(Role.COORDINATOR)


@pytest.fixture
def applicant(db: None) -> User:
    return UserFactory()


@pytest.fixture
def actor(coordinator: User) -> Actor:
    """The coordinator of `organisation`, as services want to know them."""
    return user_actor(coordinator)


@pytest.fixture
def as_coordinator(coordinator: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(coordinator)


@pytest.fixture
def as_applicant(applicant: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(applicant)


@pytest.fixture
def real_places(db: None) -> None:
    """Every country and province, as `manage.py load_places` loads them (about 50 ms)."""
    load_places(actor=IMPORTER)
