"""Time zones people may choose, and what to call them."""

from zoneinfo import ZoneInfo, available_timezones

from django.http import HttpRequest

#: The zones of the eleven states and the United States come first in every list.
NEAR = (
    "Asia/Yangon",
    "Asia/Bangkok",
    "Asia/Ho_Chi_Minh",
    "Asia/Jakarta",
    "Asia/Phnom_Penh",
    "Asia/Vientiane",
    "Asia/Kuala_Lumpur",
    "Asia/Singapore",
    "Asia/Brunei",
    "Asia/Manila",
    "Asia/Makassar",
    "Asia/Dili",
    "Asia/Jayapura",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
)
KNOWN = frozenset(available_timezones())


def is_zone(name: str) -> bool:
    return name in KNOWN


def zone_or(name: str | None, fallback: str) -> ZoneInfo:
    """The zone called `name`, or `fallback` when there is no such zone."""
    return ZoneInfo(name if name and is_zone(name) else fallback)


def zone_name(key: str) -> str:
    """The city of a zone, as people say it: Asia/Ho_Chi_Minh becomes Ho Chi Minh."""
    return key.rsplit("/", 1)[-1].replace("_", " ")


def zone_of(request: HttpRequest, fallback: str = "Asia/Bangkok") -> ZoneInfo:
    """The reader's zone: the account's choice, else what their device said, else `fallback`."""
    chosen = getattr(request.user, "time_zone", "") or request.COOKIES.get("zone", "")
    return zone_or(chosen, fallback)
