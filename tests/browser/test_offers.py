"""Releasing with conditions, holding back the letters, settling, and waiting: staff and applicants."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from apps.accounts.enums import Role
from apps.accounts.models import Organisation, User
from apps.enrolments.models import Enrolment
from apps.programs.models import Intake
from apps.selection.enums import WaitlistRule
from apps.selection.models import Offer, ReleaseBatch, SelectionRule
from tests.browser.test_applicant import Look
from tests.factories.applications import ApplicationFactory
from tests.factories.programs import IntakeFactory, ProgramFactory
from tests.factories.selection import DecisionFactory
from tests.selection.seating import hear_everything

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG_NAME = "Nguyễn Thị Mai Phommasack Siriwattanakul"
CONDITIONS = (
    "Show your diploma before 1 March.\nReturn the laptop of the last course to the office in Vientiane."
)


@pytest.fixture
def batch(organisation: Organisation, staff: Callable[..., User]) -> ReleaseBatch:
    """One offer, two who wait for other targets, one refusal; same lane first."""
    program = ProgramFactory(organisation=organisation, title={"en": "Data skills"})
    intake = IntakeFactory(program=program, seats=1)
    SelectionRule.objects.create(intake=intake, waitlist_rule=WaitlistRule.SAME_LANE_FIRST)
    preparer = staff(Role.COORDINATOR)
    batch = ReleaseBatch.objects.create(intake=intake, size=4, prepared_by=preparer)
    people = [("offer", ["women"]), ("waitlist", ["rural"]), ("waitlist", ["women"]), ("not_selected", [])]
    for rank, (outcome, lanes) in enumerate(people, start=1):
        application = ApplicationFactory(intake=intake, status="in_review", person__full_name=LONG_NAME)
        DecisionFactory(
            application=application,
            batch=batch,
            outcome=outcome,
            rank=rank,
            inputs={"lanes": lanes},
            reason="As the panel agreed on Monday",
            decided_by=preparer,
        )
    return batch


def picture(page: Page, folder: Path, name: str) -> None:
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 740})
        page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)


def test_from_the_preview_to_the_last_condition(
    batch: ReleaseBatch,
    coordinator: User,
    at_desk: Callable[[User], Page],
    looks_right: Look,
    tmp_path: Path,
) -> None:
    desk = at_desk(coordinator)
    batch_page = reverse("selection:batch-detail", args=[batch.public_id])

    def look(page: Page, name: str) -> None:
        looks_right(page)
        picture(page, tmp_path, name)

    desk.goto(batch_page)
    expect(desk.get_by_text("Free now: 1. New offers: 1. Free after the release: 0.")).to_be_visible()
    look(desk, "batch")
    desk.get_by_role("link", name="Conditions for all").click()
    desk.get_by_label("Conditions").fill(CONDITIONS)
    look(desk, "conditions")
    desk.get_by_role("button", name="Save the conditions").click()
    desk.get_by_role("link", name="Letters and sending").click()
    expect(desk.get_by_text("Return the laptop").first).to_be_visible()
    desk.get_by_role("button", name="Pause these notices").click()
    look(desk, "pause-refused")
    desk.get_by_label("Why are they paused?").fill("Look at one letter first")
    desk.get_by_role("button", name="Pause these notices").click()
    look(desk, "notices")
    desk.goto(batch_page)
    desk.get_by_role("button", name="Release and tell everyone").click()
    look(desk, "batch-released")
    desk.get_by_role("link", name="Letters and sending").click()
    desk.get_by_role("button", name="Send the notices that wait").click()
    hear_everything()

    offer = Offer.objects.get()
    chosen = at_desk(offer.application.person.user)
    chosen.goto(reverse("selection:offer-detail", args=[offer.public_id]))
    look(chosen, "offer")
    chosen.get_by_role("button", name="Accept the place").click()
    expect(chosen.get_by_text("You accepted, and we hold this place for you.")).to_be_visible()
    look(chosen, "offer-held")

    desk.goto(reverse("selection:offer-list", args=[batch.intake.public_id]))
    expect(desk.get_by_text("2 conditions open")).to_be_visible()
    look(desk, "offers")
    desk.locator("td a", has_text="Open").click()
    desk.get_by_label("What became of it?").first.select_option("waived")
    desk.get_by_role("button", name="Write it down").first.click()
    look(desk, "offer-settle-refused")
    desk.get_by_label("Reason").first.fill("The university burnt down")
    desk.get_by_role("button", name="Write it down").first.click()
    desk.get_by_label("What became of it?").last.select_option("met")
    desk.get_by_role("button", name="Write it down").last.click()
    look(desk, "offer-manage")
    hear_everything()
    assert Enrolment.objects.get().application == offer.application


def test_waiting_and_being_passed_over(
    batch: ReleaseBatch,
    coordinator: User,
    at_desk: Callable[[User], Page],
    looks_right: Look,
    tmp_path: Path,
) -> None:
    desk = at_desk(coordinator)
    desk.goto(reverse("selection:batch-detail", args=[batch.public_id]))
    desk.get_by_role("button", name="Release and tell everyone").click()
    waits = batch.decisions.get(rank=3).application
    Intake.objects.filter(pk=batch.intake_id).update(seats=2)

    theirs = at_desk(waits.person.user)
    theirs.goto(reverse("selection:decision-detail", args=[waits.public_id]))
    theirs.get_by_role("link", name="Your place on the waitlist").click()
    expect(theirs.get_by_text("The number is not exact")).to_be_visible()
    looks_right(theirs)
    picture(theirs, tmp_path, "waitlist-place")
    desk.goto(reverse("selection:waitlist", args=[batch.intake.public_id]))
    desk.locator("summary", has_text="Pass over").last.click()
    desk.get_by_label("Reason").last.fill("No answer on the phone")
    looks_right(desk)
    picture(desk, tmp_path, "waitlist")
    desk.get_by_role("button", name="Pass over for now").last.click()
    theirs.reload()
    expect(theirs.get_by_text("No answer on the phone")).to_be_visible()
    looks_right(theirs)
    desk.get_by_role("button", name="Offer the free seats to who waits").click()
    expect(desk.get_by_text("1 offer was made.")).to_be_visible()
