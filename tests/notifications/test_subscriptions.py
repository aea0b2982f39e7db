"""Everything that concerns a person reaches them, in their language, once, and with no secret in it."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.template.loader import get_template

from apps.accounts.enums import Role
from apps.accounts.models import Organisation, User
from apps.accounts.services.roles import end_role, give_role
from apps.applications.events import (
    ApplicationExpired,
    ApplicationFoundEligible,
    ApplicationFoundIneligible,
    ApplicationSubmitted,
    DocumentRefused,
)
from apps.core.actors import SYSTEM, Actor
from apps.enrolments.events import ParticipantEnrolled
from apps.events.services import publish, run_due_deliveries
from apps.notifications.enums import Channel
from apps.notifications.models import Message
from apps.notifications.selectors import inbox
from apps.programs.services.setup import move_intake
from apps.selection.events import DecisionReleased, OfferLapsing, OfferMade, WaitlistLeft
from tests.factories.accounts import UserFactory
from tests.factories.applications import ApplicationFactory
from tests.factories.enrolments import EnrolmentFactory
from tests.factories.people import PersonFactory
from tests.factories.programs import EligibilityRuleFactory, IntakeFactory
from tests.factories.selection import DecisionFactory, OfferFactory

pytestmark = pytest.mark.django_db


def hear(*events: object) -> None:
    for event in events:
        publish(event, actor=SYSTEM)
    run_due_deliveries()


def test_a_sent_application_is_confirmed_by_mail_and_on_the_site_with_its_number() -> None:
    application = ApplicationFactory()

    hear(ApplicationSubmitted(application_id=application.pk))

    assert {message.channel for message in Message.objects.all()} == {Channel.EMAIL, Channel.IN_APP}
    assert all(application.reference in message.body for message in Message.objects.all())


def test_hearing_twice_is_telling_once() -> None:
    offer = OfferFactory()

    hear(*[OfferMade(offer_id=offer.pk, application_id=offer.application_id)] * 2)

    assert Message.objects.count() == 2


def test_a_language_we_do_not_speak_yet_falls_back_to_english() -> None:
    application = ApplicationFactory(person=PersonFactory(user=UserFactory(language="ja")))

    hear(ApplicationSubmitted(application_id=application.pk))

    assert {message.language for message in Message.objects.all()} == {"en"}


def test_a_refusal_by_rule_names_the_rule() -> None:
    application = ApplicationFactory()
    EligibilityRuleFactory(intake=application.intake, key="english")

    hear(ApplicationFoundIneligible(application_id=application.pk, unmet=["english"]))

    body = Message.objects.filter(channel="email").get().body
    assert "The lessons are in English only." in body
    assert "ask on this page until" in body


def test_a_decision_letter_never_says_the_decision() -> None:
    application = ApplicationFactory()
    told = DecisionFactory(application=application)

    hear(
        DecisionReleased(
            application_id=application.pk, decision_id=told.pk, version=1, outcome="not_selected"
        )
    )

    body = Message.objects.filter(channel="email").get().body
    assert "selected" not in body
    assert "/en/my/applications/" in body


def test_imported_history_sends_nothing() -> None:
    enrolment = EnrolmentFactory(source="records", source_key="1")

    hear(ParticipantEnrolled(enrolment_id=enrolment.pk))

    assert not Message.objects.exists()


def letters() -> dict[str, str]:
    run_due_deliveries()
    return dict(Message.objects.filter(channel=Channel.EMAIL).values_list("template", "body"))


def test_a_person_who_overrules_the_rules_tells_why_and_the_rules_alone_say_nothing() -> None:
    application = ApplicationFactory()
    hear(ApplicationFoundEligible(application_id=application.pk))
    assert letters() == {}

    hear(ApplicationFoundEligible(application_id=application.pk, reason="Ten years of practice"))

    assert "Ten years of practice" in letters()["application-eligible"]


def test_a_cancelled_intake_is_told_to_everyone_who_waits_for_it_once(actor: Actor) -> None:
    intake = IntakeFactory(status="open")
    waiting = [ApplicationFactory(intake=intake, status=status) for status in ("draft", "eligible")]
    ApplicationFactory(intake=intake, status="withdrawn", withdrawn_at=datetime.now(UTC))
    ApplicationFactory(intake=intake, source="records", source_key="1")
    ApplicationFactory()

    move_intake(intake=intake, to="cancelled", reason="The funding ended", actor=actor)
    hear()

    told = Message.objects.filter(template="intake-cancelled", channel=Channel.EMAIL)
    assert set(told.values_list("application", flat=True)) == {each.pk for each in waiting}
    assert all("The funding ended" in message.body for message in told)


def test_an_expired_draft_and_a_left_queue_are_confirmed_but_a_withdrawal_only_once() -> None:
    expired, left = ApplicationFactory(), ApplicationFactory()
    gone = ApplicationFactory(status="withdrawn", withdrawn_at=datetime.now(UTC))

    hear(
        ApplicationExpired(application_id=expired.pk),
        *(WaitlistLeft(application_id=each.pk, entry_id=1) for each in (left, gone)),
    )

    assert set(letters()) == {"application-expired", "waitlist-left"}
    assert Message.objects.get(template="waitlist-left", channel=Channel.EMAIL).application == left


def test_staff_hear_of_their_roles(organisation: Organisation) -> None:
    user = UserFactory()
    membership = give_role(user=user, organisation=organisation, role=Role.TRAINER, actor=SYSTEM)
    end_role(membership=membership, actor=SYSTEM)

    assert {"role-given", "role-ended"} == set(letters())
    assert all("Trainer" in body and str(organisation) in body for body in letters().values())


def test_a_reminder_names_the_moment_in_the_zone_of_its_reader() -> None:
    person = PersonFactory(user=UserFactory(time_zone="America/New_York"))
    offer = OfferFactory(
        application__person=person,
        status="delivered",
        delivered_at="2026-11-20T05:00:00Z",
        answer_by="2026-11-27T05:00:00Z",
    )

    hear(OfferLapsing(offer_id=offer.pk, application_id=offer.application_id))

    assert "Thursday 26 November 2026, 11:59 p.m. (Eastern time, New York)" in letters()["offer-lapsing"]


@pytest.mark.parametrize(
    ("status", "words"), [("draft", "Choose another copy"), ("submitted", "Write to us")]
)
def test_a_refused_file_is_told_with_what_to_do(status: str, words: str) -> None:
    application = ApplicationFactory(status=status)

    hear(DocumentRefused(application_id=application.pk, document_id=1))

    body = Message.objects.filter(channel="email").get().body
    assert "harmful code" in body
    assert words in body


TEMPLATES = [
    "application-eligible",
    "application-expired",
    "application-ineligible",
    "application-sent",
    "application-withdrawn",
    "award-agreed",
    "award-drafted",
    "award-ended",
    "award-resumed",
    "award-suspended",
    "decision-not-selected",
    "decision-waitlist",
    "document-refused",
    "draft-started",
    "enrolled",
    "enrolment-completed",
    "enrolment-ended",
    "enrolment-reopened",
    "intake-cancelled",
    "leave-ended",
    "leave-started",
    "look-answered",
    "look-asked",
    "offer-declined",
    "offer-lapsed",
    "offer-lapsing",
    "offer-made",
    "offer-rescinded",
    "payment-cancelled",
    "payment-day-changed",
    "payment-returned",
    "payment-sent",
    "practice-planned",
    "review-reopened",
    "reviews-assigned",
    "role-ended",
    "role-given",
    "session-moved",
    "session-removed",
    "sessions-planned",
    "trainer-back",
    "trainer-certified",
    "trainer-lapsed",
    "trainer-suspended",
    "unit-assessed",
    "waitlist-left",
]


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_can_be_read(name: str) -> None:
    assert get_template(f"messages/{name}.txt")


def test_my_messages_are_mine(applicant: User, as_applicant: object, signed_in: Callable) -> None:
    application = ApplicationFactory(person=PersonFactory(user=applicant))
    hear(ApplicationSubmitted(application_id=application.pk))

    page = as_applicant.get("/en/messages/").content.decode()

    assert application.reference in page
    assert application.reference not in signed_in(UserFactory()).get("/en/messages/").content.decode()
    assert inbox(type("V", (), {"user_id": None})()).count() == 0
