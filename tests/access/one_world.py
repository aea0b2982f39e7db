"""The world made once for all tests of a module: hundreds of addresses ask about the same things."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings
from django.utils import translation

from tests.access.world import World, build


@pytest.fixture(scope="module")
def one_world(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[World]:
    """In a transaction around the module. Each test's own lies in it, so what a test does is taken back."""
    media = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=media), transaction.atomic():
        with translation.override("en"):
            found = build()
        yield found
        transaction.set_rollback(True)
