"""Letters to referees, who have no account; and what happens when one does not arrive."""

import io
import sys
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import connection

from apps.applications.enums import ReferenceStatus
from apps.applications.models import Reference
from apps.applications.referee_links import token_of
from apps.applications.services.referees import decline_reference, give_reference
from apps.applications.services.references import ask_referee, remind_referee, take_back
from apps.core.actors import SYSTEM, VISITOR
from apps.events.models import EventRecord
from apps.events.services import run_due_deliveries
from apps.notifications.enums import Channel, MessageStatus
from apps.notifications.models import Message
from apps.notifications.services.drain import MOST_ATTEMPTS, drain, recover
from apps.notifications.services.managing import try_again
from apps.notifications.services.returning import read_report, record_return
from apps.notifications.services.writing import tell_address
from apps.notifications.transports import Refused, TryLater
from tests.factories.applications import ApplicationFactory, ReferenceFactory, SectionAnswersFactory
from tests.factories.people import PersonFactory
from tests.notifications.test_drain import LONG_AGO

pytestmark = pytest.mark.django_db


class Post:
    """Keeps what was handed over; refuses with `error` instead while there is one."""

    name = "post"
    may_repeat = False

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error
        self.bodies: list[str] = []

    def open(self) -> None:
        """Nothing to open."""

    def send(self, message: Message) -> str:
        if self.error is not None:
            raise self.error
        self.bodies.append(message.body)
        return f"<{message.public_id}@talent.example.org>"

    def close(self) -> None:
        """Nothing is open."""


@pytest.fixture
def reference() -> Reference:
    person = PersonFactory(full_name="Suda Kaew")
    row = ReferenceFactory(
        application=ApplicationFactory(person=person, status="draft"),
        status="drafted",
        asked_at=None,
        due_at=None,
        language="th",
    )
    return ask_referee(reference=row, actor=SYSTEM)


def hear() -> None:
    run_due_deliveries()


def send(post: Post) -> None:
    drain(channel=Channel.EMAIL, transport=post)
    hear()


def asked() -> Message:
    return Message.objects.get(template="reference-asked")


def in_the_database(text: str) -> list[str]:
    """Every table with a row that holds `text` anywhere."""
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', [f"%{text}%"])
            found += [table] if cursor.fetchone()[0] else []
    return found


def test_the_letter_is_in_the_language_of_the_referee_and_goes_to_the_address_alone(
    reference: Reference,
) -> None:
    hear()

    message = asked()
    assert (message.recipient, message.address, message.language) == (None, reference.email, "th")
    assert Message.objects.filter(recipient=None).count() == 1


def test_the_link_leaves_with_the_letter_and_is_stored_nowhere(reference: Reference) -> None:
    post, token = Post(), token_of(reference.public_id)
    hear()
    assert in_the_database(token) == []

    send(post)

    assert len(post.bodies) == 1
    assert f"http://localhost:8000/th/applications/referee/{token}" in post.bodies[0]
    assert in_the_database(token) == []
    assert in_the_database(reference.email) != [], "the search finds what is there"


def test_a_failed_letter_sent_again_has_its_link(reference: Reference) -> None:
    hear()
    send(Post(Refused("SMTP 550")))
    try_again(message=asked(), actor=SYSTEM)
    post = Post()

    send(post)

    assert any(token_of(reference.public_id) in body for body in post.bodies)


def test_hearing_twice_writes_once_to_an_address() -> None:
    for _time in range(2):
        tell_address(
            address="a@example.org",
            language="xx",
            template="reference-asked",
            event_key="reference-asked:1:1",
            context={"intake": SimpleNamespace(program=SimpleNamespace(title={"en": "X"}), time_zone="UTC")},
            facts={"reference": 1},
        )

    assert Message.objects.get().language == "en"


def test_a_request_that_was_taken_back_does_not_leave(reference: Reference) -> None:
    hear()
    take_back(reference=reference, actor=SYSTEM)
    post = Post()

    send(post)

    assert post.bodies == []
    assert asked().status == MessageStatus.CANCELLED


def test_a_name_that_advertises_is_left_out_of_letters(reference: Reference) -> None:
    reference.application.person.full_name = "Buy at www.shop.example"
    reference.application.person.save()
    hear()

    assert "shop.example" not in asked().subject + asked().body
    assert reference.application.person.user.email in asked().body


def test_a_draft_already_says_who_asks(reference: Reference) -> None:
    reference.application.person.full_name = ""
    reference.application.person.save()
    SectionAnswersFactory(application=reference.application, answers={"full-name": "สุดา แก้ว"})
    hear()

    assert asked().subject.startswith("สุดา แก้ว")


def told(reference: Reference) -> list[str]:
    mine = Message.objects.filter(recipient=reference.application.person.user, channel=Channel.EMAIL)
    return list(mine.values_list("template", flat=True))


