"""A funder takes a release away."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from apps.accounts.enums import Role
from apps.accounts.models import User
from apps.inclusion.models import Release
from tests.browser.pictures import keep
from tests.browser.test_applicant import Look
from tests.factories.inclusion import ReleaseFactory, split, tell_figures
from tests.factories.programs import IntakeFactory, ProgramFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def release() -> Release:
    found = ReleaseFactory()
    program = ProgramFactory(title={"en": "Data skills for villages"})
    IntakeFactory(program=program, starts_on=date(2026, 1, 12))
    tell_figures(found, {"enrolled": {("", ""): 120, **split("gender", 70, 45, 5)}})
    tell_figures(found, {"enrolled": {("", ""): 120}}, scope="program", scope_key=program.slug)
    return found


def test_a_funder_finds_the_files_reads_what_they_are_and_takes_one(
    release: Release,
    staff: Callable[..., User],
    at_desk: Callable[[User], Page],
    looks_right: Look,
    tmp_path: Path,
) -> None:
    page = at_desk(staff(Role.FUNDER))
    page.goto("/en/inclusion/")
    page.get_by_role("link", name="Take these figures away").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(str(release.number))
    looks_right(page)
    keep(page, "take-away")

    with page.expect_download() as taken:
        page.get_by_role("link", name="tidy.csv").click()
    taken.value.save_as(tmp_path / "tidy.csv")
    assert "OBS_VALUE" in (tmp_path / "tidy.csv").read_text(encoding="utf-8-sig")

    page.get_by_role("link", name="activities.xml").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Something is missing")
    looks_right(page)
    keep(page, "take-away-lacking")
