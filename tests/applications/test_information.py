"""More information: named sections open again, until a moment, and both see what changed."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from apps.accounts.enums import Role
from apps.accounts.models import User
from apps.applications.differences import changes
from apps.applications.enums import ApplicationStatus, InformationStatus
from apps.applications.models import Application, Document, FormVersion, InformationRequest, SectionAnswers
from apps.applications.services import (
    add_document,
    answer_eligibility,
    ask_for_information,
    close_information,
    close_overdue,
    extend_information,
    remind_of_information,
    remove_document,
    save_section,
    send_information,
    withdraw_application,
)
from apps.core.actors import Actor, user_actor
from apps.core.errors import Conflict, Invalid
from apps.events.services import run_due_deliveries
from apps.notifications.models import Message
from apps.programs.models import Intake
from tests.applications.test_helping import ABOUT
from tests.applications.test_inspection import a_pdf
from tests.factories.accounts import MembershipFactory
from tests.factories.applications import ApplicationFactory, DocumentFactory, SectionAnswersFactory
from tests.factories.programs import EligibilityRuleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def sent(intake: Intake, form_version: FormVersion) -> Application:
    found = ApplicationFactory(intake=intake, form_version=form_version, status="in_review")
    SectionAnswersFactory(application=found, section="about-you", answers=ABOUT, is_complete=True)
    SectionAnswersFactory(application=found, section="plans", answers={"why": "To teach."}, is_complete=True)
    DocumentFactory(application=found, question="certificate", name="old.pdf")
    return found


@pytest.fixture
def own(sent: Application) -> Actor:
    return user_actor(sent.person.user)


@pytest.fixture
def asking(intake: Intake) -> User:
    return MembershipFactory(role=Role.COORDINATOR, organisation=intake.program.organisation).user


def ask(sent: Application, asking: User, *sections: str, days: float = 5, **more: Any) -> InformationRequest:
    return ask_for_information(
        application=sent,
        sections=sections or ("plans",),
        wanted="What will you teach?",
        due_at=datetime.now(UTC) + timedelta(days=days),
        actor=user_actor(asking),
        **{"asks_eligibility": False, **more},
    )


def save(sent: Application, section: str, answers: dict, actor: Actor) -> None:
    row = SectionAnswers.objects.get(application=sent, section=section)
    save_section(
        application=sent,
        section=section,
        answers=answers,
        is_complete=True,
        version=row.version,
        actor=actor,
    )


def send(sent: Application, actor: Actor, **more: Any) -> Application:
    return send_information(application=sent, actor=actor, **{"sending_key": uuid4(), **more})


def pass_due(asked: InformationRequest) -> datetime:
    InformationRequest.objects.filter(pk=asked.pk).update(due_at=datetime.now(UTC) - timedelta(seconds=1))
    return datetime.now(UTC)


def test_only_the_named_sections_open(sent: Application, own: Actor, asking: User) -> None:
    ask(sent, asking, "about-you")
    upload = SimpleUploadedFile("new.pdf", a_pdf())

    save(sent, "about-you", {**ABOUT, "full-name": "Sok D."}, own)
    with pytest.raises(Conflict, match="locked"):
        save(sent, "plans", {"why": "Else."}, own)
    with pytest.raises(Conflict, match="locked"):
        add_document(application=sent, question="certificate", upload=upload, actor=own)
    with pytest.raises(Conflict, match="locked"):
        remove_document(document=Document.objects.get(), actor=own)


@pytest.mark.parametrize("before", ["eligible", "in_review"])
def test_it_goes_back_to_where_it_stood(before: str, sent: Application, own: Actor, asking: User) -> None:
    Application.objects.filter(pk=sent.pk).update(status=before)
    ask(sent, asking)
    save(sent, "plans", {"why": "To teach data."}, own)

    send(sent, own)

    sent.refresh_from_db()
    assert sent.status == before
    assert sent.requests.get().status == InformationStatus.ANSWERED
    with pytest.raises(Conflict):
        save(sent, "plans", {"why": "Once more."}, own)


def test_sending_twice_with_one_key_is_one_sending(sent: Application, own: Actor, asking: User) -> None:
    ask(sent, asking)
    key = uuid4()

    send(sent, own, sending_key=key)
    send(sent, own, sending_key=key)
    run_due_deliveries()

    assert Message.objects.filter(template="information-received", channel="email").count() == 1
    with pytest.raises(Conflict):
        send(sent, own)


def test_both_see_before_and_after_in_words(sent: Application, own: Actor, asking: User) -> None:
    asked = ask(sent, asking)
    save(sent, "plans", {"why": "To teach data.", "hours": 6}, own)
    add_document(
        application=sent, question="certificate", upload=SimpleUploadedFile("new.pdf", a_pdf()), actor=own
    )
    send(sent, own)
    asked.refresh_from_db()

    found = {each.label["en"]: (each.before, each.after) for each in changes(sent, asked)}

    assert found["Why?"] == ("To teach.", "To teach data.")
    assert found["Hours a week"] == ("", "6")
    assert found["Certificate"][0].startswith("old.pdf")
    assert found["Certificate"][1].startswith("new.pdf")
    assert "Full name" not in found


def test_the_clock_closes_it_without_a_change(sent: Application, own: Actor, asking: User) -> None:
    asked = ask(sent, asking)
    save(sent, "plans", {"why": "Half a thought"}, own)
    old = Document.objects.get()
    add_document(
        application=sent, question="certificate", upload=SimpleUploadedFile("new.pdf", a_pdf()), actor=own
    )

    assert close_overdue(now=pass_due(asked)) == 1
    assert close_overdue(now=datetime.now(UTC)) == 0
    run_due_deliveries()

    sent.refresh_from_db()
    asked.refresh_from_db()
    assert (sent.status, asked.status) == (ApplicationStatus.IN_REVIEW, InformationStatus.LAPSED)
    assert SectionAnswers.objects.get(application=sent, section="plans").answers == {"why": "To teach."}
    assert list(Document.objects.filter(removed_at=None)) == [old]
    assert asked.after["sections"]["plans"]["answers"] == {"why": "Half a thought"}
    letters = Message.objects.filter(channel="email").values_list("recipient", "template")
    assert (asking.pk, "information-lapsed") in letters
    assert (sent.person.user_id, "information-closed") in letters


def test_after_the_moment_nothing_is_saved_or_sent_even_before_the_clock_comes(
    sent: Application, own: Actor, asking: User
) -> None:
    pass_due(ask(sent, asking))

    with pytest.raises(Conflict, match="is over"):
        save(sent, "plans", {"why": "Late."}, own)
    with pytest.raises(Conflict, match="is over"):
        send(sent, own)


def test_a_section_left_incomplete_stops_the_sending(sent: Application, own: Actor, asking: User) -> None:
    ask(sent, asking)
    row = SectionAnswers.objects.get(application=sent, section="plans")
    save_section(
        application=sent, section="plans", answers={}, is_complete=False, version=row.version, actor=own
    )

    with pytest.raises(Invalid) as refused:
        send(sent, own)
    assert "plans" in refused.value.fields


def test_eligibility_is_judged_again_only_when_its_answers_changed(
    sent: Application, own: Actor, asking: User, intake: Intake
) -> None:
    EligibilityRuleFactory(intake=intake, key="english")
    ask(sent, asking)
    with pytest.raises(Conflict):
        answer_eligibility(application=sent, answers={"english": False}, actor=own)
    send(sent, own)
    sent.refresh_from_db()
    assert (sent.status, sent.eligibility_result) == (ApplicationStatus.IN_REVIEW, {})

    ask(sent, asking, asks_eligibility=True)
    answer_eligibility(application=sent, answers={"english": False}, actor=own)
    send(sent, own)

    sent.refresh_from_db()
    assert sent.status == ApplicationStatus.INELIGIBLE


def test_more_time_and_closing_early(sent: Application, own: Actor, asking: User) -> None:
    asked = ask(sent, asking)
    later = datetime.now(UTC) + timedelta(days=9)

    extend_information(request=asked, due_at=later, actor=user_actor(asking))
    save(sent, "plans", {"why": "Typed."}, own)
    asked.refresh_from_db()
    close_information(request=asked, actor=user_actor(asking))
    close_information(request=asked, actor=user_actor(asking))

    sent.refresh_from_db()
    assert asked.due_at == later
    assert sent.status == ApplicationStatus.IN_REVIEW
    assert SectionAnswers.objects.get(application=sent, section="plans").answers == {"why": "To teach."}
    with pytest.raises(Conflict):
        extend_information(request=asked, due_at=later, actor=user_actor(asking))


@pytest.mark.parametrize(
    ("hours", "after", "due"), [(120, 20, False), (120, 80, True), (4, 1, False), (4, 3, True)]
)
def test_one_reminder_two_days_or_half_the_time_before(
    hours: float, after: float, due: bool, sent: Application, asking: User
) -> None:
    asked = ask(sent, asking, days=hours / 24)
    now = asked.created_at + timedelta(hours=after)

    assert remind_of_information(now=now) == int(due)
    assert remind_of_information(now=now) == 0


def test_withdrawn_meanwhile_stays_withdrawn(sent: Application, own: Actor, asking: User) -> None:
    asked = ask(sent, asking)
    sent.refresh_from_db()
    withdraw_application(application=sent, reason="", actor=own)

    close_overdue(now=pass_due(asked))

    sent.refresh_from_db()
    assert sent.status == ApplicationStatus.WITHDRAWN


def test_what_was_asked_reaches_the_applicant_with_the_day(sent: Application, asking: User) -> None:
    ask(sent, asking)
    run_due_deliveries()

    letter = Message.objects.get(template="information-asked", channel="email")
    assert "What will you teach?" in letter.body
    assert "time)" in letter.body


def test_what_is_refused(sent: Application, asking: User) -> None:
    with pytest.raises(Invalid):
        ask(sent, asking, "no-such-section")
    with pytest.raises(Invalid):
        ask(sent, asking, days=-1)
    Application.objects.filter(pk=sent.pk).update(status="draft")
    with pytest.raises(Conflict):
        ask(sent, asking)
