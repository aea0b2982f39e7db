"""When an applicant sees a page and can use it: 400 ms there and back, 400 kbit/s, a processor four times slower."""

import os
from collections.abc import Iterator
from statistics import median

from django.urls import reverse
from playwright.sync_api import Browser, Page, sync_playwright

from apps.applications.models import FormVersion
from apps.programs.models import Intake
from tests.applications.conftest import DEFINITION
from tests.bench.measure import Cost, Row
from tests.bench.site import running_site
from tests.factories.programs import IntakeFactory

TIMES, FIRST, NEXT = 3, 2000, 1000
LINK = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
#: Scripts are deferred: they have run, and the page answers, when DOMContentLoaded is over.
MOMENTS = """() => [
    performance.getEntriesByName("first-contentful-paint")[0].startTime,
    performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd,
]"""
OPTIONS = ["--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--disable-background-networking"]


def rows() -> Iterator[Row]:
    intake = IntakeFactory(seats=10_000)
    FormVersion.objects.create(
        intake=intake, number=1, definition={"sections": DEFINITION["sections"]}, published_at=intake.opens_at
    )
    with running_site() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=[*OPTIONS, "--no-sandbox"] if os.getuid() == 0 else OPTIONS,
        )
        found = [_one_phone(browser, f"http://localhost:{site.address[1]}", intake) for _time in range(TIMES)]
        browser.close()
    for number, (name, _moments) in enumerate(found[0]):
        painted, usable = (median(each[number][1][part] for each in found) for part in (0, 1))
        most = NEXT if number else FIRST
        yield Row(f"{name}: seen at {painted:.0f} ms, usable", Cost(usable, 0, 0), most)


def _one_phone(browser: Browser, address: str, intake: Intake) -> list[tuple[str, list[float]]]:
    """A phone that was never here; every page of the way, with what each took."""
    # What a service worker fetches is not slowed down by the emulation of the page.
    context = browser.new_context(
        bypass_csp=True,  # to wait for what is painted, the page is asked with eval
        base_url=address,
        viewport={"width": 360, "height": 740},
        service_workers="block",
    )
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", LINK)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    place = [intake.program.slug, intake.slug]
    seen = [("Program page, first visit", _open(page, reverse("programs:program-detail", args=place)))]
    page.get_by_role("button", name="Start application").click()
    page.wait_for_url("**/applications/**")
    draft = page.url.rstrip("/").rpartition("/")[2]
    for name, view, more in (
        ("List of sections", "task-list", []),
        ("Section, the first with its script", "section", ["about-you"]),
        ("Section, the next", "section", ["plans"]),
        ("Check your answers", "check", []),
    ):
        seen.append((name, _open(page, reverse(f"applications:{view}", args=[draft, *more]))))
    context.close()
    return seen


def _open(page: Page, path: str) -> list[float]:
    page.goto(path, wait_until="load")
    page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")
    return list(page.evaluate(MOMENTS))
