"""An administrator adds people, gives and ends roles, and searches what happened."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from apps.accounts.enums import OrganisationKind, Role
from apps.accounts.models import Membership, User
from tests.browser.test_applicant import Look
from tests.factories.accounts import OrganisationFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(staff: Callable[..., User], at_desk: Callable[[User], Page]) -> Page:
    return at_desk(staff(Role.ADMINISTRATOR, OrganisationFactory(kind=OrganisationKind.PLATFORM)))


def test_a_person_gets_a_role_and_loses_it_and_the_trail_knows(page: Page, looks_right: Look) -> None:
    page.goto("/en/accounts/organisations/")
    looks_right(page)
    page.get_by_label("Name", exact=True).fill("Mekong Learning House")
    page.get_by_role("button", name="Add organisation").click()
    expect(page.get_by_text("Mekong Learning House").first).to_be_visible()

    page.goto("/en/accounts/people/")
    looks_right(page)
    page.get_by_label("E-mail address").fill("rani@house.example.org")
    page.get_by_label("Full name").fill("Rani Wulan")
    page.get_by_role("button", name="Add person").click()
    page.goto("/en/accounts/people/?q=rani@house.example.org")
    page.get_by_role("link", name="Rani Wulan").click()
    looks_right(page)
    page.get_by_label("Organisation").select_option(label="Mekong Learning House")
    page.get_by_label("Role", exact=True).select_option(label="Coordinator")
    page.get_by_role("button", name="Give role").click()
    assert Membership.objects.get(user__email="rani@house.example.org").role == Role.COORDINATOR

    page.get_by_role("button", name="End role").click()
    expect(page.get_by_text("Ended", exact=True)).to_be_visible()
    looks_right(page)
    page.goto("/en/accounts/audit/")
    looks_right(page)
    page.get_by_role("combobox", name="What happened").select_option(label="RoleGiven")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("region", name="What happened").get_by_role("row")).to_have_count(2)


def test_staff_without_a_second_step_are_led_to_set_one_up(
    page: Page, looks_right: Look, settings: Any
) -> None:
    settings.STAFF_NEED_SECOND_STEP = True

    page.goto("/en/accounts/people/")

    expect(page).not_to_have_url("/en/accounts/people/")
    assert "2fa" in page.url or "reauthenticate" in page.url
    looks_right(page)
