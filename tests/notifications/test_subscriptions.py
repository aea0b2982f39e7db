"""Everything that concerns a person reaches them, in their language, once, and with no secret in it."""

from collections.abc import Callable

import pytest
from django.template.loader import get_template

from apps.accounts.models import User
from apps.applications.events import ApplicationFoundIneligible, ApplicationSubmitted, DocumentRefused
from apps.core.actors import SYSTEM
from apps.enrolments.events import ParticipantEnrolled
from apps.events.services import publish, run_due_deliveries
from apps.notifications.enums import Channel
from apps.notifications.models import Message
from apps.notifications.selectors import inbox
from apps.selection.events import DecisionReleased, OfferMade
from tests.factories.accounts import UserFactory
from tests.factories.applications import ApplicationFactory
from tests.factories.enrolments import EnrolmentFactory
from tests.factories.people import PersonFactory
from tests.factories.programs import EligibilityRuleFactory
from tests.factories.selection import OfferFactory

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
    application = ApplicationFactory(person=PersonFactory(user=UserFactory(language="km")))

    hear(ApplicationSubmitted(application_id=application.pk))

    assert {message.language for message in Message.objects.all()} == {"en"}


def test_a_refusal_by_rule_names_the_rule() -> None:
    application = ApplicationFactory()
    EligibilityRuleFactory(intake=application.intake, key="english")

    hear(ApplicationFoundIneligible(application_id=application.pk, unmet=["english"]))

    assert "The lessons are in English only." in Message.objects.filter(channel="email").get().body


def test_a_decision_letter_never_says_the_decision() -> None:
    application = ApplicationFactory()

    hear(DecisionReleased(application_id=application.pk, decision_id=1, version=1, outcome="not_selected"))

    body = Message.objects.filter(channel="email").get().body
    assert "selected" not in body
    assert "/en/my/applications/" in body


def test_imported_history_sends_nothing() -> None:
    enrolment = EnrolmentFactory(source="records", source_key="1")

    hear(ParticipantEnrolled(enrolment_id=enrolment.pk))

    assert not Message.objects.exists()


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
    "leave-ended",
    "leave-started",
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
    "session-moved",
    "sessions-planned",
    "trainer-back",
    "trainer-certified",
    "trainer-lapsed",
    "trainer-suspended",
    "unit-assessed",
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
