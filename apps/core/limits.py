"""How often something may be tried. Counted in the cache: losing it forgets attempts, never data."""

from django.core.cache import cache


def is_within(name: str, who: str, *, most: int, seconds: int) -> bool:
    """Count one attempt; False from attempt `most` + 1 on, until `seconds` after the first."""
    key = f"limit:{name}:{who}"
    if cache.add(key, 1, timeout=seconds):
        return most >= 1
    try:
        return int(cache.incr(key)) <= most
    except ValueError:  # it ran out between the two
        cache.add(key, 1, timeout=seconds)
        return True
