"""An administrator counts a quarter again, on a phone, with and without scripts; a funder compares."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from apps.accounts.enums import OrganisationKind, Role
from apps.accounts.models import User
from apps.core.actors import CLOCK, SYSTEM
from apps.inclusion.enums import Cadence
from apps.inclusion.models import Release
from apps.inclusion.services import build_asked_releases, release_figures
from tests.browser.pictures import keep
from tests.browser.test_applicant import Look
from tests.factories.accounts import OrganisationFactory
from tests.factories.inclusion import come
from tests.factories.programs import IntakeFactory
from tests.inclusion.told import quarter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
REASON = "A school in Siem Reap sent its records after the quarter had been released."


def test_a_quarter_is_counted_again_and_a_funder_compares(
    staff: Callable[..., User], real_places: None, at_desk: Callable[[User], Page], looks_right: Look
) -> None:
    intake = IntakeFactory()
    come(intake, women=40, men=40, on=date(2026, 2, 1))
    release_figures(actor=SYSTEM, cadence=Cadence.QUARTER, as_of=date(2026, 3, 31))
    come(intake, women=20, men=0, on=date(2026, 3, 1))
    page = at_desk(staff(Role.ADMINISTRATOR))
    page.goto("/en/inclusion/")
    page.get_by_role("link", name="Count 2026-Q1 again").click()
    looks_right(page)
    keep(page, "restate")

    page.get_by_label("Why is this quarter counted again?").fill("late " * 101)
    page.get_by_role("button", name="Count 2026-Q1 again").click()
    expect(page.get_by_role("alert")).to_contain_text("This is too long: 504 characters.")
    expect(page.get_by_label("Why is this quarter counted again?")).to_have_value("late " * 101)
    looks_right(page)
    keep(page, "restate-refused")
    page.get_by_label("Why is this quarter counted again?").fill(REASON)
    page.get_by_role("button", name="Count 2026-Q1 again").click()
    expect(page.get_by_text("Release 2 counts 2026-Q1 again. It takes about a minute")).to_be_visible()
    expect(page.get_by_text("2026-Q1 is being counted again, as release 2.")).to_be_visible()
    looks_right(page)
    keep(page, "restate-asked")
    page.goto("/en/inclusion/releases/1/restate/")
    expect(page.get_by_text("This quarter is being counted again already, as release 2.")).to_be_visible()
    looks_right(page)
    build_asked_releases(actor=CLOCK)

    theirs = at_desk(staff(Role.FUNDER, OrganisationFactory(kind=OrganisationKind.FUNDS)))
    theirs.goto("/en/inclusion/")
    expect(theirs.get_by_text(f"This release counts a quarter again: {REASON}")).to_be_visible()
    theirs.get_by_role("link", name="What changed since the last release").click()
    expect(theirs.get_by_text("Compared with release 1 (2026-Q1)")).to_be_visible()
    row = theirs.get_by_role("row", name="Women Enrolled")
    expect(row).to_contain_text("40")
    expect(row).to_contain_text("60")
    looks_right(theirs)
    keep(theirs, "restated-changes")


def test_counting_again_needs_no_script(
    staff: Callable[..., User], browser: Browser, live_server: Any
) -> None:
    quarter(1)
    client = Client()
    client.force_login(staff(Role.ADMINISTRATOR), backend="apps.accounts.backends.EmailBackend")
    name = settings.SESSION_COOKIE_NAME
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    page = context.new_page()

    page.goto("/en/inclusion/")
    page.get_by_role("link", name="Count 2026-Q1 again").click()
    page.get_by_role("button", name="Count 2026-Q1 again").click()
    expect(page.get_by_role("alert")).to_contain_text("Say why the quarter is counted again.")
    page.get_by_label("Why is this quarter counted again?").fill(REASON)
    page.get_by_role("button", name="Count 2026-Q1 again").click()

    expect(page.get_by_text("2026-Q1 is being counted again, as release 2.")).to_be_visible()
    assert Release.objects.get(number=2).reason == REASON
    context.close()
