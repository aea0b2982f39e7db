"""An API view opens for those its `access` names, like every page; without one it stays shut."""

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from apps.core.access import Access, declared_access


class DeclaredAccess(BasePermission):
    def has_permission(self, request: Request, view: Any) -> bool:
        access = declared_access(type(view))
        if access is None:
            return False
        viewer = request._request.viewer  # type: ignore[attr-defined]
        return Access.PUBLIC in access or any(viewer.may(each) for each in access)
