"""From the offer to completion of each kind: the participant's pages and those of the people who run it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from apps.accounts.enums import Role
from apps.accounts.models import Organisation, User
from apps.applications.models import Application
from apps.cohorts.models import Trainer
from apps.cohorts.services import add_master_trainer, add_step, set_teachers
from apps.core.actors import Actor
from apps.courses.models import Session
from apps.courses.services import add_unit, plan_session
from apps.programs.enums import ProgramKind
from apps.programs.models import Intake
from apps.reviews.services import rubric_of
from apps.scholarships.services import set_terms
from apps.selection.services import hold_decisions, lock_rule, prepare_batch, release_batch, set_rule
from tests.browser.test_applicant import Look
from tests.factories.accounts import UserFactory
from tests.factories.applications import ApplicationFactory
from tests.factories.people import PersonFactory
from tests.factories.programs import IntakeFactory, ProgramFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TODAY = timezone.now().date()
#: The day where the intakes of the tests are: from 17:00 UTC on it is tomorrow there.
THERE = timezone.localdate(timezone=ZoneInfo("Asia/Bangkok"))


@dataclass
class Story:
    """One intake with one seat: Suda has the offer, Rani waits."""

    intake: Intake
    suda: Page
    rani: Page
    coordinator: Page
    actor: Actor
    looks_right: Look

    def accept(self) -> None:
        """Suda finds the offer among her applications, accepts it, and sees the page of her place."""
        self.suda.goto("/en/my/applications/")
        self.looks_right(self.suda)
        self.suda.locator("main .govuk-button").click()
        expect(self.suda.get_by_role("heading", name="We offer you a place")).to_be_visible()
        self.looks_right(self.suda)
        self.suda.get_by_role("button", name="Accept the place").click()
        expect(self.suda.get_by_role("heading", name="What happens next")).to_be_visible()

    def see(self, *words: str) -> None:
        """Suda's page of her place says these words, and looks right."""
        self.suda.goto("/en/my/applications/")
        self.suda.get_by_role("link", name="Open my place").click()
        for each in words:
            expect(self.suda.get_by_text(each).first).to_be_visible()
        self.looks_right(self.suda)

    def open(self, name: str, key: object, page: Page | None = None) -> Page:
        """A staff page, at the coordinator's desk unless told otherwise."""
        desk = page or self.coordinator
        desk.goto(reverse(name, args=[key]))
        self.looks_right(desk)
        return desk


@pytest.fixture
def story(
    request: pytest.FixtureRequest,
    organisation: Organisation,
    coordinator: User,
    actor: Actor,
    at_desk: Callable[[User], Page],
    looks_right: Look,
    real_places: None,
) -> Story:
    program = ProgramFactory(kind=request.param, organisation=organisation, title={"en": "Data skills"})
    intake = IntakeFactory(program=program, seats=1, starts_on=TODAY)
    suda, rani = (UserFactory(full_name=name) for name in ("Suda Kaew", "Rani Wulan"))
    first, second = (
        ApplicationFactory(
            intake=intake, status="in_review", person=PersonFactory(user=user, country_id="TH")
        )
        for user in (suda, rani)
    )
    rubric_of(intake=intake, actor=actor)
    set_rule(intake=intake, floor=Decimal(0), waitlist_size=1, actor=actor)
    lock_rule(intake=intake, actor=actor)
    outcomes = {first.pk: "offer", second.pk: "waitlist"}
    hold_decisions(intake=intake, outcomes=outcomes, reason="The panel met.", actor=actor)
    release_batch(batch=prepare_batch(intake=intake, actor=actor), actor=actor)
    return Story(intake, at_desk(suda), at_desk(rani), at_desk(coordinator), actor, looks_right)


def of(kind: ProgramKind) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("story", [kind], indirect=True)


@of(ProgramKind.SCHOLARSHIP)
def test_who_waits_gets_the_place_somebody_declined(story: Story) -> None:
    story.rani.goto("/en/my/applications/")
    story.rani.get_by_role("link", name="Data skills").click()
    story.looks_right(story.rani)
    rani = Application.objects.get(person__full_name="Rani Wulan")
    story.open("selection:decision-detail", rani.public_id, story.rani)
    expect(story.rani.get_by_role("heading", name="You are on the waitlist")).to_be_visible()

    story.suda.goto("/en/my/applications/")
    story.suda.locator("main .govuk-button").click()
    story.suda.get_by_role("link", name="Decline").click()
    story.looks_right(story.suda)
    story.suda.get_by_label("Why do you decline?").fill("I found work.")
    story.suda.get_by_role("button", name="Decline the place").click()
    story.looks_right(story.suda)

    story.rani.goto("/en/my/applications/")
    story.rani.locator("main .govuk-button").click()
    expect(story.rani.get_by_role("heading", name="We offer you a place")).to_be_visible()
    story.open("selection:offer-list", story.intake.public_id)