def refused(reference: Reference) -> None:
    send(Post(Refused("SMTP 550")))


def given_up(reference: Reference) -> None:
    for _attempt in range(MOST_ATTEMPTS):
        drain(channel=Channel.EMAIL, transport=Post(TryLater("SMTP 451")))
        Message.objects.update(not_before=LONG_AGO)


def worker_killer(reference: Reference) -> None:
    Message.objects.update(status="leased", lease_until=LONG_AGO, attempts=MOST_ATTEMPTS)
    recover(channel=Channel.EMAIL, may_repeat=False)


def sent_back(reference: Reference) -> None:
    send(Post())
    for _time in range(2):
        record_return(provider_ref=asked().provider_ref, reason="returned: 5.1.1", actor=SYSTEM)


@pytest.mark.parametrize("happens", [refused, given_up, worker_killer, sent_back])
def test_a_letter_that_does_not_arrive_is_told_to_the_applicant_once(
    reference: Reference, happens: object
) -> None:
    hear()
    happens(reference)  # type: ignore[operator]
    hear()

    reference.refresh_from_db()
    assert reference.status == ReferenceStatus.BOUNCED
    assert told(reference) == ["reference-bounced"]
    message = Message.objects.get(template="reference-bounced", channel=Channel.EMAIL)
    assert f"Our message to {reference.name} did not arrive" in message.subject
    assert EventRecord.objects.filter(name="MessageReturned").count() == 1


def test_a_returned_letter_of_another_kind_moves_no_reference(reference: Reference) -> None:
    hear()
    Message.objects.update(template="application-sent")
    send(Post(Refused("SMTP 550")))

    reference.refresh_from_db()
    assert reference.status == ReferenceStatus.REQUESTED


def test_a_reminder_is_a_second_letter_and_a_late_bounce_harms_nobody_who_answered(
    reference: Reference,
) -> None:
    send(Post())
    Reference.objects.update(asked_at=LONG_AGO)
    remind_referee(reference=reference, actor=SYSTEM)
    hear()
    answers = {"how-long": "Six", "recommend": "yes"}
    give_reference(reference=reference, answers=answers, version=0, actor=VISITOR)
    Message.objects.filter(template="reference-reminder").update(status="sent", provider_ref="<r>")
    record_return(provider_ref="<r>", reason="5.2.2", actor=SYSTEM)
    hear()

    reference.refresh_from_db()
    assert reference.status == ReferenceStatus.GIVEN
    assert told(reference) == ["reference-given"]


def test_what_the_applicant_hears_holds_nothing_the_referee_wrote(reference: Reference) -> None:
    other = ReferenceFactory(application=reference.application)
    answers = {"how-long": "kanarienvogel", "recommend": "yes"}
    give_reference(reference=reference, answers=answers, version=0, actor=VISITOR)
    decline_reference(reference=other, reason="kanarienvogel", actor=VISITOR)
    hear()

    assert sorted(told(reference)) == ["reference-declined", "reference-given"]
    assert in_the_database("kanarienvogel") == ["applications_reference"]


def report(reference: str, action: str = "failed") -> bytes:
    return f"""From: MAILER-DAEMON@mx.example.org
To: no-reply@talent.example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I could not deliver it.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; nobody@school.example.org
Action: {action}
Status: 5.1.1

--b
Content-Type: {{kind}}

From: no-reply@talent.example.org
Message-ID: {reference}
Subject: A reference

The letter.

--b--
""".encode()


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_a_report_of_a_mail_server_says_which_letter_came_back(kind: str) -> None:
    assert read_report(report("<a@b>").replace(b"{kind}", kind.encode())) == ("<a@b>", "5.1.1")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe\x00",
        b"Subject: I am on leave\n\nBack on Monday.",
        report("<a@b>", action="delayed").replace(b"{kind}", b"message/rfc822"),
        report("").replace(b"{kind}", b"message/rfc822"),
        b"Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/rfc822\n\n--b--",
        b"Content-Type: multipart/report; boundary=b\n\nno parts",
    ],
)
def test_everything_else_records_nothing(raw: bytes) -> None:
    assert read_report(raw) is None


def test_the_command_takes_a_report_from_the_alias(
    reference: Reference, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    hear()
    send(Post())
    raw = report(asked().provider_ref).replace(b"{kind}", b"message/rfc822")
    for mail in (raw, raw, b"Subject: Hello\n\nHello"):
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(mail)))
        call_command("take_returned_mail")
    hear()

    assert capsys.readouterr().out.splitlines() == [
        "recorded",
        "no message of ours: nothing recorded",
        "not a report of a failed delivery: nothing recorded",
    ]
    reference.refresh_from_db()
    assert reference.status == ReferenceStatus.BOUNCED
