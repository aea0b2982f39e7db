"""The desk on a phone and on a screen: saving while one goes on, a cut network, two windows, keys, no script."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from apps.accounts.enums import Role
from apps.accounts.models import Organisation, User
from apps.reviews.models import AnswerTranslation, Criterion, Redaction, Review, ReviewAssignment, Score
from tests.browser.test_applicant import Look
from tests.factories.applications import ApplicationFactory, FormVersionFactory, SectionAnswersFactory
from tests.factories.programs import IntakeFactory, ProgramFactory
from tests.factories.reviews import CriterionFactory, ReviewAssignmentFactory, RubricFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DEFINITION = {
    "sections": [
        {
            "key": "you",
            "title": {"en": "Your plans"},
            "questions": [{"key": "why", "kind": "long_text", "label": {"en": "Why do you want to join?"}}],
        }
    ]
}
MARKED = "สมหญิง ใจดี"
ANCHORS = {"1": {"en": "Nobody will learn from them"}, "5": {"en": "A clear plan to teach many"}}


@dataclass
class Desk:
    """A reviewer with three applications to read by three criteria, the last of which counts nothing."""

    reader: User
    rows: list[ReviewAssignment]
    criteria: list[Criterion]

    @property
    def addresses(self) -> list[str]:
        return [f"/en/reviews/{row.public_id}/" for row in self.rows]

    def kept(self) -> list[tuple[int | None, str]]:
        return list(Score.objects.order_by("criterion__number").values_list("points", "comment"))


@pytest.fixture
def desk(organisation: Organisation, staff: Callable[..., User]) -> Desk:
    intake = IntakeFactory(program=ProgramFactory(organisation=organisation))
    rubric = RubricFactory(intake=intake)
    criteria = [
        CriterionFactory(rubric=rubric, number=1, title={"en": "Reach"}, anchors=ANCHORS, comment_below=2),
        CriterionFactory(rubric=rubric, number=2, title={"en": "Plan"}, weight=30, highest=10),
        CriterionFactory(rubric=rubric, number=3, title={"en": "Support"}, is_independent=True),
    ]
    reader = staff(Role.REVIEWER)
    version = FormVersionFactory(intake=intake, definition=DEFINITION)
    rows = []
    for _number in range(3):
        application = ApplicationFactory(
            intake=intake, status="in_review", form_version=version, language="th"
        )
        SectionAnswersFactory(application=application, section="you", answers={"why": f"ดิฉันชื่อ{MARKED} " * 30})
        Redaction.objects.create(application=application, question="why", words=MARKED, marked_by=reader)
        AnswerTranslation.objects.create(
            application=application,
            question="why",
            language="en",
            text=f"My name is {MARKED}",
            is_machine=True,
            made_by=reader,
        )
        rows.append(ReviewAssignmentFactory(application=application, reviewer=reader))
    ReviewAssignment.objects.filter(pk=rows[0].pk).update(no_conflict_declared_at=None)
    return Desk(reader, rows, criteria)


def points(page: Page, criterion: Criterion, value: int) -> Any:
    return page.locator(f"input[name='criterion-{criterion.pk}'][value='{value}']")


def why(page: Page, title: str) -> Any:
    return page.get_by_label(f"Why these points for “{title}”?")


def saved(page: Page) -> None:
    expect(page.get_by_text(re.compile(r"^Saved \d\d:\d\d$"))).to_be_visible()


def test_from_the_queue_through_a_cut_network_to_a_submitted_review(
    desk: Desk, at_desk: Callable[[User], Page], looks_right: Look
) -> None:
    page = at_desk(desk.reader)
    page.goto("/en/reviews/")
    looks_right(page)
    page.get_by_role("link", name="Open the next one").click()
    page.get_by_label("No, I can read this fairly").check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("1 of 3 to read")).to_be_visible()
    looks_right(page)
    assert MARKED not in page.content()
    for words in ("Original · Thai", "Translation · English", "machine translation"):
        expect(page.get_by_text(words).first).to_be_visible()

    points(page, desk.criteria[0], 2).check()
    saved(page)
    expect(page.locator("[data-total]")).to_have_text("25.0 of 100 so far")
    expect(page.locator("[data-count]")).to_have_text("1 of 2 scored")
    assert desk.kept() == [(2, "")]

    page.context.set_offline(True)
    why(page, "Reach").fill("Has taught")
    expect(page.get_by_text("No connection.")).to_be_visible()
    why(page, "Reach").fill("Has taught two villages")
    points(page, desk.criteria[1], 10).check()
    page.context.set_offline(False)
    saved(page)
    assert desk.kept() == [(2, "Has taught two villages"), (10, "")]

    page.get_by_role("button", name="Submit review").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose points.")
    looks_right(page)
    points(page, desk.criteria[2], 4).check()
    page.get_by_role("button", name="Submit review").click()
    expect(page.get_by_role("alert")).to_contain_text("Review submitted")
    assert Review.objects.get().weighted_score == 53.125


def test_an_answer_that_was_lost_is_no_quarrel_with_oneself(
    desk: Desk, at_desk: Callable[[User], Page]
) -> None:
    """The first save arrives, its answer does not; meanwhile one types on."""
    page = at_desk(desk.reader)
    page.goto(desk.addresses[1])
    lost: list[int] = []

    def lose_the_first(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch().status)
        route.abort()

    page.route("**/criteria/**", lose_the_first)
    points(page, desk.criteria[0], 3).check()
    expect(page.get_by_text("No connection.")).to_be_visible()
    why(page, "Reach").fill("Typed meanwhile")

    saved(page)

    assert lost == [200]
    assert desk.kept() == [(3, "Typed meanwhile")]
    assert page.locator(".app-other").count() == 0


def test_two_windows_lose_nothing_and_a_button_decides(
    desk: Desk, at_desk: Callable[[User], Page], looks_right: Look
) -> None:
    one, two = at_desk(desk.reader), at_desk(desk.reader)
    for page in (one, two):
        page.goto(desk.addresses[1])

    points(one, desk.criteria[0], 5).check()
    points(two, desk.criteria[1], 7).check()
    saved(one)
    saved(two)
    assert desk.kept() == [(5, ""), (7, "")]

    points(two, desk.criteria[0], 3).check()
    expect(two.get_by_text("Not saved: another window")).to_be_visible()
    expect(two.get_by_text("What another window saved: 5 points")).to_be_visible()
    why(two, "Reach").fill("I mean it")
    two.wait_for_timeout(1200)
    assert desk.kept()[0] == (5, "")
    looks_right(two)
    two.get_by_role("button", name="Save draft").click()
    expect(two.get_by_text("Draft saved.")).to_be_visible()
    assert desk.kept()[0] == (3, "I mean it")


def test_leaving_with_something_unsaved_is_asked_and_nothing_is_asked_otherwise(
    desk: Desk, at_desk: Callable[[User], Page]
) -> None:
    page = at_desk(desk.reader)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(desk.addresses[1])
    points(page, desk.criteria[0], 3).check()
    saved(page)
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_text("3 of 3 to read")).to_be_visible()
    assert asked == []

    page.route("**/criteria/**", lambda route: route.abort())
    points(page, desk.criteria[0], 3).check()
    expect(page.get_by_text("No connection.")).to_be_visible()
    page.get_by_role("link", name="My reviews").first.click()
    expect(page.get_by_role("heading", name="My reviews")).to_be_visible()

    assert asked == ["beforeunload"]


def test_keys_work_where_they_were_asked_for_and_never_while_one_types(
    desk: Desk, at_desk: Callable[[User], Page], looks_right: Look
) -> None:
    page = at_desk(desk.reader)
    page.goto(desk.addresses[1])
    page.keyboard.press("3")
    page.keyboard.press("j")
    expect(page.get_by_text("2 of 3 to read")).to_be_visible()
    assert desk.kept() == []

    page.get_by_text("Keyboard shortcuts").click()
    page.get_by_label("Use shortcuts in this browser").check()
    looks_right(page)
    points(page, desk.criteria[0], 1).focus()
    page.keyboard.press("4")
    page.keyboard.press("n")
    page.keyboard.type("jk?12n")
    expect(why(page, "Reach")).to_have_value("jk?12n")
    points(page, desk.criteria[1], 1).focus()
    page.keyboard.press("0")
    saved(page)
    expect(points(page, desk.criteria[1], 10)).to_be_checked()
    page.keyboard.press("Control+j")
    page.keyboard.press("?")
    page.keyboard.press("?")
    expect(page.get_by_label("Use shortcuts in this browser")).to_be_visible()
    page.keyboard.press("j")
    expect(page.get_by_text("3 of 3 to read")).to_be_visible()
    expect(page.get_by_text("Keyboard shortcuts")).to_be_visible()  # now the script hears keys
    page.keyboard.press("k")
    expect(page.get_by_text("2 of 3 to read")).to_be_visible()
    assert desk.kept() == [(4, "jk?12n"), (10, "")]


def test_at_a_screen_each_side_scrolls_and_on_a_phone_the_rubric_follows(
    desk: Desk, at_desk: Callable[[User], Page]
) -> None:
    page = at_desk(desk.reader)

    def sides(width: int) -> list[dict[str, float]]:
        page.set_viewport_size({"width": width, "height": 740})
        page.goto(desk.addresses[1])
        return [pane.bounding_box() or {} for pane in page.locator(".app-desk__pane").all()]

    application, rubric = sides(1280)
    assert rubric["x"] >= application["x"] + application["width"]
    assert rubric["height"] <= 740
    rolled = "each => { each.scrollTo(0, 400); return each.scrollTop }"
    assert page.locator("#rubric").evaluate(rolled) > 0
    expect(page.locator("[data-total]")).to_be_in_viewport()

    application, rubric = sides(360)
    assert rubric["y"] >= application["y"] + application["height"]
    page.get_by_role("button", name="Save draft").scroll_into_view_if_needed()
    why(page, "Plan").scroll_into_view_if_needed()
    expect(page.locator("[data-total]")).to_be_in_viewport()


@pytest.fixture
def without_script(browser: Browser, live_server: Any, desk: Desk) -> Any:
    context: BrowserContext = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    client = Client()
    client.force_login(desk.reader, backend="apps.accounts.backends.EmailBackend")
    name = django_settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    page = context.new_page()
    page.set_viewport_size({"width": 360, "height": 740})
    yield page
    context.close()


def test_without_a_script_the_buttons_do_everything(desk: Desk, without_script: Page) -> None:
    page = without_script
    page.goto(desk.addresses[1])
    expect(page.get_by_text("Keyboard shortcuts")).to_be_hidden()
    points(page, desk.criteria[0], 3).check()
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("Draft saved.")).to_be_visible()
    expect(page.locator("[data-total]")).to_have_text("50.0 of 100 so far")
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_text("3 of 3 to read")).to_be_visible()
    page.get_by_role("link", name="I cannot read this one").click()
    page.get_by_role("button", name="Give it back").click()
    expect(page.get_by_text("You no longer have this one")).to_be_visible()
    page.get_by_role("link", name=desk.rows[1].application.reference).click()
    points(page, desk.criteria[1], 4).check()
    points(page, desk.criteria[2], 4).check()
    page.get_by_role("button", name="Submit review").click()

    expect(page.get_by_text("Review submitted")).to_be_visible()
    assert desk.kept() == [(3, ""), (4, ""), (4, "")]
    assert ReviewAssignment.objects.get(pk=desk.rows[2].pk).status == "recused"


def test_the_script_of_the_desk_stays_small() -> None:
    assert Path(finders.find("kit/desk.js")).stat().st_size <= 3 * 1024
