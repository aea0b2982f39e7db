"""A funder reads who takes part: in all, by kind, by country, and how it was counted."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from apps.accounts.enums import OrganisationKind, Role
from apps.accounts.models import User
from apps.core.actors import SYSTEM
from apps.inclusion.services import rebuild_facts, release_figures
from apps.places.models import Country
from apps.programs.enums import ProgramKind
from tests.browser.test_applicant import Look
from tests.factories.accounts import OrganisationFactory
from tests.factories.applications import ApplicationFactory
from tests.factories.enrolments import EnrolmentFactory
from tests.factories.people import PersonFactory
from tests.factories.programs import IntakeFactory, ProgramFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SEATS = 30


@pytest.fixture
def funder(staff: Callable[..., User], real_places: None) -> User:
    """Somebody who funds a course with 30 participants in Thailand whose figures are released."""
    intake = IntakeFactory(program=ProgramFactory(kind=ProgramKind.COURSE), seats=SEATS)
    for _seat in range(SEATS):
        person = PersonFactory(country=Country.objects.get(pk="TH"))
        application = ApplicationFactory(intake=intake, person=person, status="eligible")
        EnrolmentFactory(intake=intake, person=person, application=application)
    rebuild_facts(intake_ids=[intake.pk], actor=SYSTEM)
    release_figures(actor=SYSTEM)
    return staff(Role.FUNDER, OrganisationFactory(kind=OrganisationKind.FUNDS))


def _row(page: Page, heading: str, name: str) -> Any:
    return page.get_by_role("region", name=heading, exact=True).get_by_role("row", name=re.compile(name))


def test_the_dashboard_in_all_by_kind_by_country_and_its_method(
    funder: User, at_desk: Callable[[User], Page], looks_right: Look
) -> None:
    page = at_desk(funder)
    page.goto("/en/inclusion/")
    expect(_row(page, "Country", "Thailand")).to_contain_text(str(SEATS))
    looks_right(page)

    page.get_by_role("link", name="Vocational course").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Vocational course")
    looks_right(page)
    page.get_by_role("link", name="All programs").click()
    page.get_by_role("link", name="Thailand").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thailand")
    looks_right(page)
    page.get_by_role("link", name="How we count").click()
    expect(page.get_by_role("heading", name="What is hidden")).to_be_visible()
    looks_right(page)


def test_every_drawing_says_what_it_shows_and_a_table_tells_the_same(
    funder: User, at_desk: Callable[[User], Page]
) -> None:
    page = at_desk(funder)
    page.goto("/en/inclusion/")

    drawings = page.get_by_role("img")
    assert drawings.count() >= 2
    assert all(each.get_attribute("aria-label") for each in drawings.all())
    expect(_row(page, "From applying to completing", "Enrolled")).to_contain_text(str(SEATS))
    expect(page.get_by_role("table")).not_to_have_count(1)