@of(ProgramKind.SCHOLARSHIP)
def test_a_scholar_is_paid_by_two_different_people(
    story: Story, staff: Callable[..., User], at_desk: Callable[[User], Page]
) -> None:
    set_terms(
        program=story.intake.program,
        amount=Decimal(600),
        currency="THB",
        instalments=2,
        months_between=1,
        actor=story.actor,
    )
    story.accept()
    story.see("THB 600.00")
    story.suda.get_by_role("button", name="Agree to the award").click()
    story.looks_right(story.suda)

    desk = story.open("scholarships:payment-list", story.intake.public_id)
    desk.get_by_role("link", name="Suda Kaew").first.click()
    story.looks_right(desk)
    desk.get_by_role("button", name="Start payments").click()
    desk.get_by_role("link", name="Payment 1").click()
    story.looks_right(desk)
    desk.get_by_role("button", name="Approve payment").click()
    expect(desk.get_by_text("Another coordinator has to send it")).to_be_visible()
    expect(desk.get_by_role("link", name="Mark as sent")).to_have_count(0)
    story.looks_right(desk)

    second = at_desk(staff(Role.COORDINATOR))
    second.goto(desk.url)
    second.get_by_role("link", name="Mark as sent").click()
    story.looks_right(second)
    second.get_by_label("The bank's number of the transfer").fill("TRF-1")
    second.get_by_role("button", name="Mark as sent").click()
    story.looks_right(second)

    story.see("Your award")
    story.suda.get_by_role("button", name="I received it").click()
    expect(story.suda.get_by_role("button", name="I received it")).to_have_count(0)


@of(ProgramKind.COURSE)
def test_a_participant_attends_is_not_yet_competent_and_then_completes(
    story: Story, staff: Callable[..., User], at_desk: Callable[[User], Page]
) -> None:
    soon = timezone.now() + timedelta(hours=1)
    plan_session(intake=story.intake, title={"en": "Welcome"}, starts_at=soon, minutes=60, actor=story.actor)
    add_unit(intake=story.intake, code="U1", title={"en": "Data"}, is_required=True, actor=story.actor)
    story.accept()
    story.see("Welcome")
    Session.objects.update(starts_at=timezone.now())

    trainer = at_desk(staff(Role.TRAINER))
    story.open("courses:course-progress", story.intake.public_id, trainer)
    trainer.get_by_role("link", name="Take attendance").click()
    story.looks_right(trainer)
    trainer.get_by_label("Late").check()
    trainer.get_by_role("button", name="Save attendance").click()
    for result in ("Not yet competent", "Competent"):
        trainer.get_by_role("link", name="Assess U1").click()
        story.looks_right(trainer)
        trainer.get_by_label(result, exact=True).check()
        trainer.get_by_role("button", name="Save results").click()
        story.see(result)

    story.open("courses:course-progress", story.intake.public_id, trainer)
    trainer.get_by_role("button", name="Confirm completion of everybody who is ready").click()
    story.see("Completed")
    roster = story.open("enrolments:roster", story.intake.public_id)
    roster.get_by_role("link", name="Suda Kaew").click()
    story.looks_right(roster)


@of(ProgramKind.COHORT)
def test_a_trainee_is_certified_and_it_shows_who_trained_whom_and_whom_it_reached(
    story: Story, staff: Callable[..., User], at_desk: Callable[[User], Page]
) -> None:
    program = story.intake.program
    trainer_user = staff(Role.TRAINER)
    add_step(program=program, title={"en": "Teach ten minutes"}, instructions={}, actor=story.actor)
    master = add_master_trainer(program=program, user=trainer_user, actor=story.actor)
    set_teachers(intake=story.intake, trainers=[master], actor=story.actor)
    story.accept()
    story.see("Teach ten minutes")

    teacher = at_desk(trainer_user)
    story.open("cohorts:cohort-practice", story.intake.public_id, teacher)
    teacher.get_by_role("link", name="Suda Kaew").click()
    story.looks_right(teacher)
    teacher.get_by_role("link", name="Mark as done").click()
    for part, value in (("Day", THERE.day), ("Month", THERE.month), ("Year", THERE.year)):
        teacher.get_by_label(part).fill(str(value))
    teacher.get_by_label("A word for the trainee").fill("Clear voice")
    story.looks_right(teacher)
    teacher.get_by_role("button", name="Mark as done").click()
    suda = Trainer.objects.get(person__full_name="Suda Kaew")
    desk = story.open("cohorts:trainer-detail", suda.public_id)
    desk.get_by_role("button", name="Certify trainer").click()
    story.looks_right(desk)

    story.see("You are certified", "Clear voice")
    story.suda.get_by_role("link", name="Report a training").click()
    story.looks_right(story.suda)
    story.suda.get_by_label("What was it about?").fill("Phones for farmers")
    for part, value in (("Day", THERE.day), ("Month", THERE.month), ("Year", THERE.year)):
        story.suda.get_by_label(part).fill(str(value))
    story.suda.get_by_label("Country").select_option(label="Indonesia")
    story.suda.get_by_label("Town or village").fill("Garut")
    story.suda.get_by_label("How many people took part?").fill("31")
    story.suda.get_by_label("How many of them are women").fill("17")
    story.suda.get_by_role("button", name="Report training").click()
    expect(story.suda.get_by_text("Phones for farmers")).to_be_visible()
    story.looks_right(story.suda)

    cascade = story.open("cohorts:program-cascade", program.public_id, teacher)
    row = cascade.get_by_role("row").filter(has=cascade.get_by_role("link", name="Suda Kaew"))
    expect(row).to_contain_text(str(master.person))
    expect(row).to_contain_text("31")
