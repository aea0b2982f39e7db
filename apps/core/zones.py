"""Time zones people may choose, and what to call them."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

#: The zones of the eleven states and the United States, in words; they come first in every list.
WORDS: dict[str, Promise] = {
    "Asia/Yangon": gettext_lazy("Yangon time"),
    "Asia/Bangkok": gettext_lazy("Bangkok time"),
    "Asia/Ho_Chi_Minh": gettext_lazy("Ho Chi Minh time"),
    "Asia/Jakarta": gettext_lazy("Jakarta time, western Indonesia"),
    "Asia/Phnom_Penh": gettext_lazy("Phnom Penh time"),
    "Asia/Vientiane": gettext_lazy("Vientiane time"),
    "Asia/Kuala_Lumpur": gettext_lazy("Kuala Lumpur time"),
    "Asia/Singapore": gettext_lazy("Singapore time"),
    "Asia/Brunei": gettext_lazy("Brunei time"),
    "Asia/Manila": gettext_lazy("Manila time"),
    "Asia/Makassar": gettext_lazy("Makassar time, central Indonesia"),
    "Asia/Dili": gettext_lazy("Dili time"),
    "Asia/Jayapura": gettext_lazy("Jayapura time, eastern Indonesia"),
    "America/New_York": gettext_lazy("Eastern time, New York"),
    "America/Chicago": gettext_lazy("Central time, Chicago"),
    "America/Denver": gettext_lazy("Mountain time, Denver"),
    "America/Los_Angeles": gettext_lazy("Pacific time, Los Angeles"),
    "America/Anchorage": gettext_lazy("Alaska time"),
    "Pacific/Honolulu": gettext_lazy("Hawaii time"),
}
NEAR = tuple(WORDS)
#: Names that browsers still send, and the names of today.
FORMER = {
    "Asia/Rangoon": "Asia/Yangon",
    "Asia/Saigon": "Asia/Ho_Chi_Minh",
    "Asia/Ujung_Pandang": "Asia/Makassar",
    "Asia/Calcutta": "Asia/Kolkata",
    "Asia/Katmandu": "Asia/Kathmandu",
    "US/Eastern": "America/New_York",
    "US/Central": "America/Chicago",
    "US/Mountain": "America/Denver",
    "US/Pacific": "America/Los_Angeles",
    "US/Alaska": "America/Anchorage",
    "US/Hawaii": "Pacific/Honolulu",
}
KNOWN = frozenset(available_timezones())


def is_zone(name: str) -> bool:
    return name in KNOWN


def zone_or(name: str | None, fallback: str) -> ZoneInfo:
    """The zone called `name`, or `fallback` when there is no such zone."""
    return ZoneInfo(name if name and is_zone(name) else fallback)


def zone_name(key: str) -> str:
    """A zone as people say it: "Bangkok time"; one that is far from us by its city."""
    if key in WORDS:
        return str(WORDS[key])
    return _("{city} time").format(city=key.rsplit("/", 1)[-1].replace("_", " "))


#: Each tells the zone of an account's home, or "": apps above register what they know of a person.
HOMES: list[Callable[[Any], str]] = []


def register_home(home: Callable[[Any], str]) -> None:
    """Called once from an app's `ready()`."""
    if home not in HOMES:
        HOMES.append(home)


def zone_of_user(user: Any, *others: str, fallback: str = "Asia/Bangkok") -> ZoneInfo:
    """Where someone reads a clock: the zone they chose, else that of their country or province, else
    the first of `others` that is a zone, else `fallback`.
    """
    chosen = getattr(user, "time_zone", "")
    if is_zone(chosen):
        return ZoneInfo(chosen)
    known = (home(user) for home in HOMES) if getattr(user, "is_authenticated", False) else ()
    name = next(filter(is_zone, (*known, *others)), fallback)
    return ZoneInfo(FORMER.get(name, name))


def zone_of(request: HttpRequest, fallback: str = "Asia/Bangkok") -> ZoneInfo:
    """The same for whoever opens a page; a device says its zone in a cookie (docs/kit/scripts/zone.js)."""
    return zone_of_user(request.user, request.COOKIES.get("zone", ""), fallback=fallback)
