"""The fairness report on a phone and at a desk: exact figures, ranges, and what is not told."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from apps.accounts.models import Organisation, User
from tests.browser.test_applicant import Look
from tests.factories.programs import IntakeFactory, ProgramFactory
from tests.inclusion.chosen import Some, choose

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_coordinator_makes_the_report_and_reads_it(
    organisation: Organisation, coordinator: User, at_desk: Callable[[User], Page], looks_right: Look
) -> None:
    intake = IntakeFactory(program=ProgramFactory(organisation=organisation), seats=90)
    women, men = (
        Some("woman", 60, 50, 12, 6, "rural", "no", "TH"),
        Some("man", 120, 100, 48, 30, "city", "no", "VN"),
    )
    with_disabilities = [
        Some("woman", 20, 18, 4, 2, "rural", "yes", "LA"),
        Some("another", 4, 3, 1, 1, "", "", "KH"),
    ]
    page = at_desk(coordinator)
    page.goto(reverse("inclusion:fairness", args=[intake.public_id]))
    looks_right(page)
    page.get_by_role("button", name="Make the report").click()
    expect(page.get_by_text("No decision of this intake has been released yet.")).to_be_visible()
    choose(intake, [women, men, *with_disabilities])

    page.get_by_role("button", name="Make the report").click()

    offered = page.get_by_role("table", name="Gender: Offered a place")
    expect(offered.get_by_role("row", name="Woman")).to_contain_text("16 of 80")
    expect(offered.get_by_role("row", name="Woman")).to_contain_text("Alert")
    disability = page.get_by_role("table", name="Disability: Offered a place")
    expect(disability.get_by_role("row", name="Yes")).to_contain_text("0 to 9 of 20")
    looks_right(page)
    page.get_by_text("How sure it is, and what is hidden").click()
    expect(page.get_by_text("unstable in small samples")).to_be_visible()
    looks_right(page)
