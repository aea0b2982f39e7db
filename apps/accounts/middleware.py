"""Who is asking, and may they open this page at all. Rows are narrowed by `visible_to()` later."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from apps.accounts.roles import actor_for, viewer_for
from apps.accounts.selectors import has_second_step
from apps.core.access import Access, declared_access

GetResponse = Callable[[HttpRequest], HttpResponse]
#: Session key: until when we need not ask again whether there is a second step. Seconds.
KNOWN_UNTIL, ASK_AGAIN_AFTER = "second_step_known_until", 300


class ActorMiddleware:
    """Give every request an `actor` (for services) and a `viewer` (for rows), both lazy."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.viewer = SimpleLazyObject(lambda: viewer_for(request.user))  # type: ignore[attr-defined]
        request.actor = SimpleLazyObject(lambda: actor_for(request.user))  # type: ignore[attr-defined]
        return self.get_response(request)


class AccessMiddleware:
    """Deny by default: a view opens only for those its `access` names.

    Visitors are asked to sign in and come back; others get 403. API views answer for themselves
    after their own authentication (apps.accounts.permissions), so they pass here.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict
    ) -> HttpResponse | None:
        if hasattr(view, "cls"):  # a REST framework view
            return None
        access = declared_access(view)
        if access is None:
            return None if view.__module__.startswith(settings.VIEWS_GUARDED_ELSEWHERE) else _refuse()
        if Access.PUBLIC in access:
            return None
        if any(request.viewer.may(each) for each in access):  # type: ignore[attr-defined]
            return _ask_for_second_step(request)
        if request.user.is_authenticated:
            raise PermissionDenied
        if request.headers.get("accept", "").startswith("application/json"):
            return JsonResponse({"detail": _("Sign in first.")}, status=401)
        return redirect_to_login(request.get_full_path())


def _refuse() -> HttpResponse:
    raise PermissionDenied("this view declares no access rule")


def _ask_for_second_step(request: HttpRequest) -> HttpResponse | None:
    """Staff set up an authenticator app or a passkey before any page opens (settings say for whom).

    A yes is kept in the session for a few minutes, so that taking the second step away bites soon.
    """
    user = request.user
    if not settings.STAFF_NEED_SECOND_STEP or not request.viewer.is_staff:  # type: ignore[attr-defined]
        return None
    if settings.DEMO and user.is_demo:  # type: ignore[union-attr]
        return None
    if request.session.get(KNOWN_UNTIL, 0) > time.time():
        return None
    if not has_second_step(user):  # type: ignore[arg-type]  # staff are signed in
        messages.warning(request, _("Set up an authenticator app or a security key. Then you can go on."))
        return redirect("mfa_index")
    request.session[KNOWN_UNTIL] = int(time.time()) + ASK_AGAIN_AFTER
    return None
