"""A reviewer reads without knowing who wrote, keeps a draft, and submits."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from apps.accounts.enums import Role
from apps.accounts.models import Organisation, User
from apps.applications.models import Application
from apps.applications.services import save_section, start_draft
from apps.core.actors import SYSTEM, user_actor
from apps.reviews.models import Review
from apps.reviews.services import assign_reviewers, set_reviewers
from tests.browser.test_applicant import Look
from tests.factories.people import PersonFactory
from tests.factories.programs import IntakeFactory, ProgramFactory
from tests.factories.reviews import CriterionFactory, RubricFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NAME, EMAIL, PHONE = "Noy Phommasack", "noy@people.example.org", "+85620555012"


@pytest.fixture
def reader(organisation: Organisation, staff: Callable[..., User], real_places: None) -> User:
    """A reviewer who has one application to read: written on the real form, sent, assigned."""
    intake = IntakeFactory(program=ProgramFactory(organisation=organisation))
    CriterionFactory(rubric=RubricFactory(intake=intake), title={"en": "Reach"}, comment_required=True)
    person = PersonFactory(user__email=EMAIL, user__full_name=NAME, full_name=NAME, phone=PHONE)
    writer = user_actor(person.user)
    application = start_draft(intake=intake, user=person.user, language="en", actor=writer)
    save_section(
        application=application,
        section="about-you",
        answers={"full-name": NAME, "phone": PHONE, "country": "LA"},
        is_complete=True,
        version=0,
        actor=writer,
    )
    Application.objects.filter(pk=application.pk).update(status="eligible", submitted_at=timezone.now())
    found = staff(Role.REVIEWER)
    set_reviewers(intake=intake, limits={found: 5}, actor=SYSTEM)
    assign_reviewers(intake=intake, each=1, actor=SYSTEM)
    return found


def test_from_the_queue_to_a_submitted_review(
    reader: User, at_desk: Callable[[User], Page], looks_right: Look
) -> None:
    page = at_desk(reader)

    def look() -> None:
        looks_right(page)
        assert not [secret for secret in (NAME, EMAIL, PHONE) if secret in page.content()], page.url

    page.goto("/en/reviews/")
    look()
    page.get_by_role("link", name="Open the next one").click()
    expect(page.get_by_role("heading", name="Before you read")).to_be_visible()
    look()
    page.get_by_label("No, I can read this fairly").check()
    page.get_by_role("button", name="Continue").click()
    look()

    page.get_by_label("4", exact=True).check()
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("Draft saved.")).to_be_visible()
    assert Review.objects.get().scores.get().points == 4
    page.get_by_role("button", name="Submit review").click()
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    look()
    page.get_by_label("Why these points for “Reach”?").fill("She has taught two villages.")
    page.get_by_role("button", name="Submit review").click()
    expect(page.get_by_text("Review submitted.")).to_be_visible()
    look()

    page.goto("/en/reviews/")
    expect(page.get_by_role("heading", name="Done")).to_be_visible()
    look()
    page.get_by_role("link", name="1 review you have submitted").click()
    look()
    assert Review.objects.get().assignment.status == "submitted"


def test_somebody_with_a_tie_reads_nothing(
    reader: User, at_desk: Callable[[User], Page], looks_right: Look
) -> None:
    page = at_desk(reader)
    page.goto("/en/reviews/")
    page.get_by_role("link", name="Open the next one").click()

    page.get_by_label("Yes, or I am not sure").check()
    page.get_by_label("What is the tie?").fill("My cousin")
    page.get_by_role("button", name="Continue").click()

    expect(page.get_by_text("Nothing waits for you.")).to_be_visible()
    looks_right(page)
