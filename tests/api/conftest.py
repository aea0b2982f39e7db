"""Callers with a token."""

from collections.abc import Callable

import pytest
from rest_framework.authtoken.models import Token
from rest_framework.test import APIClient

from apps.accounts.models import User


@pytest.fixture
def caller() -> Callable[[User], APIClient]:
    def make(user: User) -> APIClient:
        token, _is_new = Token.objects.get_or_create(user=user)
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Token {token.key}")
        return client

    return make
