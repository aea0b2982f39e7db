"""Time zones people may choose, and what to call them."""

from zoneinfo import ZoneInfo, available_timezones

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

#: The zones of the eleven states and the United States, by city. They come first in every list.
CITIES = {
    "Asia/Yangon": _("Yangon"),
    "Asia/Bangkok": _("Bangkok"),
    "Asia/Ho_Chi_Minh": _("Ho Chi Minh"),
    "Asia/Jakarta": _("Jakarta"),
    "Asia/Phnom_Penh": _("Phnom Penh"),
    "Asia/Vientiane": _("Vientiane"),
    "Asia/Kuala_Lumpur": _("Kuala Lumpur"),
    "Asia/Singapore": _("Singapore"),
    "Asia/Brunei": _("Brunei"),
    "Asia/Manila": _("Manila"),
    "Asia/Makassar": _("Makassar"),
    "Asia/Dili": _("Dili"),
    "Asia/Jayapura": _("Jayapura"),
    "America/New_York": _("New York"),
    "America/Chicago": _("Chicago"),
    "America/Denver": _("Denver"),
    "America/Los_Angeles": _("Los Angeles"),
    "America/Anchorage": _("Anchorage"),
    "Pacific/Honolulu": _("Honolulu"),
}
NEAR = tuple(CITIES)
KNOWN = frozenset(available_timezones())


def is_zone(name: str) -> bool:
    return name in KNOWN


def zone_or(name: str | None, fallback: str) -> ZoneInfo:
    """The zone called `name`, or `fallback` when there is no such zone."""
    return ZoneInfo(name if name and is_zone(name) else fallback)


def zone_name(key: str) -> str:
    """The city of a zone, as people say it: Asia/Ho_Chi_Minh becomes Ho Chi Minh."""
    return str(CITIES.get(key) or key.rsplit("/", 1)[-1].replace("_", " "))


def zone_of(request: HttpRequest, fallback: str = "Asia/Bangkok") -> ZoneInfo:
    """The reader's zone: the account's choice, else what their device said, else `fallback`."""
    chosen = getattr(request.user, "time_zone", "") or request.COOKIES.get("zone", "")
    return zone_or(chosen, fallback)
