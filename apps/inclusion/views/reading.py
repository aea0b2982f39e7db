"""Which release and which part of it an address asks for; the same on every page about figures."""

from collections.abc import Callable
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.urls import reverse

from apps.inclusion.enums import ScopeKind
from apps.inclusion.models import Release
from apps.inclusion.selectors import LEVELS, SINGLE, readable_releases

#: No release has a longer number, and PostgreSQL no longer integer.
DIGITS = 9


class ReleaseReading:
    """`?release=4` is a choice of release; without it the latest on display counts. Links keep the choice."""

    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def releases(self) -> list[Release]:
        """Newest first."""
        return list(readable_releases().order_by("-number"))

    @property
    def on_display(self) -> list[Release]:
        return [each for each in self.releases if each.replaced_by_id is None]

    @cached_property
    def release(self) -> Release | None:
        """None while there is none at all. Raises Http404 for a number that nothing has."""
        wanted = self.request.GET.get("release", "")
        if not wanted:
            return next(iter(self.on_display), None)
        if not (wanted.isascii() and wanted.isdigit() and len(wanted) <= DIGITS):
            raise Http404
        found = next((each for each in self.releases if each.number == int(wanted)), None)
        if found is None:
            raise Http404
        return found

    @cached_property
    def scope(self) -> tuple[str, str]:
        """Raises Http404 for what is no part that everyone may read: an intake is for those who run it."""
        scope, key = self.kwargs.get("scope", ScopeKind.ALL.value), self.kwargs.get("scope_key", "")
        if scope not in (LEVELS if key else (ScopeKind.ALL.value,)):
            raise Http404
        return scope, key

    @property
    def group(self) -> str:
        """The group that maps and trends draw."""
        wanted = self.request.GET.get("group", "")
        return wanted if wanted in SINGLE else SINGLE[0]

    @property
    def query(self) -> str:
        """What links keep."""
        kept = {name: self.request.GET[name] for name in ("release", "group") if name in self.request.GET}
        return f"?{urlencode(kept)}" if kept else ""

    def address(self) -> Callable[[str, str], str]:
        """Where a part of the same release is read. A page names a hundred, so the pattern is looked up once."""
        pattern = reverse("inclusion:dashboard-scope", args=["_level", "_key"]) + self.query
        return lambda level, key: pattern.replace("_level", level, 1).replace("_key", key, 1)
