"""Chromium against a live server. An error in the console fails the test, like an exception would."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Page

AXE = AXE_FILE_PATH.read_text()
WIDTHS = (360, 1280)
SCHEMES = ("light", "dark")
#: A 404 or 422 that a journey causes on purpose is logged by the browser as well.
EXPECTED = ("Failed to load resource",)


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


@pytest.fixture
def phone(page: Page, live_server: Any) -> Iterator[Page]:
    """A page 360 pixels wide; `page.goto` takes paths."""
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.set_viewport_size({"width": 360, "height": 740})
    page.set_default_timeout(10_000)
    yield page
    assert [text for text in wrong if not text.startswith(EXPECTED)] == []


@pytest.fixture
def looks_right() -> Callable[[Page], None]:
    """No axe violation and no sideways scrolling, at both widths, light and dark."""

    def look(page: Page) -> None:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 740})
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                page.evaluate(AXE)
                found = page.evaluate("axe.run()")["violations"]
                assert [(each["id"], each["nodes"][0]["html"][:120]) for each in found] == [], page.url
            wide = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert wide == 0, f"{page.url} scrolls sideways at {width}"
        page.set_viewport_size({"width": 360, "height": 740})

    return look
