"""How often something may be tried: counted for each, and forgotten after a while."""

from uuid import uuid4

import pytest

from apps.core.limits import is_within
from tests.racing import race


@pytest.fixture
def own_cache(settings: object) -> None:
    """Tests that run beside this one empty the common cache."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


def test_each_visitor_has_tries_of_their_own(own_cache: None) -> None:
    one, two = str(uuid4()), str(uuid4())

    assert [is_within("x", one, most=2, seconds=60) for _try in range(3)] == [True, True, False]
    assert is_within("x", two, most=2, seconds=60)
    assert is_within("y", one, most=2, seconds=60)


@pytest.mark.django_db(transaction=True)
def test_rivals_do_not_get_more(own_cache: None) -> None:
    who = str(uuid4())

    results = race(*[lambda: is_within("x", who, most=3, seconds=60)] * 6)

    assert sorted(results) == [False, False, False, True, True, True]
