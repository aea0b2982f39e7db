"""A funder reads who takes part: at a glance, by kind and country, on paper, and with others by a link."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from apps.accounts.enums import OrganisationKind, Role
from apps.accounts.models import User
from apps.programs.models import Program
from tests.browser.pictures import PICTURES, keep
from tests.browser.test_applicant import Look
from tests.factories.accounts import OrganisationFactory
from tests.factories.inclusion import ReleaseFactory, tell_figures
from tests.factories.programs import InclusionTargetFactory, IntakeFactory, ProgramFactory
from tests.inclusion.told import part, three_quarters

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def funder(staff: Callable[..., User], real_places: None) -> User:
    """Somebody who funds two programs whose figures were released three times, with targets."""
    programs: list[Program] = [
        ProgramFactory(slug=slug, title={"en": title})
        for slug, title in (("data-basics", "Data basics"), ("ai-for-farms", "AI for farms"))
    ]
    for group, percent in (("women", 50), ("rural", 40), ("disability", 10)):
        InclusionTargetFactory(intake=IntakeFactory(program=programs[0]), group=group, percent=percent)
    three_quarters(tuple(program.slug for program in programs))
    return staff(Role.FUNDER, OrganisationFactory(kind=OrganisationKind.FUNDS))


def _row(page: Page, heading: str, name: str) -> Any:
    return page.get_by_role("region", name=heading, exact=True).get_by_role("row", name=re.compile(name))


def test_the_first_screen_of_a_phone_says_whether_how_sure_and_where(
    funder: User, at_desk: Callable[[User], Page], looks_right: Look
) -> None:
    page = at_desk(funder)
    page.goto("/en/inclusion/")

    answer = page.get_by_role("region", name="Rural women with disabilities")
    expect(answer).to_contain_text("3 % of those who took part and answered (45 of 1530)")
    expect(answer).to_contain_text("Sure to within 2 to 4 %")
    expect(answer).to_contain_text("They drop out most between “Applied” and “Offered a place”")
    box = answer.bounding_box()
    assert box
    assert box["y"] + box["height"] <= 740
    keep(page, "who-takes-part")
    page.emulate_media(color_scheme="dark")
    keep(page, "who-takes-part-dark")
    looks_right(page)


def test_into_a_kind_a_country_and_a_program_and_back(
    funder: User, at_desk: Callable[[User], Page], looks_right: Look
) -> None:
    page = at_desk(funder)
    page.goto("/en/inclusion/?release=2")

    for name in ("Vocational course", "Thailand", "Data basics"):
        page.get_by_role("link", name=name).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(name)
        expect(page.get_by_text("Release 2 (2026-Q2)").first).to_be_visible()
        looks_right(page)
        keep(page, f"part-{name.split()[0].lower()}")
        page.get_by_role("link", name="All programs").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Who takes part")

    page.get_by_role("link", name="What changed since the last release").click()
    expect(page.get_by_text("Compared with release 1 (2026-Q1)")).to_be_visible()
    looks_right(page)
    keep(page, "changes")
    page.get_by_role("link", name="Who takes part").click()
    page.get_by_role("link", name="How good the answers are").click()
    expect(_row(page, "Who was asked and who answered", "Enrolled")).to_contain_text("95 %")
    looks_right(page)
    keep(page, "quality")
    page.get_by_role("link", name="Who takes part").click()
    page.get_by_role("link", name="How we count").click()
    expect(page.get_by_role("heading", name="What is hidden")).to_be_visible()
    looks_right(page)


def test_another_period_and_another_group_are_chosen(funder: User, at_desk: Callable[[User], Page]) -> None:
    page = at_desk(funder)
    page.goto("/en/inclusion/")

    page.get_by_label("Period").select_option(label="2026-Q1 (release 1)")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("Release 1 (2026-Q1)").first).to_be_visible()
    page.get_by_role("link", name="People with disabilities").last.click()
    expect(page.get_by_role("img", name="People with disabilities by country")).to_be_visible()
    assert "release=1" in page.url


def test_every_drawing_says_what_it_shows_and_a_table_tells_the_same(
    funder: User, at_desk: Callable[[User], Page]
) -> None:
    page = at_desk(funder)
    page.goto("/en/inclusion/")

    drawings = page.get_by_role("img").all()
    assert len(drawings) == 6
    assert all(each.locator("title").text_content() for each in drawings)
    expect(_row(page, "How many came to each stage", "Everyone")).to_contain_text("1800")
    expect(_row(page, "Country by country", "Thailand")).to_contain_text("360")


def test_paper_has_every_table_and_says_of_which_release(
    funder: User, at_desk: Callable[[User], Page]
) -> None:
    page = at_desk(funder)
    page.goto("/en/inclusion/")

    page.emulate_media(media="print")
    page.set_viewport_size({"width": 794, "height": 1123})
    tables = page.get_by_role("table")
    hidden = [each.locator("caption").text_content() for each in tables.all() if not each.is_visible()]

    assert tables.count() >= 15
    assert hidden == []
    expect(page.get_by_text("Release 3 (2026-Q3)").first).to_be_visible()
    expect(page.get_by_text("Release 3 (2026-Q3)").last).to_contain_text("Rules: test")
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / "who-takes-part-print.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 794


def test_a_link_opens_without_an_account_and_without_scripts(
    funder: User, at_desk: Callable[[User], Page], browser: Browser, looks_right: Look, live_server: Any
) -> None:
    page = at_desk(funder)
    page.goto("/en/inclusion/")
    page.get_by_role("link", name="Share this page by a link").click()
    page.get_by_label("7 days").check()
    page.get_by_role("button", name="Make the link").click()
    link = page.get_by_text(re.compile(r"/inclusion/shared/")).inner_text()
    looks_right(page)
    keep(page, "shares")

    context = browser.new_context(java_script_enabled=False)
    asked: list[str] = []
    theirs = context.new_page()
    theirs.on("request", lambda request: asked.append(request.resource_type))
    theirs.goto(link)
    expect(theirs.get_by_role("heading", level=1)).to_have_text("Who takes part")
    assert len(asked) <= 4
    assert "script" not in asked
    context.close()

    page.goto(link)
    looks_right(page)
    keep(page, "shared")
    page.goto("/en/inclusion/shares/")
    expect(page.get_by_text("Chrome, 2 times").or_(page.get_by_text("Chrome, once")).first).to_be_visible()
    page.get_by_role("button", name="End this link").click()
    expect(page.get_by_text("The link has ended.")).to_be_visible()
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("This link was ended")
    looks_right(page)


def test_a_coordinator_sees_their_intake_now_and_its_groups_as_released(
    staff: Callable[..., User], at_desk: Callable[[User], Page], looks_right: Look, real_places: None
) -> None:
    coordinator = staff(Role.COORDINATOR)
    organisation = coordinator.memberships.get().organisation
    intake = IntakeFactory(program__organisation=organisation)
    InclusionTargetFactory(intake=intake, group="women", percent=50)
    tell_figures(
        ReleaseFactory(),
        part(60, women=0.45, rural=0.4, disability=None),
        scope="intake",
        scope_key=str(intake.public_id),
    )
    page = at_desk(coordinator)

    page.goto(f"/en/selection/intakes/{intake.public_id}/ranking/")
    page.get_by_role("link", name="Who takes part", exact=True).click()
    expect(page.get_by_role("region", name="Women")).to_contain_text("Target 50 %")
    looks_right(page)
    keep(page, "intake")
