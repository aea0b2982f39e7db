"""How accounts are signed in, and found again on every request afterwards.

Both are Django's and allauth's own without the permission tables: rights come from memberships.
"""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.backends import ModelBackend
from django.db.models import QuerySet

from apps.accounts.models import User
from apps.core.prepared import Given, prepared


@prepared
def _account() -> QuerySet[User]:
    return User.objects.filter(pk=Given("pk"))


class WithoutPermissionTables(ModelBackend):
    """Finds the account of a session, which every signed-in request asks; grants nothing."""

    def get_user(self, user_id: Any) -> User | None:
        found = _account.one(pk=user_id)
        return found if found is not None and self.user_can_authenticate(found) else None

    def get_user_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        return set()

    def get_group_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        return set()


class EmailBackend(WithoutPermissionTables):
    """E-mail and password: staff only, since applicants have no usable password."""


class CodeBackend(WithoutPermissionTables, AuthenticationBackend):
    """An e-mailed code: everyone."""
