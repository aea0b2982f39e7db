"""What every test may ask for: people of each role, signed in or as actors."""

from collections.abc import Callable

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
