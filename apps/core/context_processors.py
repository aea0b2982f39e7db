"""What every page knows about the site."""

from django.conf import settings
from django.http import HttpRequest

from apps.core.devices import device_of


def site(request: HttpRequest) -> dict[str, object]:
    return {"is_demo": settings.DEMO, "device": device_of(request) or ""}
