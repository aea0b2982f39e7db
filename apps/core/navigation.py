"""The links of the staff pages. Each app registers its own; a page shows those its reader may open."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise

from apps.core.access import Access


@dataclass(frozen=True, slots=True)
class StaffLink:
    label: str | Promise
    url_name: str
    access: frozenset[Access]
    order: int


LINKS: list[StaffLink] = []


def register_link(label: str | Promise, url_name: str, *access: Access, order: int) -> None:
    """Called once from an app's `ready()`; `order` sorts the links from left to right."""
    LINKS.append(StaffLink(label, url_name, frozenset(access), order))
    LINKS.sort(key=lambda link: link.order)


def staff_links(viewer: Any, path: str) -> list[dict[str, Any]]:
    """`viewer` is apps.accounts.roles.Viewer; the page under `path` is marked as the current one."""
    links = []
    for link in LINKS:
        if any(viewer.may(access) for access in link.access):
            url = reverse(link.url_name)
            links.append({"label": link.label, "url": url, "is_current": False})
    here = [link for link in links if path.startswith(str(link["url"]))]
    if here:  # of nested addresses the longest is the page one is on
        max(here, key=lambda link: len(str(link["url"])))["is_current"] = True
    return links
