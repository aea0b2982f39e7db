"""System checks that keep the house in order: `manage.py check` fails when one is broken."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.urls import URLPattern, URLResolver, get_resolver

from apps.core.access import declared_access


def walk(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from walk(pattern, route)
        else:
            yield route, pattern


def every_view_says_who_may_open_it(**kwargs: Any) -> list[CheckMessage]:
    return [
        Error(f"{route} has no `access` declaration", hint="access = Access.…", id="core.E002")
        for route, pattern in walk(get_resolver())
        if declared_access(pattern.callback) is None
        and not pattern.callback.__module__.startswith(settings.VIEWS_GUARDED_ELSEWHERE)
    ]
