"""Indicators and targets on a phone and at a desk: set a target, screen a program, lock a quarter, read on."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from apps.accounts.enums import Role
from apps.accounts.models import Organisation, User
from apps.core.actors import IMPORTER
from apps.inclusion.rules.quarters import in_words, last_day
from apps.inclusion.services import load_definitions
from tests.browser.pictures import keep
from tests.browser.test_applicant import Look
from tests.factories.cohorts import OnwardTrainingFactory, TrainerFactory
from tests.factories.inclusion import ReleaseFactory, split, tell_figures
from tests.factories.programs import ProgramFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TODAY = timezone.now().date()
QUARTER = in_words(last_day(TODAY))
WHY = "Women teach women here: the program exists so that girls from villages learn to work with data and say so."


def release(scope_key: str) -> None:
    shares = split("residence", 40, 50, 10) | split("disability", None, None, None) | split("age", 70, 30)
    stages = {
        "applied": {("", ""): 300, **split("gender", 150, 150), **split("residence", 100, 170, 30)},
        "offered": {("", ""): 150, **split("gender", 90, 60), **split("residence", 50, 85, 15)},
        "enrolled": {("", ""): 100, **split("gender", 60, 40), ("gender", "man"): 40, **shares},
        "completed": {("", ""): 55, **split("gender", 35, 20), ("gender", "man"): 20},
    }
    tell_figures(ReleaseFactory(as_of=TODAY), stages, scope="program", scope_key=scope_key)


def test_a_coordinator_sets_a_target_and_screens_the_program(
    organisation: Organisation, coordinator: User, at_desk: Callable[[User], Page], looks_right: Look
) -> None:
    load_definitions(actor=IMPORTER)
    program = ProgramFactory(organisation=organisation, title={"en": "AI trainers of the Mekong"})
    release(program.slug)
    OnwardTrainingFactory(trainer=TrainerFactory(program=program, status="certified"), people_reached=240)
    page = at_desk(coordinator)
    page.goto(reverse("programs:program-edit", args=[program.public_id]))
    page.get_by_role("link", name="Indicators and targets").click()
    looks_right(page)

    page.get_by_label("Indicator", exact=True).select_option("Share of women (percent)")
    page.get_by_label("By the end of").select_option(QUARTER)
    page.locator("#id_value").fill("50")
    page.get_by_role("button", name="Save target").click()

    row = page.get_by_role("row", name="Share of women")
    expect(row).to_contain_text("60 of 100")
    expect(row).to_contain_text("Target reached")
    looks_right(page)
    keep(page, "indicators")

    page.get_by_role("link", name="Gender equality").click()
    page.get_by_label("1: an objective, but not the main reason").check()
    page.get_by_role("button", name="Save score").click()
    expect(page.get_by_text("There is a problem")).to_be_visible()
    looks_right(page)
    for box in page.get_by_role("checkbox").all()[:6]:
        box.check()
    page.get_by_label("Justification").fill(WHY)
    page.get_by_label("Link to the evidence").fill("https://example.org/analysis.pdf")
    page.get_by_role("button", name="Save score").click()
    page.get_by_role("link", name="Gender equality").click()
    expect(page.get_by_text("Version 1, ")).to_be_visible()
    looks_right(page)
    keep(page, "marker")


def test_an_administrator_locks_a_quarter(
    staff: Callable[..., User], at_desk: Callable[[User], Page], looks_right: Look
) -> None:
    load_definitions(actor=IMPORTER)
    ProgramFactory()
    page = at_desk(staff(Role.ADMINISTRATOR))
    page.goto(reverse("inclusion:whole-indicators"))
    looks_right(page)
    keep(page, "whole-indicators")
    page.get_by_role("link", name="Lock a quarter").click()
    page.get_by_label("Quarter", exact=True).select_option(f"{QUARTER} (open)")
    page.get_by_label("Lock: targets of this quarter stay as they are").check()
    page.get_by_label("Why").fill("Agreed with the funder")
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_text("locked: Agreed with the funder")).to_be_visible()
    looks_right(page)
    keep(page, "periods")


def test_anybody_reads_what_indicators_mean(
    phone: Page, live_server: Any, real_places: None, looks_right: Look
) -> None:
    load_definitions(actor=IMPORTER)
    phone.goto(f"{live_server.url}/en/inclusion/method/")
    phone.get_by_role("link", name="What each indicator means").click()
    expect(phone.get_by_role("heading", name="Whole populations, as context")).to_be_visible()
    phone.get_by_text("People with disabilities, by national statistics").click()
    looks_right(phone)
    keep(phone, "definitions")
