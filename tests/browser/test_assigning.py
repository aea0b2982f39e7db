"""A coordinator sets up reading, looks at its quality, and asks for a third reading; with long words."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from apps.accounts.enums import Role
from apps.accounts.models import User
from apps.applications.models import Application
from apps.core.actors import SYSTEM
from apps.programs.models import Intake
from apps.reviews.models import Criterion, Review, ReviewAssignment, Score
from apps.reviews.services import Reads, add_papers, set_reviewers
from tests.browser.test_applicant import Look
from tests.factories.applications import ApplicationFactory, FormVersionFactory, SectionAnswersFactory
from tests.factories.programs import IntakeFactory, ProgramFactory
from tests.factories.reviews import CriterionFactory, RubricFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Staff = Callable[..., User]
TOPICS = [{"value": "rice", "label": {"en": "Rice and soil"}}, {"value": "law", "label": {"en": "Law"}}]


@pytest.fixture
def intake(coordinator: User) -> Intake:
    """Six applications, two of them in Thai, about rice or law; a rubric of two criteria."""
    home = coordinator.memberships.get().organisation
    intake = IntakeFactory(program=ProgramFactory(organisation=home), reviews_each=2)
    question = {"key": "topic", "kind": "one_choice", "label": {"en": "Topic"}, "options": TOPICS}
    section = {"key": "you", "title": {"en": "You"}, "questions": [question]}
    version = FormVersionFactory(intake=intake, definition={"sections": [section]})
    rubric = RubricFactory(intake=intake, topic_question="topic")
    for title in ("Readiness for a year of demanding work", "Use to the village"):
        anchors = {"1": {"en": "Nothing speaks for it"}, "5": {"en": "Everything speaks for it"}}
        CriterionFactory(rubric=rubric, title={"en": title}, anchors=anchors)
    for number in range(6):
        application = ApplicationFactory(
            intake=intake, status="eligible", form_version=version, language="th" if number < 2 else "en"
        )
        topic = TOPICS[number % 2]["value"]
        SectionAnswersFactory(application=application, section="you", answers={"topic": topic})
    return intake


@pytest.fixture
def readers(intake: Intake, staff: Staff) -> list[User]:
    names = ("Phommasack Souvannavong-Chanthavong", "Nguyễn Thị Mai", "Somchai Rattanakosin")
    found = [staff(Role.REVIEWER) for _name in names]
    for reader, name in zip(found, names, strict=True):
        reader.full_name = name
        reader.save()
    reads = [Reads((), ("rice",), "university"), Reads(("en", "th"), ("law",), "industry"), Reads()]
    chosen = dict(zip(found, reads, strict=True))
    set_reviewers(intake=intake, limits=dict.fromkeys(found, 4), reads=chosen, actor=SYSTEM)
    return found


def test_preview_assign_and_undo(
    intake: Intake, readers: list[User], coordinator: User, at_desk: Callable, looks_right: Look
) -> None:
    page: Page = at_desk(coordinator)
    page.goto(reverse("reviews:assign", args=[intake.public_id]))
    looks_right(page)

    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_text("12 reviews would be assigned")).to_be_visible()
    looks_right(page)
    page.get_by_role("button", name="Assign what is shown").click()
    expect(page.get_by_text("12 reviews assigned.")).to_be_visible()
    page.goto(reverse("reviews:assign", args=[intake.public_id]))
    looks_right(page)
    page.get_by_role("button", name="Undo the last run").click()

    expect(page.get_by_text("12 reviews taken back.")).to_be_visible()
    assert set(ReviewAssignment.objects.values_list("status", flat=True)) == {"cancelled"}


def test_quality_and_calibration(
    intake: Intake, readers: list[User], coordinator: User, at_desk: Callable, looks_right: Look
) -> None:
    applications = list(Application.objects.order_by("pk"))
    for number, application in enumerate(applications):
        for reader, points in zip(readers[:2], ((number % 5) + 1, 5 - number % 5), strict=True):
            submitted(intake, application, reader, points)
    add_papers(intake=intake, applications=applications[:1], actor=SYSTEM)
    page: Page = at_desk(coordinator)

    page.goto(reverse("reviews:calibration", args=[intake.public_id]))
    looks_right(page)
    page.goto(reverse("reviews:quality", args=[intake.public_id]))
    looks_right(page)
    page.get_by_role("button", name="Ask for all").click()

    expect(page.get_by_text("third readings asked for.")).to_be_visible()
    looks_right(page)


def submitted(intake: Intake, application: Application, reader: User, points: int) -> None:
    now = datetime.now(UTC)
    row = ReviewAssignment.objects.create(
        application=application,
        reviewer=reader,
        status="submitted",
        submitted_at=now,
        no_conflict_declared_at=now,
    )
    review = Review.objects.create(assignment=row, weighted_score=25 * (points - 1))
    for criterion in Criterion.objects.filter(rubric__intake=intake):
        Score.objects.create(review=review, criterion=criterion, points=points)


def test_a_reviewer_tells_of_a_tie(
    intake: Intake, readers: list[User], at_desk: Callable, looks_right: Look
) -> None:
    page: Page = at_desk(readers[0])
    page.goto(reverse("reviews:ties"))
    looks_right(page)

    page.get_by_label("An organisation").check()
    page.get_by_label("Which one?").fill("National University of Laos, Faculty of Agriculture")
    page.get_by_role("button", name="Tell of this tie").click()

    expect(page.get_by_role("button", name="Take back")).to_be_visible()
    looks_right(page)


def test_the_rubric_fits_a_phone(
    intake: Intake, coordinator: User, at_desk: Callable, looks_right: Look
) -> None:
    page: Page = at_desk(coordinator)

    page.goto(reverse("reviews:rubric", args=[intake.public_id]))

    looks_right(page)
