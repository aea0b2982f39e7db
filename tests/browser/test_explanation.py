"""A decision written up, told, asked about, looked at by somebody else and corrected: one journey. And the
same for who was found not eligible by a rule.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from apps.accounts.enums import Role
from apps.accounts.models import Organisation, User
from apps.applications.models import Application
from apps.applications.services import decide_eligibility
from apps.core.actors import SYSTEM, user_actor
from apps.programs.models import Intake
from apps.reviews.models import Review, Score
from apps.selection.models import Decision
from apps.selection.services import hold_decisions, prepare_batch, release_batch, set_rule
from tests.browser.pictures import keep
from tests.browser.test_applicant import Look
from tests.factories.applications import ApplicationFactory
from tests.factories.programs import EligibilityRuleFactory, IntakeFactory, ProgramFactory
from tests.factories.reviews import CriterionFactory, ReviewAssignmentFactory, RubricFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AtDesk = Callable[[User], Page]


@pytest.fixture
def intake(organisation: Organisation) -> Intake:
    return IntakeFactory(
        program=ProgramFactory(organisation=organisation, title={"en": "Data skills"}), seats=1
    )


@pytest.fixture
def people(intake: Intake, coordinator: User) -> list[Application]:
    """Two who were read: the better one is offered the seat, the other is not selected; both held."""
    actor = user_actor(coordinator)
    set_rule(intake=intake, floor=40, waitlist_size=0, actor=actor)
    rubric = RubricFactory(intake=intake)
    criteria = [
        CriterionFactory(rubric=rubric, number=1, title={"en": "Readiness to teach others in the village"}),
        CriterionFactory(rubric=rubric, number=2, title={"en": "Reach"}, is_independent=True),
    ]
    made = [read(intake, criteria, score) for score in (90, 67.25)]
    outcomes = {made[0].pk: "offer", made[1].pk: "not_selected"}
    hold_decisions(intake=intake, outcomes=outcomes, reason="", actor=actor)
    return made


def read(intake: Intake, criteria: list, score: float) -> Application:
    application = ApplicationFactory(intake=intake, status="in_review")
    assignment = ReviewAssignmentFactory(
        application=application, status="submitted", submitted_at=datetime.now(UTC)
    )
    review = Review.objects.create(assignment=assignment, weighted_score=score)
    for criterion in criteria:
        Score.objects.create(review=review, criterion=criterion, points=3, comment="CANARY OF A READER")
    return application


def release(intake: Intake, user: User) -> None:
    actor = user_actor(user)
    release_batch(batch=prepare_batch(intake=intake, actor=actor), actor=actor)


def test_from_feedback_to_a_corrected_decision(
    intake: Intake,
    people: list[Application],
    coordinator: User,
    staff: Callable[..., User],
    at_desk: AtDesk,
    looks_right: Look,
) -> None:
    best, mine = people
    desk = at_desk(coordinator)
    desk.goto(reverse("selection:ranking", args=[intake.public_id]))
    desk.get_by_role("link", name=re.compile(f"Feedback.*{mine.reference}")).click()
    desk.get_by_label("Feedback in your own words").fill(
        "Your plan was clear. Tell us next time who would come."
    )
    looks_right(desk)
    desk.get_by_role("button", name="Save the feedback").click()
    looks_right(desk)
    release(intake, coordinator)

    page = at_desk(mine.person.user)
    page.goto(reverse("portal:my-application", args=[mine.public_id]))
    page.get_by_role("link", name="Read the decision").click()
    expect(page.get_by_text("Tell us next time who would come.")).to_be_visible()
    expect(page.get_by_text("A score above 90 would have been enough")).to_be_visible()
    assert not [word for word in ("CANARY", best.reference, best.person.full_name) if word in page.content()]
    looks_right(page)
    page.get_by_role("button", name="Ask for a human look").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    looks_right(page)
    page.get_by_label("What should a person look at?").fill("You did not see my certificate.")
    page.get_by_role("button", name="Ask for a human look").click()
    expect(page.get_by_text("You have an answer by")).to_be_visible()
    looks_right(page)

    other = at_desk(staff(Role.COORDINATOR))
    other.goto("/en/staff/")
    other.get_by_role("link", name="Requests for a human look").click()
    looks_right(other)
    other.get_by_role("link", name=mine.reference).click()
    other.get_by_label("The decision is corrected").check()
    other.get_by_label("Your answer to the applicant").fill("We see it now. Thank you.")
    looks_right(other)
    other.get_by_role("button", name="Answer").click()
    looks_right(other)
    other.get_by_label("Right decision").select_option("Waitlist")
    other.get_by_label("What was wrong").fill("The certificate was overlooked.")
    other.get_by_role("button", name="Answer").click()
    expect(other.get_by_text("Nobody waits.")).to_be_visible()
    page.reload()
    assert "We see it now." not in page.content()
    release(intake, coordinator)

    page.reload()
    expect(page.get_by_text("We see it now. Thank you.")).to_be_visible()
    expect(page.get_by_role("heading", name="You are on the waitlist")).to_be_visible()
    looks_right(page)
    assert Decision.objects.filter(application=mine).count() == 2


def test_an_offer_is_explained_too(
    intake: Intake, people: list[Application], coordinator: User, at_desk: AtDesk, looks_right: Look
) -> None:
    release(intake, coordinator)
    page = at_desk(people[0].person.user)

    page.goto(reverse("portal:my-application", args=[people[0].public_id]))
    page.get_by_role("link", name="Read the decision").click()

    expect(page.get_by_text("Your score was enough for a place.")).to_be_visible()
    looks_right(page)


@pytest.fixture
def refused(intake: Intake) -> Application:
    """Too old by a stated rule, and without English by another."""
    EligibilityRuleFactory(intake=intake, key="english")
    EligibilityRuleFactory(
        intake=intake,
        key="born",
        answer="birth_date",
        test="age_between",
        value=[18, 30],
        question={"en": "When were you born?"},
        unmet={"en": "The money behind this course is for people from 18 to 30 years."},
    )
    application = ApplicationFactory(
        intake=intake, eligibility_answers={"english": False, "born": "1990-02-01"}
    )
    return decide_eligibility(application=application, actor=SYSTEM)


def test_from_a_rule_that_is_not_met_to_going_on(
    refused: Application, staff: Callable[..., User], at_desk: AtDesk, looks_right: Look
) -> None:
    page = at_desk(refused.person.user)
    page.goto(reverse("portal:my-applications"))
    expect(page.get_by_text("how to ask a person to look again")).to_be_visible()
    page.get_by_role("link", name="Data skills").click()
    expect(page.get_by_text("You answered: 1 February 1990")).to_be_visible()
    expect(page.get_by_text("You can ask until")).to_be_visible()
    looks_right(page)
    keep(page, "not-eligible")
    page.get_by_role("button", name="Ask for a human look").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    looks_right(page)
    keep(page, "not-eligible-nothing-written")
    page.get_by_label("What should a person look at?").fill("I was born in 2000. I typed it wrong.")
    page.get_by_role("button", name="Ask for a human look").click()
    expect(page.get_by_text("You have an answer by")).to_be_visible()
    looks_right(page)
    keep(page, "not-eligible-asked")

    desk = at_desk(staff(Role.COORDINATOR))
    desk.goto("/en/staff/")
    desk.get_by_role("link", name="Requests for a human look").click()
    expect(desk.get_by_text("found by the rules")).to_be_visible()
    looks_right(desk)
    keep(desk, "look-list")
    desk.get_by_role("link", name=refused.reference).click()
    expect(desk.get_by_text("1 February 1990")).to_be_visible()
    desk.get_by_label("The application goes on").check()
    desk.get_by_label("Your answer to the applicant").fill("We see it in your passport. Thank you.")
    looks_right(desk)
    keep(desk, "look-detail")
    desk.get_by_role("button", name="Answer").click()
    looks_right(desk)
    keep(desk, "look-detail-nothing-said")
    desk.get_by_label("What was wrong").fill("The year was typed wrong.")
    desk.get_by_role("button", name="Answer").click()
    expect(desk.get_by_text("Nobody waits.")).to_be_visible()
    looks_right(desk)

    page.reload()
    expect(page.get_by_text("We see it in your passport. Thank you.")).to_be_visible()
    expect(page.get_by_text("Your application goes on.")).to_be_visible()
    looks_right(page)
    keep(page, "goes-on")
