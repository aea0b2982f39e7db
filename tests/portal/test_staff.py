"""The desk shows what waits, finds people, and costs the same for any number of rows."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.enums import Role
from apps.accounts.models import Organisation, User
from apps.applications.enums import ApplicationStatus
from apps.applications.models import Application
from apps.core.actors import SYSTEM, user_actor
from apps.events.registry import SUBJECTS
from apps.portal.selectors.history import WORDS
from apps.programs.models import Intake
from apps.reviews.models import Review
from apps.reviews.services import assign_reviewers, set_reviewers
from tests.factories.applications import ApplicationFactory
from tests.factories.bulk import applications_for
from tests.factories.notifications import MessageFactory
from tests.factories.people import PersonFactory
from tests.factories.programs import IntakeFactory, ProgramFactory
from tests.factories.reviews import ReviewAssignmentFactory
from tests.factories.selection import OfferFactory

pytestmark = pytest.mark.django_db
LIST = "/en/staff/applications/"


@pytest.fixture
def intake(organisation: Organisation) -> Intake:
    return IntakeFactory(program=ProgramFactory(organisation=organisation))


def test_today_counts_what_waits_and_nothing_else(intake: Intake, as_coordinator: Client) -> None:
    assert "Nothing waits for you" in as_coordinator.get("/en/staff/").content.decode()

    ApplicationFactory(intake=intake, status=ApplicationStatus.ELIGIBLE)
    MessageFactory(intake=intake, status="dead")
    MessageFactory(status="dead")

    page = as_coordinator.get("/en/staff/").content.decode()
    assert "Applications without a reader" in page
    assert page.count("<strong>1</strong>") == 2


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=Suda", 1),
        ("q=nobody", 0),
        ("status=withdrawn", 0),
        ("status=eligible", 2),
        ("intake=999", 2),
        ("q=%00", 2),
    ],
)
def test_people_are_found_by_what_one_knows_of_them(
    intake: Intake, as_coordinator: Client, query: str, found: int
) -> None:
    ApplicationFactory(intake=intake, status="eligible", person=PersonFactory(full_name="Suda"))
    ApplicationFactory(intake=intake, status="eligible", person=PersonFactory(full_name="Rani"))

    answer = as_coordinator.get(f"{LIST}?{query}")

    assert answer.status_code in (200, 400)
    if answer.status_code == 200:
        assert answer.content.decode().count('name="chosen"') == found


def test_drafts_and_other_organisations_are_not_there(intake: Intake, as_coordinator: Client) -> None:
    ApplicationFactory(intake=intake, status="draft")
    ApplicationFactory(status="eligible")

    assert "No application fits" in as_coordinator.get(LIST).content.decode()


def test_a_draft_that_was_given_up_is_nobodys_to_see(intake: Intake, as_coordinator: Client) -> None:
    ApplicationFactory(intake=intake, status="withdrawn", submitted_at=None, withdrawn_at=datetime.now(UTC))
    sent = ApplicationFactory(intake=intake, status="withdrawn", withdrawn_at=datetime.now(UTC))

    page = as_coordinator.get(LIST).content.decode()

    assert page.count('name="chosen"') == 1
    assert sent.reference in page


def test_the_pages_of_the_list_show_everyone_once(intake: Intake, as_coordinator: Client) -> None:
    applications_for(intake, 120)
    address, seen = LIST, []

    while address:
        answer = as_coordinator.get(address)
        seen += [line.application.reference for line in answer.context["lines"]]
        cursor = answer.context["page"].next
        address = f"{LIST}?{urlencode({'cursor': cursor})}" if cursor else ""

    assert len(seen) == len(set(seen)) == 120
    assert seen == sorted(seen, reverse=True)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_any_number(
    rows: int, intake: Intake, as_coordinator: Client, django_assert_max_num_queries: Callable
) -> None:
    for _row in range(rows):
        ReviewAssignmentFactory(application=ApplicationFactory(intake=intake, status="in_review"))

    with django_assert_max_num_queries(8):
        as_coordinator.get(LIST)
    with django_assert_max_num_queries(7):
        b"".join(as_coordinator.get("/en/staff/applications.csv").streaming_content)


def test_ticked_applications_go_into_review_and_the_others_are_counted(
    intake: Intake, as_coordinator: Client
) -> None:
    good = ApplicationFactory(intake=intake, status="eligible")
    bad = ApplicationFactory(intake=intake, status="ineligible")
    foreign = ApplicationFactory(status="eligible")

    as_coordinator.post(LIST, {"chosen": [good.pk, bad.pk, foreign.pk, "x", "9" * 40]})

    assert Application.objects.get(status="in_review") == good


def test_a_formula_in_a_name_is_only_text_in_the_download(intake: Intake, as_coordinator: Client) -> None:
    ApplicationFactory(intake=intake, status="eligible", person=PersonFactory(full_name="=1+1"))

    table = b"".join(as_coordinator.get("/en/staff/applications.csv").streaming_content).decode()

    assert "'=1+1" in table


def test_a_person_can_overrule_the_rules_with_a_reason(intake: Intake, as_coordinator: Client) -> None:
    application = ApplicationFactory(intake=intake, status="ineligible")
    page = reverse("portal:staff-application", args=[application.public_id])

    as_coordinator.post(page, {"reason": ""})
    application.refresh_from_db()
    assert application.status == "ineligible"

    as_coordinator.post(page, {"reason": "The certificate arrived by post"})
    application.refresh_from_db()
    assert application.status == "eligible"
    assert "The certificate arrived by post" in as_coordinator.get(page).content.decode()


def test_today_leads_to_the_page_where_each_thing_is_dealt_with(
    intake: Intake, as_coordinator: Client
) -> None:
    ApplicationFactory(intake=intake, status="eligible")
    refused = ApplicationFactory(intake=intake, status="ineligible")
    ReviewAssignmentFactory(application__intake=intake, due_on=date(2020, 1, 1))
    OfferFactory(application__intake=intake, intake=intake)
    ReviewAssignmentFactory(due_on=date(2020, 1, 1))
    Intake.objects.filter(pk=intake.pk).update(closes_at=datetime.now(UTC) + timedelta(days=2, hours=1))

    waiting = {each.url: each.count for each in as_coordinator.get("/en/staff/").context["waiting"]}

    one = [intake.public_id]
    assert waiting == {
        reverse("reviews:assign", args=one): 1,
        reverse("reviews:progress", args=one): 1,
        reverse("selection:offer-list", args=one): 1,
        reverse("programs:intake-setup", args=one): 2,
        f"{reverse('portal:staff-applications')}?status=ineligible&intake={refused.intake_id}": 1,
    }


@pytest.mark.parametrize("rows", [1, 3])
def test_today_and_one_application_cost_the_same_for_any_number(
    rows: int, intake: Intake, as_coordinator: Client, django_assert_max_num_queries: Callable
) -> None:
    application = ApplicationFactory(intake=intake, status="in_review")
    for _row in range(rows):
        IntakeFactory(program=intake.program)
        OfferFactory(application__intake=intake, intake=intake)
        late = ReviewAssignmentFactory(application=application, due_on=date(2020, 1, 1))
        Review.objects.create(assignment=late)

    with django_assert_max_num_queries(21):
        as_coordinator.get("/en/staff/")
    with django_assert_max_num_queries(20):
        as_coordinator.get(reverse("portal:staff-application", args=[application.public_id]))


def test_the_history_tells_in_words_who_did_what(
    intake: Intake, as_coordinator: Client, coordinator: User, staff: Callable[..., User]
) -> None:
    application = ApplicationFactory(intake=intake, status="eligible")
    User.objects.filter(pk=coordinator.pk).update(full_name="Siti Aminah")
    reader = staff(Role.REVIEWER)
    User.objects.filter(pk=reader.pk).update(full_name="Jose Reyes")
    set_reviewers(intake=intake, limits={reader: 3}, actor=SYSTEM)
    assign_reviewers(intake=intake, each=1, actor=user_actor(coordinator))

    page = as_coordinator.get(reverse("portal:staff-application", args=[application.public_id]))

    told = [(str(each.words), each.about, each.by) for each in page.context["history"]]
    assert told == [
        ("Reviewing began", "", "Siti Aminah"),
        ("Given to a reviewer", "Jose Reyes", "Siti Aminah"),
    ]


def test_every_event_of_an_application_or_offer_has_its_words() -> None:
    about = {name for name, subject in SUBJECTS.items() if subject in ("application_id", "offer_id")}

    assert about - set(WORDS) == {"OfferLapsing"}
