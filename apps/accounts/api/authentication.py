"""Signing a call: `Authorization: Token …`. Viewer and actor follow the token's owner."""

from typing import Any

from rest_framework import authentication
from rest_framework.request import Request

from apps.accounts.roles import actor_for, viewer_for


class TokenAuthentication(authentication.TokenAuthentication):
    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        """A cookie never signs a call: another site could make a browser send it."""
        found = super().authenticate(request)
        user = found[0] if found is not None else None
        request._request.viewer = viewer_for(user)
        request._request.actor = actor_for(user)
        return found
