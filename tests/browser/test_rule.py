"""How a coordinator sets and changes the rule, how everyone reads it, and how an applicant declares."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from apps.accounts.models import User
from apps.applications.models import InclusionDeclaration
from apps.core.actors import user_actor
from apps.programs.models import Intake
from apps.selection.models import RuleVersion
from apps.selection.selectors import proposed_rule
from apps.selection.services import lock_rule, propose_rule_change, set_rule
from tests.browser.pictures import keep
from tests.browser.test_applicant import Look
from tests.factories.accounts import MembershipFactory
from tests.factories.applications import ApplicationFactory
from tests.factories.people import PersonFactory
from tests.factories.programs import FundingFactory, InclusionTargetFactory, IntakeFactory
from tests.factories.reviews import CriterionFactory, RubricFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def intake(real_places: None) -> Intake:
    intake = IntakeFactory(seats=20, reviews_each=2)
    rubric = RubricFactory(intake=intake)
    for number, title in enumerate(("Readiness to teach others", "Plan for the first six months"), start=1):
        CriterionFactory(rubric=rubric, number=number, title={"en": title}, weight=number)
    FundingFactory(program=intake.program, inclusion_mode="reserve", legal_basis="Law 7")
    InclusionTargetFactory(intake=intake, group="women", percent=50)
    InclusionTargetFactory(intake=intake, group="rural", percent=40)
    return intake


def test_two_coordinators_change_a_fixed_rule(
    intake: Intake, at_desk: Callable[[User], Page], looks_right: Look
) -> None:
    people = [
        MembershipFactory(organisation=intake.program.organisation, role="coordinator").user
        for _each in range(2)
    ]
    here = reverse("selection:rule", args=[intake.public_id])
    first = at_desk(people[0])
    first.goto(here)
    first.get_by_label("Lowest score that can be chosen").fill("55")
    first.get_by_label("Places on the waitlist").fill("8")
    first.locator("#id_countries-0-country").select_option("LA")
    first.locator("#id_countries-0-at_least").fill("2")
    looks_right(first)
    keep(first, "rule-form")
    first.get_by_role("button", name="Save and fix now").click()
    expect(first.get_by_text("before any score existed")).to_be_visible()
    first.get_by_role("link", name="Ask for a change").click()
    first.get_by_label("Seats").fill("30")
    first.get_by_label("Why the rule must change").fill("A second funder pays for ten more places.")
    looks_right(first)
    first.get_by_role("button", name="Ask a second coordinator").click()
    expect(first.get_by_role("button", name="Take it back")).to_be_visible()
    looks_right(first)
    keep(first, "rule-waiting")

    second = at_desk(people[1])
    second.goto(here)
    looks_right(second)
    keep(second, "rule-deciding")
    second.get_by_role("button", name="Approve").click()
    expect(second.get_by_text("The changed rule is in force.")).to_be_visible()
    looks_right(second)
    keep(second, "rule-changed")

    assert RuleVersion.objects.get(number=2).data["targets"] == {"rural": 12, "women": 15}


def test_everyone_reads_how_we_decide(
    intake: Intake, phone: Page, live_server: Any, looks_right: Look
) -> None:
    place = [intake.program.slug, intake.slug]
    rule_page = live_server.url + reverse("selection:how-we-decide", args=place)
    phone.goto(live_server.url + reverse("programs:program-detail", args=place))
    looks_right(phone)
    phone.get_by_role("link", name="Read the rule as it stands now").click()
    expect(phone.get_by_text("This rule is not fixed yet")).to_be_visible()
    looks_right(phone)
    keep(phone, "open-rule")
    member = MembershipFactory(organisation=intake.program.organisation, role="coordinator").user
    actor = user_actor(member)
    countries = {"LA": (2, 900), "TH": (1, None)}
    set_rule(
        intake=intake,
        floor=Decimal(50),
        waitlist_size=8,
        budget=20_000,
        cost_each=1000,
        countries=countries,
        actor=actor,
    )
    lock_rule(intake=intake, actor=actor)

    phone.goto(rule_page)
    expect(phone.get_by_text("before any score existed")).to_be_visible()
    phone.get_by_text("How to check the lot").click()
    looks_right(phone)
    keep(phone, "fixed-rule")
    phone.goto(live_server.url + reverse("programs:program-detail", args=place))
    expect(phone.get_by_text("Women: 10 places")).to_be_visible()
    looks_right(phone)
    keep(phone, "program-with-rule")
    phone.goto(rule_page.replace("/en/", "/th/"))
    looks_right(phone)
    keep(phone, "fixed-rule-th")
    rule = proposed_rule(intake, settings={"floor": Decimal(40)}, countries=countries, take_over=False)
    assert propose_rule_change(intake=intake, wanted=rule, reason="x", actor=actor).pk


def test_an_applicant_declares_and_takes_back(
    intake: Intake, at_desk: Callable[[User], Page], looks_right: Look
) -> None:
    person = PersonFactory()
    draft = ApplicationFactory(intake=intake, person=person, status="draft")
    page = at_desk(person.user)
    page.goto(reverse("applications:task-list", args=[draft.public_id]))
    looks_right(page)
    keep(page, "task-list")
    page.get_by_role("link", name="Groups you want to be counted in").click()
    looks_right(page)
    page.get_by_label("People from rural communities").check()
    keep(page, "declaration")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.get_by_role("link", name="Groups you want to be counted in").click()
    looks_right(page)
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("Saved.")).to_be_visible()

    assert InclusionDeclaration.objects.get().withdrawn_at <= datetime.now(UTC)


def test_an_administrator_sets_the_switch(
    intake: Intake, at_desk: Callable[[User], Page], looks_right: Look
) -> None:
    page = at_desk(MembershipFactory(role="administrator").user)
    page.goto(reverse("programs:inclusion-modes"))
    looks_right(page)
    keep(page, "switches")
    page.get_by_role("link", name=str(intake.program)).click()
    page.get_by_label("Targets are not used").check()
    page.get_by_label("Legal basis").fill("Grant agreement 12, article 4")
    looks_right(page)
    keep(page, "switch")
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_text("Grant agreement 12, article 4")).to_be_visible()
