"""The pages of help and of more information, as a browser meets them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.enums import Role
from apps.accounts.models import Membership, User
from apps.applications.models import (
    Application,
    Confirmation,
    FormVersion,
    InformationRequest,
    SectionAnswers,
)
from apps.applications.services import ask_for_confirmation, take_over
from apps.applications.services.confirming import code_of
from apps.core.actors import user_actor
from apps.events.services import run_due_deliveries
from apps.notifications.models import Message
from apps.programs.models import Intake
from tests.applications.test_helping import ABOUT, begin, fill, typing
from tests.factories.accounts import MembershipFactory, OrganisationFactory, UserFactory
from tests.factories.applications import (
    ApplicationFactory,
    DocumentFactory,
    InformationRequestFactory,
    SectionAnswersFactory,
)
from tests.factories.programs import EligibilityRuleFactory, IntakeFactory

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
CANARY = "kanarienvogel"
POSTS = ("helped", "confirm", "check", "information", "eligibility", "newest-form")
PAGES = (*POSTS, "task-list", "print", "sent", "withdraw", "my-helper", "take-over", "apply-again", "claim")


@pytest.fixture
def helper() -> User:
    school = OrganisationFactory(name="Village School", kind="helps")
    return MembershipFactory(role=Role.HELPER, organisation=school, user__full_name="Dara").user


@pytest.fixture
def helped(helper: User, intake: Intake, form_version: FormVersion) -> Application:
    found = begin(helper, intake)
    fill(found, typing(helper, found))
    return found


def at(name: str, application: Application, *more: Any) -> str:
    return reverse(f"applications:{name}", args=[application.public_id, *more])


def test_a_helper_begins_fills_in_confirms_and_sends(
    helper: User, intake: Intake, form_version: FormVersion, signed_in: SignedIn
) -> None:
    client = signed_in(helper)
    school = Membership.objects.get(user=helper).organisation
    answer = client.post(
        reverse("applications:helper-start"),
        {
            "intake": intake.public_id,
            "organisation": school.pk,
            "full_name": "Sok Dara",
            "email": "Sok@Example.org",
            "phone": "",
            "language": "th",
            "route": "both",
            "key": uuid4(),
        },
    )
    helped = Application.objects.get()
    assert answer["Location"] == at("helped", helped)
    fill(helped, typing(helper, helped))
    refused = client.post(at("check", helped), {"key": uuid4()})
    assert (refused.status_code, b"not confirmed" in refused.content) == (422, True)
    client.post(at("confirm", helped), {"do": "send"})
    wrong = client.post(at("confirm", helped), {"do": "code", "code": "12"})
    assert (wrong.status_code, b"not the code" in wrong.content) == (422, True)

    confirmed = client.post(at("confirm", helped), {"do": "code", "code": code_of(helped.codes.get())})
    sent = client.post(at("check", helped), {"key": uuid4()})

    assert confirmed["Location"] == at("check", helped)
    assert sent["Location"] == at("helped", helped)
    page = client.get(at("helped", helped)).content.decode()
    assert "Confirmed with a code" in page
    helped.refresh_from_db()
    assert helped.status == "eligible"


def test_begun_with_questions_about_eligibility_they_come_first(
    helper: User, intake: Intake, form_version: FormVersion, signed_in: SignedIn
) -> None:
    EligibilityRuleFactory(intake=intake, key="english")
    helped = begin(helper, intake)
    client = signed_in(helper)

    assert client.get(at("eligibility", helped)).status_code == 200
    client.post(at("eligibility", helped), {"english": "no"})

    helped.refresh_from_db()
    assert helped.eligibility_answers == {"english": False}


def test_bad_input_is_told_at_its_field_and_the_rest_is_kept(
    helper: User, intake: Intake, form_version: FormVersion, signed_in: SignedIn
) -> None:
    page = signed_in(helper).post(
        reverse("applications:helper-start"),
        {
            "intake": intake.public_id,
            "full_name": "Sok Dara",
            "email": "no address",
            "route": "x",
            "key": "y",
        },
    )

    text = page.content.decode()
    assert page.status_code == 422
    assert "Sok Dara" in text
    assert "id_email" in text
    assert not Application.objects.exists()


@pytest.mark.parametrize("name", PAGES)
def test_from_the_hand_over_on_every_address_is_absent(
    name: str, helped: Application, helper: User, signed_in: SignedIn
) -> None:
    DocumentFactory(application=helped)
    client = signed_in(helper)
    assert client.get(at("task-list", helped)).status_code == 200
    owner = UserFactory(email="sok@example.org")

    signed_in(owner).post(at("take-over", helped))

    assert client.get(at(name, helped)).status_code == 404
    if name in POSTS:
        assert client.post(at(name, helped)).status_code == 404
    assert client.post(at("section", helped, "plans"), {"why": "x"}).status_code == 404
    document = helped.documents.first()
    assert client.get(at("document", helped, document.public_id)).status_code == 404
    assert helped.reference.encode() not in client.get(reverse("applications:helper-desk")).content


def test_the_applicant_finds_it_by_their_address_alone(helped: Application, signed_in: SignedIn) -> None:
    owner, stranger = UserFactory(email="sok@example.org"), UserFactory(full_name="Sok")

    asked = signed_in(owner).get(at("task-list", helped))
    mine = signed_in(owner).get(reverse("portal:my-applications")).content.decode()

    assert asked["Location"] == at("take-over", helped)
    assert at("take-over", helped) in mine
    assert "typed by Dara, Village School" in signed_in(owner).get(at("take-over", helped)).content.decode()
    assert signed_in(stranger).get(at("task-list", helped)).status_code == 404
    assert signed_in(stranger).post(at("take-over", helped)).status_code == 404


def test_coordinators_see_who_typed_and_how_it_was_confirmed(
    helped: Application, helper: User, staff: Callable[..., User], signed_in: SignedIn
) -> None:
    client = signed_in(helper)
    client.post(at("confirm", helped), {"do": "paper", "reason": "Kept in folder 7."})
    client.post(at("check", helped), {"key": uuid4()})
    organisation = helped.intake.program.organisation
    coordinator = signed_in(staff(Role.COORDINATOR, at=organisation))

    page = coordinator.get(reverse("portal:staff-application", args=[helped.public_id])).content.decode()

    assert "typed by Dara, Village School" in page
    assert "Confirmed on signed paper" in page
    assert "Kept in folder 7." in page


def test_a_helper_sees_nothing_that_is_not_theirs_and_no_optional_question(
    helped: Application, helper: User, intake: Intake, form_version: FormVersion, signed_in: SignedIn
) -> None:
    colleague_elsewhere = MembershipFactory(
        role=Role.HELPER, organisation=OrganisationFactory(kind="helps")
    ).user
    other = begin(colleague_elsewhere, IntakeFactory(), full_name=CANARY, email="k@example.org")
    own = ApplicationFactory(intake=intake, form_version=form_version, status="draft")
    SectionAnswersFactory(application=own, section="plans", answers={"why": CANARY})
    client = signed_in(helper)

    desk = client.get(reverse("applications:helper-desk") + "?q=AP-").content.decode()
    assert helped.reference in desk
    assert CANARY not in desk
    for each in (other, own):
        for name in PAGES:
            if name != "newest-form":
                assert client.get(at(name, each)).status_code == 404, name
        assert client.get(at("section", each, "plans")).status_code == 404
    assert client.get(reverse("inclusion:profile", args=[helped.public_id])).status_code == 404
    for address in ("/api/v1/applications/", f"/api/v1/applications/{helped.public_id}/"):
        assert helped.reference.encode() not in client.get(address).content


@pytest.mark.parametrize(("route", "seen"), [("applicant", False), ("helper", True), ("both", True)])
def test_a_decision_reaches_the_helper_only_by_the_route(
    route: str, seen: bool, helped: Application, helper: User, signed_in: SignedIn
) -> None:
    EligibilityRuleFactory(intake=helped.intake, key="english", unmet={"en": CANARY})
    Application.objects.filter(pk=helped.pk).update(
        notice_route=route, eligibility_answers={"english": False}
    )
    client = signed_in(helper)
    client.post(at("confirm", helped), {"do": "paper", "reason": "Paper."})
    client.post(at("check", helped), {"key": uuid4()})

    run_due_deliveries()

    told = Message.objects.filter(recipient=helper, template="application-ineligible")
    assert told.exists() == seen
    page = (
        client.get(at("helped", helped)).content.decode()
        + client.get(reverse("applications:helper-desk")).content.decode()
    )
    assert CANARY not in page
    assert "ot eligible" not in page


def test_the_desk_asks_as_often_for_many_as_for_one(
    helper: User, intake: Intake, form_version: FormVersion, signed_in: SignedIn
) -> None:
    client, counts = signed_in(helper), []
    for more in (1, 4):
        for number in range(more):
            begin(helper, intake, email=f"p{more}{number}@example.org")
        client.get(reverse("applications:helper-desk"))
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("applications:helper-desk"))
        counts.append(len(asked))

    assert counts[0] == counts[1] <= 8


@pytest.fixture
def asked(intake: Intake, form_version: FormVersion, coordinator: User) -> InformationRequest:
    found = ApplicationFactory(intake=intake, form_version=form_version, status="in_review")
    SectionAnswersFactory(application=found, section="about-you", answers=ABOUT, is_complete=True)
    SectionAnswersFactory(application=found, section="plans", answers={"why": "To teach."}, is_complete=True)
    DocumentFactory(application=found, question="certificate")
    Membership.objects.filter(user=coordinator).update(organisation=intake.program.organisation)
    client = Client()
    client.force_login(coordinator, backend="apps.accounts.backends.EmailBackend")
    day = datetime.now(UTC).date() + timedelta(days=4)
    answer = client.post(
        at("information-ask", found),
        {
            "sections": ["plans"],
            "wanted": "What will you teach?",
            "due_on_day": day.day,
            "due_on_month": day.month,
            "due_on_year": day.year,
        },
    )
    assert answer.status_code == 302, answer.content.decode()
    return InformationRequest.objects.select_related("application__person__user").get()


def test_the_applicant_changes_only_what_was_asked(
    asked: InformationRequest, coordinator: User, signed_in: SignedIn
) -> None:
    application = asked.application
    client = signed_in(application.person.user)
    page = client.get(at("information", application)).content.decode()
    assert at("section", application, "plans") in page
    assert at("section", application, "about-you") not in page
    assert "What will you teach?" in page
    assert client.get(at("task-list", application))["Location"] == at("information", application)

    locked = client.post(at("section", application, "about-you"), {"full-name": CANARY, "version": "1"})
    saved = client.post(at("section", application, "plans"), {"why": "To teach data.", "version": "1"})
    sent = client.post(at("information", application), {"key": uuid4()})

    assert locked.status_code == 302
    assert CANARY not in str(SectionAnswers.objects.get(application=application, section="about-you").answers)
    assert saved["Location"] == at("task-list", application)
    assert sent["Location"] == reverse("portal:my-application", args=[application.public_id])
    for reader, address in (
        (application.person.user, at("information", application)),
        (coordinator, reverse("applications:information-staff", args=[asked.public_id])),
    ):
        text = signed_in(reader).get(address).content.decode()
        assert "To teach." in text
        assert "To teach data." in text


def test_two_windows_on_an_open_section_show_both(asked: InformationRequest, signed_in: SignedIn) -> None:
    application = asked.application
    client = signed_in(application.person.user)
    client.post(at("section", application, "plans"), {"why": "From one.", "version": "1"})

    other = client.post(at("section", application, "plans"), {"why": "From the other.", "version": "1"})

    text = other.content.decode()
    assert other.status_code == 409
    assert "From one." in text
    assert "From the other." in text


def test_a_question_without_a_section_or_a_day_is_told_at_its_field(
    intake: Intake, form_version: FormVersion, coordinator: User, signed_in: SignedIn
) -> None:
    Membership.objects.filter(user=coordinator).update(organisation=intake.program.organisation)
    application = ApplicationFactory(intake=intake, form_version=form_version, status="eligible")
    client = signed_in(coordinator)

    empty = client.post(at("information-ask", application), {"wanted": "Kept text."})
    past = client.post(
        at("information-ask", application),
        {"sections": ["plans"], "wanted": "x", "due_on_day": 1, "due_on_month": 1, "due_on_year": 2020},
    )

    assert (empty.status_code, b"Kept text." in empty.content) == (422, True)
    assert (past.status_code, b"still to come" in past.content) == (422, True)
    assert not InformationRequest.objects.exists()


def test_the_coordinator_gives_more_time_and_closes(
    asked: InformationRequest, coordinator: User, signed_in: SignedIn
) -> None:
    client = signed_in(coordinator)
    page = reverse("applications:information-staff", args=[asked.public_id])
    day = datetime.now(UTC).date() + timedelta(days=9)

    client.post(page, {"due_on_day": day.day, "due_on_month": day.month, "due_on_year": day.year})
    client.post(page, {"close": "1"})

    before = asked.due_at
    asked.refresh_from_db()
    assert asked.due_at > before
    assert asked.status == "closed"


def test_a_helped_answer_to_a_question_is_confirmed_again(
    helped: Application, helper: User, signed_in: SignedIn
) -> None:
    client = signed_in(helper)
    client.post(at("confirm", helped), {"do": "paper", "reason": "Paper."})
    client.post(at("check", helped), {"key": uuid4()})
    Application.objects.filter(pk=helped.pk).update(status="more_information")
    before = {"sections": {}, "documents": [], "eligibility": {}}
    InformationRequestFactory(application=helped, sections=["plans"], before=before)
    client.post(at("section", helped, "plans"), {"why": "New words.", "version": "1"})

    refused = client.post(at("information", helped), {"key": uuid4()})
    client.post(at("confirm", helped), {"do": "paper", "reason": "Paper again."})
    client.post(at("information", helped), {"key": uuid4()})

    helped.refresh_from_db()
    assert refused.status_code == 422
    assert helped.status == "eligible"
    assert Confirmation.objects.count() == 2


def test_the_invited_helper_never_learns_the_code_from_a_list(
    helped: Application, helper: User, coordinator: User, signed_in: SignedIn
) -> None:
    ask_for_confirmation(application=helped, address="sok@example.org", actor=typing(helper, helped))
    code = code_of(helped.codes.get())
    run_due_deliveries()

    for user, name in ((helper, "notifications:message-list"), (coordinator, "notifications:delivery-log")):
        assert code not in signed_in(user).get(reverse(name)).content.decode()
    assert code not in signed_in(helper).get(at("confirm", helped)).content.decode()


def test_taking_over_twice_is_once(helped: Application) -> None:
    owner = UserFactory(email="sok@example.org")
    take_over(application=helped, user=owner, actor=user_actor(owner))

    assert take_over(application=helped, user=owner, actor=user_actor(owner)).person.user == owner
