"""How often something may be done, counted in the cache: losing the counts costs nothing but patience."""

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest


def place_of(request: HttpRequest) -> str:
    """Where on the network a request comes from: beyond our own proxies nothing a client says counts."""
    said = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if settings.TRUSTED_PROXIES else []
    hops = [*(hop.strip() for hop in said if hop.strip()), request.META.get("REMOTE_ADDR", "")]
    return str(hops[max(len(hops) - 1 - settings.TRUSTED_PROXIES, 0)])


def is_within(name: str, who: str, *, most: int, seconds: int) -> bool:
    """Count one more for `who`; False when that is more than `most` in the window that is running."""
    key = f"limit:{name}:{who}"
    cache.add(key, 0, timeout=seconds)
    try:
        return int(cache.incr(key)) <= most
    except ValueError:  # the window ended between the two lines
        return True
