"""Limits count what is beyond our own proxies, and a window that ended holds nobody up."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from apps.core.limits import is_within, place_of
from tests.racing import race


@pytest.mark.parametrize(
    ("proxies", "said", "place"),
    [
        (0, "", "10.0.0.9"),
        (0, "6.6.6.6", "10.0.0.9"),
        (1, "203.0.113.5", "203.0.113.5"),
        (1, "6.6.6.6, 203.0.113.5", "203.0.113.5"),
        (2, "6.6.6.6, 203.0.113.5, 10.0.0.1", "203.0.113.5"),
        (1, "", "10.0.0.9"),
    ],
)
def test_nobody_chooses_their_own_place(proxies: int, said: str, place: str, settings: Any) -> None:
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.9", HTTP_X_FORWARDED_FOR=said)

    assert place_of(request) == place


def test_a_limit_counts_each_place_for_itself_until_its_window_ends() -> None:
    assert [is_within("x", "a", most=2, seconds=60) for _time in range(3)] == [True, True, False]
    assert is_within("x", "b", most=2, seconds=60)
    cache.clear()
    assert is_within("x", "a", most=2, seconds=60)


@pytest.fixture
def own_cache(settings: Any) -> None:
    """Tests that run beside this one empty the common cache."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


@pytest.mark.django_db(transaction=True)
def test_rivals_do_not_get_more(own_cache: None) -> None:
    who = str(uuid4())

    results = race(*[lambda: is_within("x", who, most=3, seconds=60)] * 6)

    assert sorted(results) == [False, False, False, True, True, True]
