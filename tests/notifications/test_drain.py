"""Each message leaves once, only while it is true, and what goes wrong is seen."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.mail import send_mail
from django.db import transaction

from apps.core.actors import SYSTEM
from apps.notifications.enums import Channel, MessageStatus
from apps.notifications.models import DemoMail, Message
from apps.notifications.services.drain import MOST_ATTEMPTS, drain, recover
from apps.notifications.services.managing import pause_sending, resume_sending, try_again
from apps.notifications.transports import InDoubt, MailboxTransport, Refused, TryLater, Unreachable
from apps.selection.enums import OfferStatus
from apps.selection.models import Offer
from tests.factories.notifications import MessageFactory
from tests.factories.selection import OfferFactory

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


class Sink:
    """Remembers what was handed over; `answers` are raised in turn instead."""

    name = "sink"

    def __init__(self, *answers: Exception | None, may_repeat: bool = False, closed: bool = False) -> None:
        self.answers = list(answers)
        self.taken: list[int] = []
        self.may_repeat = may_repeat
        self.closed = closed
        self.opened = 0

    def open(self) -> None:
        self.opened += 1
        if self.closed:
            raise Unreachable("refused")

    def send(self, message: Message) -> str:
        answer = self.answers.pop(0) if self.answers else None
        if answer is not None:
            raise answer
        self.taken.append(message.pk)
        return f"ref-{message.pk}"

    def close(self) -> None:
        """Nothing is open."""


def run(sink: Sink) -> int:
    return drain(channel=Channel.EMAIL, transport=sink)


def test_every_waiting_message_leaves_once_over_one_connection_a_batch() -> None:
    messages = MessageFactory.create_batch(130)
    sink = Sink()

    run(sink)
    run(sink)

    assert sorted(sink.taken) == sorted(message.pk for message in messages)
    assert sink.opened == 2
    assert set(Message.objects.values_list("status", flat=True)) == {MessageStatus.SENT}


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (TryLater("SMTP 451"), MessageStatus.PENDING),
        (Refused("SMTP 550"), MessageStatus.FAILED),
        (InDoubt("timeout"), MessageStatus.UNKNOWN),
    ],
)
def test_each_kind_of_trouble_has_its_own_end(answer: Exception, status: str) -> None:
    MessageFactory()

    run(Sink(answer))

    message = Message.objects.get()
    assert message.status == status
    assert message.last_error == str(answer)
    assert message.lease_token is None


def test_a_message_refused_for_now_waits_longer_each_time_and_is_given_up_in_the_end() -> None:
    message = MessageFactory()
    waits = []
    for _attempt in range(MOST_ATTEMPTS):
        run(Sink(TryLater("SMTP 451")))
        message.refresh_from_db()
        waits.append((message.not_before - datetime.now(UTC)).total_seconds())
        Message.objects.update(not_before=LONG_AGO)

    assert message.status == MessageStatus.DEAD
    assert waits[0] < waits[2] < waits[4]


def test_no_connection_costs_no_attempt() -> None:
    MessageFactory()

    run(Sink(closed=True))

    message = Message.objects.get()
    assert (message.status, message.attempts) == (MessageStatus.PENDING, 0)


def test_what_is_no_longer_true_is_not_sent() -> None:
    offer = OfferFactory(status=OfferStatus.RESCINDED)
    MessageFactory(template="offer-made", context={"offer": offer.pk})
    sink = Sink()

    run(sink)

    assert sink.taken == []
    assert Message.objects.get().status == MessageStatus.CANCELLED


def test_a_sent_offer_starts_its_answer_clock() -> None:
    offer = OfferFactory()
    MessageFactory(template="offer-made", context={"offer": offer.pk})

    run(Sink())

    assert Offer.objects.get().status == OfferStatus.DELIVERED


def test_nothing_leaves_while_sending_is_paused() -> None:
    MessageFactory()
    pause_sending(channel=Channel.EMAIL, actor=SYSTEM)
    sink = Sink()

    assert run(sink) == 0
    resume_sending(channel=Channel.EMAIL, actor=SYSTEM)
    assert run(sink) == 1


@pytest.mark.parametrize(
    ("status", "may_repeat", "after"),
    [
        (MessageStatus.LEASED, False, MessageStatus.PENDING),
        (MessageStatus.SENDING, False, MessageStatus.UNKNOWN),
        (MessageStatus.SENDING, True, MessageStatus.PENDING),
    ],
)
def test_a_lost_lease_is_never_a_second_letter(status: str, may_repeat: bool, after: str) -> None:
    MessageFactory(status=status, lease_token=uuid.uuid4(), lease_until=LONG_AGO, attempts=1)

    recover(channel=Channel.EMAIL, may_repeat=may_repeat)

    message = Message.objects.get()
    assert (message.status, message.leases_lost) == (after, 1)


def test_a_message_that_kills_its_worker_is_given_up() -> None:
    MessageFactory(
        status=MessageStatus.LEASED, lease_token=uuid.uuid4(), lease_until=LONG_AGO, attempts=MOST_ATTEMPTS
    )

    recover(channel=Channel.EMAIL, may_repeat=False)

    assert Message.objects.get().status == MessageStatus.DEAD


def test_a_person_can_send_an_unknown_message_again() -> None:
    message = MessageFactory(status=MessageStatus.UNKNOWN)

    try_again(message=message, actor=SYSTEM)

    assert Message.objects.get().status == MessageStatus.PENDING


def test_library_mail_of_a_rolled_back_transaction_never_leaves(settings: object) -> None:
    settings.EMAIL_BACKEND = "apps.notifications.backends.OutboxEmailBackend"
    with transaction.atomic():
        send_mail("123456 is your code", "123456", None, ["a@example.org"])
        transaction.set_rollback(True)
    assert not Message.objects.exists()

    send_mail("123456 is your code", "123456", None, ["a@example.org"])
    drain(channel=Channel.EMAIL, transport=MailboxTransport())

    assert DemoMail.objects.get().body == "123456"
    assert Message.objects.get().body == ""


def test_a_message_waits_for_its_time() -> None:
    MessageFactory(not_before=datetime.now(UTC) + timedelta(hours=1))

    assert run(Sink()) == 0


def test_a_message_that_comes_too_late_does_not_leave() -> None:
    MessageFactory(expires_at=datetime.now(UTC) - timedelta(minutes=1))
    MessageFactory(recipient__is_active=False)
    sink = Sink()

    run(sink)

    assert sink.taken == []
    assert set(Message.objects.values_list("status", flat=True)) == {MessageStatus.CANCELLED}


#: In the middle of the night of Bangkok it is noon in New York. The database's clock does not travel along, so it is a
#: night to come: the morning of one that is over would be due at once, and put off again until draining ends.
NIGHT = datetime(2099, 11, 26, 17, 30, tzinfo=UTC)


def test_text_messages_wait_for_the_morning_of_their_reader_but_codes_do_not() -> None:
    asleep = MessageFactory(channel=Channel.SMS, recipient__time_zone="Asia/Bangkok", not_before=LONG_AGO)
    awake = MessageFactory(channel=Channel.SMS, recipient__time_zone="America/New_York", not_before=LONG_AGO)
    code = MessageFactory(
        channel=Channel.SMS, recipient__time_zone="Asia/Bangkok", priority=0, not_before=LONG_AGO
    )
    letter = MessageFactory(recipient__time_zone="Asia/Bangkok", not_before=LONG_AGO)
    sink = Sink()

    with time_machine.travel(NIGHT):
        drain(channel=Channel.SMS, transport=sink)
        run(sink)

    assert sorted(sink.taken) == sorted(message.pk for message in (awake, code, letter))
    asleep.refresh_from_db()
    assert (asleep.status, asleep.attempts) == (MessageStatus.PENDING, 0)
    assert asleep.not_before == datetime(2099, 11, 27, 1, tzinfo=UTC)
