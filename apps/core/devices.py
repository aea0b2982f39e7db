"""Whose phone this is, as the person said: nothing typed stays on one that others use too.

The answer is a cookie because the script on the page must know it without asking us.
"""

from enum import StrEnum

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "device"
A_YEAR = 60 * 60 * 24 * 365


class Device(StrEnum):
    OWN = "own"
    SHARED = "shared"


def device_of(request: HttpRequest) -> Device | None:
    """None until the person has said it; pages then behave as on a shared phone."""
    said = request.COOKIES.get(COOKIE, "")
    return Device(said) if said in list(Device) else None


def remember_device(request: HttpRequest, answer: HttpResponse, device: Device) -> None:
    """On a shared phone the answer and the session end with the browser."""
    is_own = device is Device.OWN
    request.session.set_expiry(None if is_own else 0)
    answer.set_cookie(
        COOKIE,
        device,
        max_age=A_YEAR if is_own else None,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def forget_device(answer: HttpResponse, *, pages_too: bool = False) -> HttpResponse:
    """The browser drops what it kept for us. Its copies of pages too where others use the phone: slow,
    and a reader's own phone would only have to fetch the style again.
    """
    answer.delete_cookie(COOKIE, samesite="Lax")
    answer["Clear-Site-Data"] = '"cache", "storage"' if pages_too else '"storage"'
    return answer
