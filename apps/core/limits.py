"""How often something may be done, counted in the cache: losing the counts costs nothing but patience."""

from django.core.cache import cache


def is_within(name: str, who: str, *, most: int, seconds: int) -> bool:
    """Count one more for `who`; False when that is more than `most` in the window that is running."""
    key = f"limit:{name}:{who}"
    cache.add(key, 0, timeout=seconds)
    try:
        return int(cache.incr(key)) <= most
    except ValueError:  # the window ended between the two lines
        return True
