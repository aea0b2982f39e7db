"""A coordinator works a choice out, asks what more seats would change, decides about one person, and freezes."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from apps.accounts.models import Organisation, User
from apps.applications.enums import ApplicationStatus
from apps.applications.models import InclusionDeclaration
from apps.core.actors import SYSTEM
from apps.events.services import run_due_deliveries
from apps.programs.models import Funding, Intake
from apps.reviews.enums import AssignmentStatus
from apps.reviews.models import Review
from apps.selection.services import set_rule, solve_scenarios
from tests.browser.pictures import keep
from tests.browser.test_applicant import Look
from tests.factories.accounts import OrganisationFactory
from tests.factories.applications import ApplicationFactory
from tests.factories.programs import InclusionTargetFactory, IntakeFactory, ProgramFactory
from tests.factories.reviews import ReviewAssignmentFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: Scores, and the groups each person declared.
PEOPLE = [
    (91, ()),
    (88, ()),
    (84, ("women",)),
    (80, ()),
    (77, ("rural",)),
    (71, ("women", "rural")),
    (66, ("women",)),
    (40, ()),
]


@pytest.fixture
def intake(organisation: Organisation, real_places: None) -> Intake:
    """Closed and read; four seats, half of them wanted for women, a quarter for rural people."""
    now = timezone.now()
    program = ProgramFactory(organisation=organisation)
    intake = IntakeFactory(
        program=program, seats=4, opens_at=now - timedelta(days=30), closes_at=now - timedelta(days=1)
    )
    Funding.objects.create(
        program=program, funder=OrganisationFactory(), inclusion_mode="reserve", legal_basis="Act 7"
    )
    InclusionTargetFactory(intake=intake, group="women", percent=50)
    InclusionTargetFactory(intake=intake, group="rural", percent=25)
    set_rule(intake=intake, floor=50, waitlist_size=2, actor=SYSTEM)
    for score, groups in PEOPLE:
        application = ApplicationFactory(
            intake=intake, status=ApplicationStatus.IN_REVIEW, person__country_id="LA"
        )
        for points in (score - 2, score + 2):
            assignment = ReviewAssignmentFactory(
                application=application, status=AssignmentStatus.SUBMITTED, submitted_at=now
            )
            Review.objects.create(assignment=assignment, weighted_score=points)
        InclusionDeclaration.objects.create(
            application=application, groups=list(groups), wording="1", declared_at=now
        )
    return intake


def test_from_a_question_to_a_frozen_choice(
    intake: Intake, coordinator: User, at_desk: Callable[[User], Page], looks_right: Look
) -> None:
    page = at_desk(coordinator)

    def look(name: str) -> None:
        looks_right(page)
        keep(page, f"workbench-{name}")

    page.goto(f"/en/selection/intakes/{intake.public_id}/workbench/")
    look("empty")

    page.get_by_role("button", name="Work out the choice by the rule").click()
    expect(page.get_by_text("A worker is finding the best cohort.")).to_be_visible()
    look("waiting")
    solve_scenarios()

    expect(
        page.get_by_role("heading", name="Targets", exact=True)
    ).to_be_visible()  # the page saw it by itself
    expect(page.get_by_text("2 of 2")).to_be_visible()
    expect(page.get_by_text("In for a target")).to_have_count(1)
    page.get_by_text("See each swap").click()
    look("solved")

    page.get_by_label("Name of the scenario").fill("Five seats")
    page.get_by_label("Seats", exact=True).fill("5")
    page.get_by_role("button", name="Work this out").click()
    solve_scenarios()
    expect(page.get_by_role("heading", name="Compared with the rule")).to_be_visible()
    look("what-if")

    page.get_by_role("link", name="The rule in force").first.click()
    page.get_by_text("Decide about somebody against the rule").click()
    page.get_by_role("button", name="Note this").click()
    expect(page.get_by_role("alert")).to_be_visible()
    look("override")

    page.goto(f"/en/selection/intakes/{intake.public_id}/workbench/")
    page.get_by_role("button", name="Freeze this choice").click()
    expect(page.get_by_role("heading", name="Frozen choice 1")).to_be_visible()
    run_due_deliveries()
    page.reload()
    expect(page.get_by_text("the same result")).to_be_visible()
    look("frozen")

    page.get_by_role("link", name="Hold decisions from the ranked list").click()
    expect(page.get_by_text("Suggestions come from frozen choice 1.")).to_be_visible()
    look("ranked")


def test_it_works_without_scripts(
    intake: Intake, coordinator: User, browser: Browser, live_server: Any, client: Client
) -> None:
    client.force_login(coordinator, backend="apps.accounts.backends.EmailBackend")
    name = settings.SESSION_COOKIE_NAME
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"/en/selection/intakes/{intake.public_id}/workbench/")

    page.get_by_role("button", name="Work out the choice by the rule").click()
    solve_scenarios()
    page.get_by_role("link", name="Look again").click()
    page.get_by_role("button", name="Freeze this choice").click()

    expect(page.get_by_role("heading", name="Frozen choice 1")).to_be_visible()
    context.close()
