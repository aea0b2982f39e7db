"""A helper types for someone; the applicant confirms exactly that, or takes it over."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.accounts.enums import Role
from apps.accounts.models import Membership, User
from apps.accounts.services.roles import end_role
from apps.applications.enums import ApplicationStatus, AssistanceStatus
from apps.applications.models import Application, Assistance, Confirmation, ConfirmationCode, FormVersion
from apps.applications.selectors import typists
from apps.applications.services import (
    ask_for_confirmation,
    choose_route,
    confirm_by_code,
    confirm_on_paper,
    end_assistance,
    invite_helper,
    save_section,
    start_for_someone,
    submit_application,
    take_over,
)
from apps.applications.services.confirming import MOST_TRIES, code_of
from apps.core.actors import SYSTEM, Actor, user_actor
from apps.core.errors import Conflict, Invalid, NotAllowed
from apps.events.services import run_due_deliveries
from apps.notifications.models import Message
from apps.people.models import Person
from apps.programs.models import Intake
from tests.applications.test_inspection import a_pdf
from tests.factories.accounts import MembershipFactory, OrganisationFactory, UserFactory
from tests.factories.applications import ApplicationFactory, DocumentFactory

pytestmark = pytest.mark.django_db
ABOUT = {"full-name": "Sok Dara", "date-of-birth": "2001-03-27", "country": "TH"}


@pytest.fixture
def helper() -> User:
    school = OrganisationFactory(name="Village School", kind="helps")
    return MembershipFactory(role=Role.HELPER, organisation=school, user__full_name="Dara").user


@pytest.fixture
def helped(helper: User, intake: Intake, form_version: FormVersion) -> Application:
    return begin(helper, intake)


def begin(helper: User, intake: Intake, **changes: Any) -> Application:
    values = {
        "intake": intake,
        "organisation": Membership.objects.get(user=helper).organisation,
        "full_name": "Sok",
        "email": "sok@example.org",
        "phone": "",
        "route": "applicant",
        "language": "en",
        "time_zone": "Asia/Bangkok",
        "start_key": uuid4(),
        **changes,
    }
    return start_for_someone(**values, actor=user_actor(helper))


def typing(helper: User, application: Application) -> Actor:
    return Actor(helper.pk, "user", on_behalf_of=application.person_id)


def fill(application: Application, actor: Actor, why: str = "To teach.", version: int = 0) -> None:
    save(application, "about-you", ABOUT, actor, 0)
    save(application, "plans", {"why": why}, actor, version)
    DocumentFactory(application=application, question="certificate")


def save(application: Application, section: str, answers: dict, actor: Actor, version: int = 0) -> None:
    save_section(
        application=application,
        section=section,
        answers=answers,
        is_complete=True,
        version=version,
        actor=actor,
    )


def send(application: Application, actor: Actor) -> Application:
    return submit_application(application=application, submission_key=uuid4(), actor=actor)


def ask(application: Application, helper: User) -> str:
    code = ask_for_confirmation(
        application=application, address="sok@example.org", actor=typing(helper, application)
    )
    return code_of(code)


def confirm(application: Application, helper: User, code: str) -> Confirmation:
    return confirm_by_code(application=application, code=code, actor=typing(helper, application))


def test_nothing_typed_for_someone_is_sent_before_they_confirm(helped: Application, helper: User) -> None:
    fill(helped, typing(helper, helped))

    with pytest.raises(Invalid, match="not confirmed"):
        send(helped, typing(helper, helped))
    with pytest.raises(IntegrityError, match="application_assisted_is_confirmed"), transaction.atomic():
        Application.objects.filter(pk=helped.pk).update(status="submitted", submitted_at=timezone.now())


def test_a_code_sent_to_the_applicant_confirms_and_the_helper_sends(
    helped: Application, helper: User
) -> None:
    fill(helped, typing(helper, helped))

    confirmation = confirm(helped, helper, ask(helped, helper))
    send(helped, typing(helper, helped))

    helped.refresh_from_db()
    assert (helped.status, helped.confirmation) == (ApplicationStatus.ELIGIBLE, confirmation)
    assert (confirmation.way, confirmation.address) == ("code", "sok@example.org")


def test_an_answer_changed_after_the_confirmation_needs_a_new_one(helped: Application, helper: User) -> None:
    fill(helped, typing(helper, helped))
    confirm(helped, helper, ask(helped, helper))

    save(helped, "plans", {"why": "Something else."}, typing(helper, helped), 1)

    with pytest.raises(Invalid, match="not confirmed"):
        send(helped, typing(helper, helped))


@pytest.mark.parametrize("what", ["answer", "file", "route"])
def test_a_code_confirms_only_what_was_there_when_it_was_sent(
    what: str, helped: Application, helper: User
) -> None:
    fill(helped, typing(helper, helped))
    code = ask(helped, helper)

    if what == "answer":
        save(helped, "plans", {"why": "Typed later."}, typing(helper, helped), 1)
    elif what == "file":
        DocumentFactory(application=helped, question="certificate", sha256="1" * 64)
    else:
        choose_route(application=helped, route="both", actor=typing(helper, helped))

    with pytest.raises(Invalid):
        confirm(helped, helper, code)


def test_a_code_is_over_after_five_tries_an_hour_or_the_next_code(helped: Application, helper: User) -> None:
    fill(helped, typing(helper, helped))
    first = ask(helped, helper)
    second = ask(helped, helper)
    if first != second:
        with pytest.raises(Invalid):
            confirm(helped, helper, first)
    wrong = f"{(int(second) + 1) % 10**6:06d}"
    for _try in range(MOST_TRIES):
        with pytest.raises(Invalid):
            confirm(helped, helper, wrong)
    with pytest.raises(Invalid):
        confirm(helped, helper, second)
    third = ask(helped, helper)
    ConfirmationCode.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(Invalid):
        confirm(helped, helper, third)
    assert not Confirmation.objects.exists()


def test_codes_are_rationed_by_application_and_by_address(helped: Application, helper: User) -> None:
    fill(helped, typing(helper, helped))
    for _code in range(3):
        ask(helped, helper)
    with pytest.raises(Invalid, match="last hour"):
        ask(helped, helper)

    ConfirmationCode.objects.update(created_at=timezone.now() - timedelta(hours=2))
    row = ConfirmationCode.objects.first()
    for _code in range(8):
        ConfirmationCode.objects.create(
            application=helped, address=row.address, seed="x", fingerprint="y", expires_at=timezone.now()
        )
    ConfirmationCode.objects.update(created_at=timezone.now() - timedelta(hours=2))
    with pytest.raises(Invalid, match="this address today"):
        ask(helped, helper)


def test_the_code_stands_in_no_table_and_no_event(helped: Application, helper: User) -> None:
    fill(helped, typing(helper, helped))
    code = ask(helped, helper)

    row = ConfirmationCode.objects.values().get()
    run_due_deliveries()

    assert code not in "".join(str(value) for key, value in row.items() if key not in ("seed", "fingerprint"))
    letter = Message.objects.get(template="confirmation-code")
    assert (letter.address, letter.recipient, letter.application) == ("sok@example.org", None, None)
    assert code in letter.body
    assert code not in letter.subject


def test_signed_paper_needs_a_scan_or_a_reason(
    helped: Application, helper: User, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    fill(helped, typing(helper, helped))
    on_paper = {"application": helped, "actor": typing(helper, helped)}

    with pytest.raises(Invalid) as refused:
        confirm_on_paper(scan=None, reason=" ", **on_paper)
    assert "scan" in refused.value.fields
    with pytest.raises(Invalid):
        confirm_on_paper(scan=SimpleUploadedFile("a.exe", b"MZ"), reason="", **on_paper)
    scanned = confirm_on_paper(scan=SimpleUploadedFile("a.pdf", a_pdf()), reason="", **on_paper)
    told = confirm_on_paper(scan=None, reason="In our folder 7.", **on_paper)
    assert scanned.stored_as
    assert told.reason == "In our folder 7."
    assert send(helped, typing(helper, helped)).confirmation == told


def test_nobody_confirms_a_form_with_blanks(helped: Application, helper: User) -> None:
    with pytest.raises(Invalid, match="not complete"):
        ask(helped, helper)


def test_each_answer_says_who_typed_it(helped: Application, helper: User) -> None:
    fill(helped, typing(helper, helped))
    owner = UserFactory(email="sok@example.org")
    take_over(application=helped, user=owner, actor=user_actor(owner))
    save(helped, "about-you", {**ABOUT, "full-name": "Sok D."}, user_actor(owner), 1)

    helped.refresh_from_db()
    found = typists(helped)

    assert found["why"] == "Dara, Village School"
    assert "full-name" not in found


def test_after_the_hand_over_the_helper_saves_nothing(helped: Application, helper: User) -> None:
    actor = typing(helper, helped)
    fill(helped, actor)
    owner = UserFactory(email="sok@example.org")

    take_over(application=helped, user=owner, actor=user_actor(owner))

    with pytest.raises(Conflict, match="no longer help"):
        save(helped, "plans", {"why": "Typed late."}, actor, 1)
    with pytest.raises(Conflict, match="no longer help"):
        ask(helped, helper)
    with pytest.raises(Conflict, match="no longer help"):
        send(helped, actor)


def test_who_takes_over_confirms_by_sending(helped: Application, helper: User) -> None:
    fill(helped, typing(helper, helped))
    owner = UserFactory(email="sok@example.org")
    take_over(application=helped, user=owner, actor=user_actor(owner))

    sent = send(helped, user_actor(owner))

    assert sent.confirmation.way == "own_account"
    assert sent.person.user == owner


def test_only_the_address_proves_who_someone_is(helped: Application) -> None:
    namesake = UserFactory(full_name="Sok", email="another@example.org")

    with pytest.raises(NotAllowed):
        take_over(application=helped, user=namesake, actor=user_actor(namesake))


def test_a_person_known_already_keeps_their_own_row_and_no_second_application(
    helped: Application, helper: User, intake: Intake
) -> None:
    owner = UserFactory(email="sok@example.org")
    known = Person.objects.create(user=owner, full_name="Sok")
    before = helped.person_id
    own = ApplicationFactory(intake=intake, person=known, status="draft")
    with pytest.raises(Conflict, match="of your own"):
        take_over(application=helped, user=owner, actor=user_actor(owner))
    Application.objects.filter(pk=own.pk).delete()

    take_over(application=helped, user=owner, actor=user_actor(owner))

    helped.refresh_from_db()
    assert helped.person == known
    assert not Person.objects.filter(pk=before).exists()


def test_a_helper_cannot_leave_someone_without_a_way_in(
    helper: User, intake: Intake, form_version: FormVersion
) -> None:
    alone = begin(helper, intake, email="", route="helper")

    with pytest.raises(Conflict, match="no other way"):
        end_assistance(application=alone, actor=typing(helper, alone))


def test_a_colleagues_address_is_not_the_applicants(
    helper: User, intake: Intake, form_version: FormVersion
) -> None:
    with pytest.raises(Invalid) as refused:
        begin(helper, intake, email=helper.email.upper())
    assert "email" in refused.value.fields
    with pytest.raises(Invalid) as refused:
        begin(helper, intake, email="", route="both")
    assert "route" in refused.value.fields


def test_beginning_twice_with_one_key_is_one_application(
    helper: User, intake: Intake, form_version: FormVersion
) -> None:
    key = uuid4()

    assert begin(helper, intake, start_key=key) == begin(helper, intake, start_key=key)
    assert Assistance.objects.count() == 1


def test_an_ended_role_ends_the_help(helped: Application, helper: User) -> None:
    actor = typing(helper, helped)
    end_role(membership=Membership.objects.get(user=helper), actor=SYSTEM)

    with pytest.raises(Conflict, match="no longer help"):
        save(helped, "about-you", ABOUT, actor)


def test_the_applicant_invites_ends_and_invites_back(helped: Application, helper: User) -> None:
    owner = UserFactory(email="sok@example.org")
    take_over(application=helped, user=owner, actor=user_actor(owner))
    school = Membership.objects.get(user=helper).organisation

    invite_helper(application=helped, organisation=school, route="both", actor=user_actor(owner))
    save(helped, "about-you", ABOUT, typing(helper, helped))
    end_assistance(application=helped, actor=user_actor(owner))

    assert list(helped.assistances.order_by("id").values_list("status", flat=True)) == [
        AssistanceStatus.HANDED_OVER,
        AssistanceStatus.ENDED,
    ]
    helped.refresh_from_db()
    assert helped.notice_route == "applicant"


def told(application: Application, template: str) -> set[str]:
    rows = Message.objects.filter(application=application, template=template, channel="email")
    return set(rows.values_list("address", flat=True))


@pytest.mark.parametrize("route", ["applicant", "helper", "both"])
def test_messages_follow_the_route(
    route: str, helper: User, intake: Intake, form_version: FormVersion
) -> None:
    helped = begin(helper, intake, route=route)
    fill(helped, typing(helper, helped))
    confirm(helped, helper, ask(helped, helper))
    send(helped, typing(helper, helped))

    run_due_deliveries()

    expected = {
        "applicant": {"sok@example.org"},
        "helper": {helper.email},
        "both": {"sok@example.org", helper.email},
    }
    assert told(helped, "application-sent") == expected[route]
    assert told(helped, "assistance-started") == {"sok@example.org"}
    assert told(helped, "draft-started") == set()


def test_both_hear_of_the_hand_over_and_the_helpers_copies_are_gone(
    helper: User, intake: Intake, form_version: FormVersion
) -> None:
    helped = begin(helper, intake, route="both")
    fill(helped, typing(helper, helped))
    confirm(helped, helper, ask(helped, helper))
    send(helped, typing(helper, helped))
    run_due_deliveries()
    assert Message.objects.filter(recipient=helper, channel="in_app", template="application-sent").exists()
    owner = UserFactory(email="sok@example.org")

    take_over(application=helped, user=owner, actor=user_actor(owner))
    run_due_deliveries()

    assert told(helped, "assistance-ended") == {owner.email}
    assert told(helped, "assistance-over") == {helper.email}
    assert not Message.objects.filter(
        recipient=helper, channel="in_app", template="application-sent"
    ).exists()


def test_a_letter_names_who_helps_and_how_to_take_over(helped: Application) -> None:
    run_due_deliveries()

    letter = Message.objects.get(template="assistance-started")
    assert "Village School" in letter.body
    assert re.search(rf"/applications/{helped.public_id}/take-over/", letter.body)
