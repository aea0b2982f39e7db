"""Chromium against a live server. An error in the console fails the test, like an exception would."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from apps.accounts.models import User

AXE = AXE_FILE_PATH.read_text()
WIDTHS = (360, 1280)
#: Light and dark differ in colours alone: in the dark only the rules that look at colours run.
SCHEMES = {
    "light": {"resultTypes": ["violations"]},
    "dark": {"resultTypes": ["violations"], "runOnly": ["color-contrast", "link-in-text-block"]},
}
#: The whole answer is a hundred times longer, and to bring it here takes as long as to find it.
VIOLATIONS = "options => axe.run(options).then(found => found.violations)"
#: A 404 or 422 that a journey causes on purpose is logged by the browser as well.
EXPECTED = ("Failed to load resource",)
#: A click returns before the browser has left: until the next page is there, this one says so.
LEAVING = """
const leaving = event => {
  const link = event.type === "submit" || event.target.closest?.("a[href]:not([download], [target])");
  if (link && !event.defaultPrevented && !link.hash) document.documentElement.dataset.leaving = "";
};
for (const kind of ["click", "submit"]) addEventListener(kind, leaving);
"""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    options = ["--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run"]
    if os.getuid() == 0:
        options.append("--no-sandbox")
    return {
        **browser_type_launch_args,
        "executable_path": os.environ.get("CHROMIUM", "/usr/bin/chromium"),
        "args": options,
    }


def watch(page: Page) -> list[str]:
    """A page 360 pixels wide, and what goes wrong on it from now on."""
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.add_init_script(LEAVING)
    page.set_viewport_size({"width": 360, "height": 740})
    page.set_default_timeout(10_000)
    return wrong


def unexpected(wrong: list[str]) -> list[str]:
    return [text for text in wrong if not text.startswith(EXPECTED)]


@pytest.fixture
def phone(page: Page, live_server: Any) -> Iterator[Page]:
    """Nobody's page, 360 pixels wide."""
    wrong = watch(page)
    yield page
    assert unexpected(wrong) == []


@pytest.fixture
def at_desk(browser: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """A page of this user, signed in already, in a browser of their own; `page.goto` takes paths.
    What else a browser's context may be told is passed on.
    """
    opened = []

    def open_page(user: User, **told: Any) -> Page:
        context = browser.new_context(base_url=live_server.url, **told)
        client = Client()
        client.force_login(user, backend="apps.accounts.backends.EmailBackend")
        name = django_settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        page = context.new_page()
        opened.append((context, watch(page)))
        return page

    yield open_page
    for context, _wrong in opened:
        context.close()
    assert [text for _context, wrong in opened for text in unexpected(wrong)] == []


def arrived(page: Page) -> None:
    """Wait until what was clicked has brought its page, whole: only then may a test read it at once."""
    expect(page.locator("html:not([data-leaving])")).to_be_attached()
    page.wait_for_load_state()


@pytest.fixture
def looks_right() -> Callable[[Page], None]:
    """No axe violation and no sideways scrolling, at both widths, light and dark."""

    def look(page: Page) -> None:
        arrived(page)
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 740})
            for scheme, options in SCHEMES.items():
                page.emulate_media(color_scheme=scheme)
                found = page.evaluate(VIOLATIONS, options)
                assert [(each["id"], each["nodes"][0]["html"][:120]) for each in found] == [], page.url
            wide = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert wide == 0, f"{page.url} scrolls sideways at {width}"
        page.set_viewport_size({"width": 360, "height": 740})
        page.emulate_media(color_scheme="light")

    return look
